"""One gift, by its number: a person decides that it is not matched, or that it counts again, and says why."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove
from civic.crowdfund.matching import access
from civic.crowdfund.matching.actions import exclusions as actions
from civic.crowdfund.matching.actions.signals import must_be_apart
from civic.crowdfund.matching.forms.schemes import WhyForm
from civic.crowdfund.matching.manage import desk
from civic.crowdfund.matching.manage.doors import again, for_scheme
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.queries import desk as queries
from civic.crowdfund.matching.queries.standings import standings
from civic.crowdfund.matching.refusals import HasClosed, StandsBehind


@desk.get("/<slug>/gifts/<int:pledge_id>")
@for_scheme(access.may_look)
def show_gift(scheme: MatchScheme, pledge_id: int) -> ResponseReturnValue:
    """What is known of a gift, and the form to decide about it."""
    return _page(scheme, pledge_id, WhyForm(formdata=None))


@desk.post("/<slug>/gifts/<int:pledge_id>/exclusion")
@for_scheme(access.may_look)
def exclude_gift(scheme: MatchScheme, pledge_id: int) -> ResponseReturnValue:
    """Match it no more."""
    return _decide(scheme, pledge_id, is_out=True)


@desk.post("/<slug>/gifts/<int:pledge_id>/inclusion")
@for_scheme(access.may_look)
def include_gift(scheme: MatchScheme, pledge_id: int) -> ResponseReturnValue:
    """Let it count again, at the place it has kept."""
    return _decide(scheme, pledge_id, is_out=False)


def _decide(scheme: MatchScheme, pledge_id: int, *, is_out: bool) -> ResponseReturnValue:
    _must_be_open(_parts(scheme, pledge_id)[0], is_out=is_out)
    form = WhyForm()
    if not form.validate():
        return _page(scheme, pledge_id, form), 422
    act = actions.exclude if is_out else actions.include_again
    with saving(form) as saved:
        act(scheme, pledge_id, why=form.why.data or "", by=me(), now=clock.now())
    if not saved.ok:
        return _page(again(scheme), pledge_id, form), 409
    flash(_("The gift is not matched any more.") if is_out else _("The gift is matched again."), "success")
    return see_other("match_desk.show_gift", slug=scheme.slug, pledge_id=pledge_id)


def _parts(scheme: MatchScheme, pledge_id: int) -> list[queries.Gift]:
    parts = queries.gift_of(scheme, pledge_id)
    if not parts:
        raise NotFound()
    return parts


def _must_be_open(gift: queries.Gift, *, is_out: bool) -> None:
    """Before anything that was typed is judged: raises StandsBehind, HasClosed, and IllegalMove where it was decided already."""
    must_be_apart([gift.campaign_id], me())
    if gift.place != "open":
        raise HasClosed()
    if gift.is_excluded == is_out:
        raise IllegalMove()


def _page(scheme: MatchScheme, pledge_id: int, form: WhyForm) -> str:
    parts = _parts(scheme, pledge_id)
    try:
        must_be_apart([parts[0].campaign_id], me())
    except StandsBehind as known:
        against = known.sentence
    else:
        against = None
    awards = [each.award for each in standings(scheme.id, [parts[0].campaign_id]) if each.award]
    return render_template(
        "crowdfund/matching/desk/show_gift.html",
        scheme=scheme,
        parts=parts,
        form=form,
        against=against,
        awards=awards if parts[0].place != "open" else [],
    )
