"""Opening a round, calling it off, closing it, and taking it up again."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.authoring.views import typed_reason
from civic.core import clock
from civic.core.errors import CivicError, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove, can
from civic.crowdfund.forms.budget import RemovalForm
from civic.crowdfund.rounds.actions import rounds as actions
from civic.crowdfund.rounds.forms.judging import ReasonForm
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.manage.doors import for_those_who_run, must_be_a_draft
from civic.crowdfund.rounds.manage.rounds import draft_of
from civic.crowdfund.rounds.models import Round
from civic.crowdfund.rounds.queries import rounds as queries


@desk.get("/<slug>/opening")
@for_those_who_run
def confirm_opening(round_: Round) -> ResponseReturnValue:
    """What is still missing, or what opening means."""
    must_be_a_draft(round_)
    return _opening(round_, RemovalForm())


@desk.post("/<slug>/opening")
@for_those_who_run
def open_round(round_: Round) -> ResponseReturnValue:
    """Let everybody see it, and apply by its dates."""
    form, slug, number = RemovalForm(), round_.slug, round_.id
    with saving(form) as saved:
        actions.open(round_, by=me(), now=clock.now(), advice_why=typed_reason())
    if saved.ok:
        flash(_("The round is open: everybody sees it, and can apply by its dates."), "success")
        return see_other("round_desk.show_round", slug=slug)
    fresh = queries.round_by_id(number)
    assert fresh is not None
    must_be_a_draft(fresh)
    return _opening(fresh, form, saved.refused), 422


@desk.get("/<slug>/cancellation")
@for_those_who_run
def confirm_cancellation(round_: Round) -> ResponseReturnValue:
    """What calling it off means."""
    return _reason_page(round_, "cancel", ReasonForm())


@desk.post("/<slug>/cancellation")
@for_those_who_run
def cancel_round(round_: Round) -> ResponseReturnValue:
    """Call it off, with a reason that everybody reads."""
    return _with_reason(round_, "cancel", actions.cancel, _("The round is called off."))


@desk.get("/<slug>/closing")
@for_those_who_run
def confirm_closing(round_: Round) -> ResponseReturnValue:
    """What closing means, and whether everybody was answered."""
    return _closing(round_, RemovalForm())


@desk.post("/<slug>/closing")
@for_those_who_run
def close_round(round_: Round) -> ResponseReturnValue:
    """Close it, once everybody was answered."""
    form, slug, number = RemovalForm(), round_.slug, round_.id
    with saving(form) as saved:
        actions.close(round_, by=me(), now=clock.now())
    if saved.ok:
        flash(_("The round is closed. Its pledges go on."), "success")
        return see_other("round_desk.show_round", slug=slug)
    fresh = queries.round_by_id(number)
    assert fresh is not None
    return _closing(fresh, form), 409


@desk.get("/<slug>/reopening")
@for_those_who_run
def confirm_reopening(round_: Round) -> ResponseReturnValue:
    """What taking it up again means."""
    return _reason_page(round_, "reopen", ReasonForm())


@desk.post("/<slug>/reopening")
@for_those_who_run
def reopen_round(round_: Round) -> ResponseReturnValue:
    """Take it up again to put something right."""
    return _with_reason(
        round_, "reopen", actions.reopen, _("The round is open again. Its deadlines stay as they were.")
    )


def _opening(round_: Round, form: RemovalForm, refused: CivicError | None = None) -> str:
    return render_template("crowdfund/rounds/desk/confirm_opening.html", form=form, refused=refused, **draft_of(round_))


def _closing(round_: Round, form: RemovalForm) -> str:
    if not can(round_, "close"):
        raise IllegalMove()
    waiting = queries.counts(round_.id).get("application:submitted", 0)
    return render_template("crowdfund/rounds/desk/confirm_closing.html", round=round_, form=form, waiting=waiting)


def _with_reason(round_: Round, verb: str, act: Any, done: str) -> ResponseReturnValue:
    form, slug, number = ReasonForm(), round_.slug, round_.id
    if form.validate():
        with saving(form) as saved:
            act(round_, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            flash(done, "success")
            return see_other("round_desk.show_round", slug=slug)
        fresh = queries.round_by_id(number)
        assert fresh is not None
        round_ = fresh
    return _reason_page(round_, verb, form), 422


ENDPOINTS = {"cancel": "round_desk.cancel_round", "reopen": "round_desk.reopen_round"}


def _reason_page(round_: Round, verb: str, form: ReasonForm) -> str:
    if not can(round_, verb):
        raise IllegalMove()
    action = url_for(ENDPOINTS[verb], slug=round_.slug)
    return render_template(
        "crowdfund/rounds/desk/confirm_round.html", round=round_, verb=verb, form=form, action=action
    )
