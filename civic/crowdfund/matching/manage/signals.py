"""What was noticed about gifts: looked at one by one and decided on with a reason; nothing follows by itself."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.errors import NotFound, saving
from civic.core.i18n import format_number
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import IllegalMove, history
from civic.crowdfund.access import may_see_desk
from civic.crowdfund.matching import access
from civic.crowdfund.matching.actions import signals as actions
from civic.crowdfund.matching.forms.schemes import DecisionForm, WhyForm
from civic.crowdfund.matching.manage import desk
from civic.crowdfund.matching.manage.doors import again, for_scheme
from civic.crowdfund.matching.models import MatchScheme, MatchSignal
from civic.crowdfund.matching.queries import desk as queries
from civic.crowdfund.matching.refusals import StandsBehind
from civic.crowdfund.models import Campaign
from civic.grants.queries.people import names

SHOWS: dict[str, Any] = {
    "open": _l("To look at"),
    "dismissed": _l("Harmless"),
    "upheld": _l("As they look"),
}


@desk.get("/<slug>/signals")
@for_scheme(access.may_look)
def list_signals(scheme: MatchScheme) -> ResponseReturnValue:
    """What waits, or was decided; what most depends on first."""
    shown = request.args.get("show", "open")
    shown = shown if shown in SHOWS else "open"
    mine = select(MatchSignal).where(MatchSignal.scheme_id == scheme.id, MatchSignal.status == shown)
    order = [MatchSignal.effect_minor.desc(), MatchSignal.id]
    page = page_of(mine, order, at=request.args.get("at"), scalars=True)
    return render_template(
        "crowdfund/matching/desk/list_signals.html", scheme=scheme, page=page, shown=shown, shows=SHOWS
    )


@desk.post("/<slug>/signals/look")
@for_scheme(access.may_look)
def look_now(scheme: MatchScheme) -> ResponseReturnValue:
    """Look over all gifts now, as happens each night."""
    with transaction():
        new = actions.look(scheme.id, now=clock.now())
    found = ngettext(
        "%(shown)s thing to look at is new.", "%(shown)s things to look at are new.", new, shown=format_number(new)
    )
    flash(found if new else _("Nothing new was noticed."), "success")
    return see_other("match_desk.list_signals", slug=scheme.slug)


@desk.get("/<slug>/signals/<int:signal_id>")
@for_scheme(access.may_look)
def show_signal(scheme: MatchScheme, signal_id: int) -> ResponseReturnValue:
    """What was noticed, why anybody should look, and in which gifts."""
    return _page(scheme, _signal(scheme, signal_id))


@desk.post("/<slug>/signals/<int:signal_id>/decision")
@for_scheme(access.may_look)
def decide_signal(scheme: MatchScheme, signal_id: int) -> ResponseReturnValue:
    """Say what one makes of it."""
    signal, form = _mine(scheme, signal_id, "open"), DecisionForm()
    if form.validate():
        act = actions.uphold if form.verdict.data == "uphold" else actions.dismiss
        with saving(form) as saved:
            act(signal, why=form.why.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("Your decision is kept. No gift is matched differently by it."), "success")
            return see_other("match_desk.show_signal", slug=scheme.slug, signal_id=signal_id)
        scheme = again(scheme)
        return _page(scheme, _signal(scheme, signal_id), form=form), 409
    return _page(scheme, signal, form=form), 422


@desk.post("/<slug>/signals/<int:signal_id>/reopening")
@for_scheme(access.may_look)
def reopen_signal(scheme: MatchScheme, signal_id: int) -> ResponseReturnValue:
    """Think again."""
    signal, form = _mine(scheme, signal_id, "dismissed", "upheld"), WhyForm()
    if not form.validate():
        return _page(scheme, signal, back=form), 422
    with transaction():
        actions.reopen(signal, why=form.why.data or "", by=me(), now=clock.now())
    flash(_("It is to be looked at again."), "success")
    return see_other("match_desk.show_signal", slug=scheme.slug, signal_id=signal_id)


def _signal(scheme: MatchScheme, signal_id: int) -> MatchSignal:
    found = db.session.get(MatchSignal, signal_id) if 0 < signal_id < 2**62 else None
    if found is None or found.scheme_id != scheme.id:
        raise NotFound()
    return found


def _mine(scheme: MatchScheme, signal_id: int, *states: str) -> MatchSignal:
    """The same, before anything that was typed is judged: raises StandsBehind, and IllegalMove where it is in none of these states."""
    found = _signal(scheme, signal_id)
    actions.must_be_apart(found.campaigns, me())
    if found.status not in states:
        raise IllegalMove()
    return found


def _page(
    scheme: MatchScheme, signal: MatchSignal, *, form: DecisionForm | None = None, back: WhyForm | None = None
) -> str:
    moves = history(signal)
    campaigns = list(
        db.session.scalars(select(Campaign).where(Campaign.id.in_(signal.campaigns)).order_by(Campaign.id))
    )
    return render_template(
        "crowdfund/matching/desk/show_signal.html",
        scheme=scheme,
        signal=signal,
        gifts=queries.gifts_of(scheme, signal.gifts, signal.campaigns),
        campaigns=[(each, may_see_desk(each)) for each in campaigns],
        form=form or back,
        decision=form or DecisionForm(formdata=None),
        back=back or WhyForm(formdata=None),
        moves=moves,
        names=names(move.actor_id for move in moves),
        may_decide=access.may_decide(signal),
        against=StandsBehind.sentence,
    )
