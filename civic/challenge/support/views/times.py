"""Times to meet: offered by mentors and partners, proposed by startups."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.models import Partner
from civic.challenge.queries.programmes import partner_by_slug
from civic.challenge.support import access
from civic.challenge.support.actions import sessions as actions
from civic.challenge.support.forms.journeys import ProposalForm, TimeForm
from civic.challenge.support.models import Mentor
from civic.challenge.support.queries import journeys, sessions
from civic.challenge.support.queries.mentors import pairs_of_journey
from civic.challenge.support.views import bp
from civic.challenge.support.views.doors import on_journey, on_seat
from civic.challenge.support.views.mentors import seat_page
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me


@bp.post("/mentors/<int:mentor_id>/times")
@on_seat(access.may_offer_mentor_time)
def offer_mentor_time(mentor: Mentor) -> ResponseReturnValue:
    """A mentor offers a time to the startups that they help."""
    form = TimeForm()
    if form.validate() and _offered(mentor, form):
        return see_other("challenge_support.show_mentor", mentor_id=mentor.id, _anchor="sessions")
    return seat_page(mentor, form), 422


@bp.get("/partners/<partner>/times")
@allowed(access.may_take_part)
@allowed(access.is_partner_here, on=partner_by_slug)
def list_partner_times(partner: Partner) -> str:
    """A partner's meetings, and the form to offer a time."""
    return _partner_page(partner, TimeForm(formdata=None))


@bp.post("/partners/<partner>/times")
@allowed(access.may_take_part)
@allowed(access.is_partner_here, on=partner_by_slug)
def offer_partner_time(partner: Partner) -> ResponseReturnValue:
    """A partner offers a time to the startups that work on its challenges."""
    form = TimeForm()
    if form.validate() and _offered(partner, form):
        return see_other("challenge_support.list_partner_times", partner=partner.slug)
    return _partner_page(partner, form), 422


@bp.get("/support/<int:journey_id>/times")
@on_journey(access.may_ask_for_time)
def new_time(journey: ChallengeApplication) -> str:
    """The form in which a startup proposes a time to its mentor, or to its partner."""
    return _proposal_page(journey, _host(journey, request.args.get("mentor", "")), ProposalForm(formdata=None))


@bp.post("/support/<int:journey_id>/times")
@on_journey(access.may_ask_for_time)
def propose_time(journey: ChallengeApplication) -> ResponseReturnValue:
    """A startup proposes a time."""
    host, form = _host(journey, request.args.get("mentor", "")), ProposalForm()
    if form.validate():
        with saving(form) as saved:
            session = actions.propose(
                journey, host, starts_at=form.starts_at.data, minutes=form.minutes.data, place=str(form.place.data),
                about=str(form.about.data), language=form.language.data, by=me(), now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            flash(_("Your proposal is sent. It is booked once they agree."), "success")
            return see_other("challenge_support.show_session", session_id=session.id)
    return _proposal_page(journey, host, form), 422


def _offered(host: Mentor | Partner, form: TimeForm) -> bool:
    with saving(form) as saved:
        actions.offer(
            host, starts_at=form.starts_at.data, minutes=form.minutes.data, place=str(form.place.data), by=me(), now=clock.now()
        )  # fmt: skip
    if saved.ok:
        flash(_("The time is offered. The first startup that takes it has it."), "success")
    return saved.ok


def _host(journey: ChallengeApplication, mentor: str) -> Mentor | Partner:
    """Whom a startup wants to meet: one of its mentors, or its partner where none is named."""
    if not mentor:
        partner = sessions.challenges_partner(journey)
        if partner is None:
            raise NotFound()
        return partner
    for row in pairs_of_journey(journey.id):
        if row.Mentoring.status == "active" and str(row.Mentor.id) == mentor:
            return row.Mentor  # type: ignore[no-any-return]
    raise NotFound()


def _partner_page(partner: Partner, form: TimeForm) -> str:
    return render_template(
        "challenge/support/list_partner_times.html",
        partner=partner,
        sessions=sessions.of_partner(partner.id),
        meets=journeys.of_partners([partner.id]),
        form=form,
    )


def _proposal_page(journey: ChallengeApplication, host: Mentor | Partner, form: ProposalForm) -> str:
    is_mentor = isinstance(host, Mentor)
    return render_template(
        "challenge/support/propose_time.html",
        journey=journey,
        host_name=journeys.names_of([host.person_id]).get(host.person_id, "")
        if isinstance(host, Mentor)
        else host.name,
        host_language="" if isinstance(host, Mentor) else host.language,
        mentor_id=host.id if is_mentor else None,
        form=form,
    )
