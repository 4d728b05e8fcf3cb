"""Mentors on the desk: offers answered, members invited, and put together with startups."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.models import Programme
from civic.challenge.queries.programmes import programme_by_slug
from civic.challenge.support import access
from civic.challenge.support.actions import mentors as actions
from civic.challenge.support.forms.desk import InvitationForm
from civic.challenge.support.manage import bp
from civic.challenge.support.models import Mentor
from civic.challenge.support.queries import mentors as queries
from civic.challenge.support.queries.journeys import is_supported, journey_by_id
from civic.challenge.support.queries.plans import plan_of
from civic.challenge.support.rules.suggesting import suggest
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me


def may_suggest(application: ChallengeApplication) -> bool:
    """Those who run the programme and stand on no side."""
    return "manager" in access.sides(application)


@bp.get("/<programme>/mentors")
@allowed(access.may_run, on=programme_by_slug)
def list_mentors(programme: Programme) -> str:
    """Every mentor of a programme with the hours that are left, and the form to invite one."""
    return _page(programme, InvitationForm(formdata=None))


@bp.post("/<programme>/mentors")
@allowed(access.may_run, on=programme_by_slug)
def invite_mentor(programme: Programme) -> ResponseReturnValue:
    """Ask a member to be a mentor."""
    form = InvitationForm()
    if form.validate():
        with saving(form) as saved:
            actions.invite(programme, str(form.email.data), by=me(), now=clock.now())
        if saved.ok:
            flash(_("The invitation is sent."), "success")
            return see_other("manage_challenge_support.list_mentors", programme=programme.slug)
    return _page(programme, form), 422


@bp.post("/mentors/<int:mentor_id>")
@allowed(access.may_run, on=queries.mentor_by_id)
def decide_mentor(mentor: Mentor) -> ResponseReturnValue:
    """Accept or decline an offer, or end a seat."""
    with transaction():
        actions.decide(mentor, request.form.get("act", ""), by=me(), now=clock.now())
    flash(_("It is done, and they are told."), "success")
    programme = db.session.get_one(Programme, mentor.programme_id)
    return see_other("manage_challenge_support.list_mentors", programme=programme.slug)


@bp.get("/journeys/<int:journey_id>/mentors")
@allowed(access.may_run)
@allowed(may_suggest, on=journey_by_id, hide=True)
def suggest_mentors(journey: ChallengeApplication) -> str:
    """Who would suit a startup, best first, each with why or what stands between them."""
    plan, offers = plan_of(journey.id), queries.offers_in(journey)
    need = queries.need_of(journey, plan.needs if plan else ())
    return render_template(
        "challenge/support/manage/suggest_mentors.html",
        journey=journey,
        plan=plan,
        names={number: name for number, (_offer, name) in offers.items()},
        suggestions=suggest(need, [offer for offer, _name in offers.values()]),
        pairs=queries.pairs_of_journey(journey.id),
        barriers=actions.BARRIERS,
        is_supported=is_supported(journey),
    )


@bp.post("/journeys/<int:journey_id>/mentors")
@allowed(access.may_run)
@allowed(may_suggest, on=journey_by_id, hide=True)
def propose_mentor(journey: ChallengeApplication) -> ResponseReturnValue:
    """Put a mentor and a startup together; both are asked."""
    number = request.form.get("mentor", "")
    with transaction():
        actions.propose(
            journey, int(number) if number.isdecimal() and len(number) < 16 else 0, by=me(), now=clock.now()
        )
    flash(_("Both are asked whether they agree."), "success")
    return see_other("manage_challenge_support.suggest_mentors", journey_id=journey.id)


def _page(programme: Programme, form: InvitationForm) -> str:
    return render_template(
        "challenge/support/manage/list_mentors.html", programme=programme, mentors=queries.mentors_in(programme.id), form=form
    )  # fmt: skip
