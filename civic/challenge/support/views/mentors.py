"""Mentors: who they are, for everybody; offering oneself; one's own seat; and saying yes or no to a startup."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge import access as challenge_access
from civic.challenge.models import Programme
from civic.challenge.queries.programmes import programme_by_slug
from civic.challenge.support import access
from civic.challenge.support.actions import mentors as actions
from civic.challenge.support.forms.desk import MentorForm
from civic.challenge.support.forms.journeys import TimeForm
from civic.challenge.support.models import Mentor, Mentoring
from civic.challenge.support.queries import journeys, sessions
from civic.challenge.support.queries import mentors as queries
from civic.challenge.support.views import bp
from civic.challenge.support.views.doors import on_pair, on_seat
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.i18n import Words
from civic.core.pages import etag, see_other
from civic.core.person import maybe_me, me


@bp.get("/programmes/<programme>/mentors")
@allowed(challenge_access.may_see_programme, on=programme_by_slug, hide=True)
def list_mentors(programme: Programme) -> ResponseReturnValue:
    """Who helps the startups of a programme."""
    rows = queries.mentors_in(programme.id, "active")
    etag("mentors", programme.id, programme.version, [(row.Mentor.id, row.Mentor.version, row.name) for row in rows])
    person = maybe_me()
    return render_template(
        "challenge/support/list_mentors.html",
        programme=programme,
        rows=rows,
        mine=queries.seat_in(programme, person.id) if person else None,
        takes_mentors=programme.status == "announced",
    )


@bp.get("/programmes/<programme>/mentors/offer")
@allowed(access.may_take_part)
@allowed(challenge_access.may_see_programme, on=programme_by_slug, hide=True)
def new_offer(programme: Programme) -> ResponseReturnValue:
    """The form to offer oneself as a mentor; whoever has a seat is sent to it."""
    seat = queries.seat_in(programme, me().id)
    if seat is not None and seat.status in ("offered", "invited", "active"):
        return see_other("challenge_support.show_mentor", mentor_id=seat.id)
    return _offer_page(programme, MentorForm(_startups(programme.id), formdata=None, data=_given(seat)))


@bp.post("/programmes/<programme>/mentors/offer")
@allowed(access.may_take_part)
@allowed(challenge_access.may_see_programme, on=programme_by_slug, hide=True)
def create_offer(programme: Programme) -> ResponseReturnValue:
    """Offer oneself as a mentor."""
    form = MentorForm(_startups(programme.id))
    if form.validate():
        with saving(form) as saved:
            mentor = actions.offer(
                programme, conflicts=form.conflicts.data or (), by=me(), now=clock.now(), **form.profile
            )
        if saved.ok:
            flash(_("Thank you. The programme team reads your offer and answers it."), "success")
            return see_other("challenge_support.show_mentor", mentor_id=mentor.id)
    return _offer_page(programme, form), 422


@bp.get("/mentors/<int:mentor_id>")
@on_seat(access.may_see_seat)
def show_mentor(mentor: Mentor) -> str:
    """A mentor's seat: whom they help, when they meet, how many hours are left."""
    return seat_page(mentor)


@bp.get("/mentors/<int:mentor_id>/edit")
@on_seat(access.is_mentor_here)
def edit_mentor(mentor: Mentor) -> str:
    """The form to change one's profile, or to agree to an invitation."""
    return _edit_page(mentor, MentorForm(_startups(mentor.programme_id), formdata=None, data=_given(mentor)))


@bp.post("/mentors/<int:mentor_id>/edit")
@on_seat(access.is_mentor_here)
def change_mentor(mentor: Mentor) -> ResponseReturnValue:
    """Change one's profile; whoever was invited agrees by it."""
    form, agrees = MentorForm(_startups(mentor.programme_id)), mentor.status == "invited"
    if form.validate():
        with saving(form) as saved:
            actions.change(mentor, conflicts=form.conflicts.data or (), by=me(), now=clock.now(), **form.profile)
        if saved.ok:
            flash(_("Thank you: you are a mentor now.") if agrees else _("Your profile is saved."), "success")
            return see_other("challenge_support.show_mentor", mentor_id=mentor.id)
    return _edit_page(mentor, form), 422


@bp.post("/mentors/<int:mentor_id>/answer")
@on_seat(access.is_mentor_here)
def answer_as_mentor(mentor: Mentor) -> ResponseReturnValue:
    """Say no to an invitation, take an offer back, or leave."""
    with transaction():
        actions.answer(mentor, request.form.get("act", ""), by=me(), now=clock.now())
    flash(_("It is done. What was booked ahead is cancelled."), "success")
    return see_other("challenge_support.show_mine")


@bp.post("/pairings/<int:pairing_id>")
@on_pair(access.may_move_pair)
def move_pairing(pair: Mentoring) -> ResponseReturnValue:
    """Agree, decline, or end a mentor's help."""
    act, who = request.form.get("act", ""), access.pair_sides(pair)
    if act not in ("agree", "decline", "end"):
        raise NotFound()
    with transaction():
        if act == "agree":
            actions.agree(pair, who, by=me(), now=clock.now())
        elif act == "decline":
            actions.decline(pair, by=me(), now=clock.now())
        else:
            actions.end(pair, by=me(), now=clock.now())
    if "mentor" in who:
        return see_other("challenge_support.show_mentor", mentor_id=pair.mentor_id)
    return see_other("challenge_support.show_journey", journey_id=pair.application_id, _anchor="mentors")


def seat_page(mentor: Mentor, form: TimeForm | None = None) -> str:
    """The page of a seat; with a form that was refused in its place."""
    held, left = queries.minutes_of(mentor)
    return render_template(
        "challenge/support/show_mentor.html",
        mentor=mentor,
        name=journeys.names_of([mentor.person_id]).get(mentor.person_id),
        programme=db.session.get_one(Programme, mentor.programme_id),
        is_mine=access.is_mentor_here(mentor),
        pairs=queries.pairs_of_mentor(mentor),
        sessions=sessions.of_mentor(mentor) if access.is_mentor_here(mentor) else [],
        held=held,
        left=left,
        form=form or TimeForm(formdata=None),
        refused=form is not None,
        may_offer=access.may_offer_mentor_time(mentor),
    )


def _given(mentor: Mentor | None) -> dict[str, Any]:
    if mentor is None:
        return {}
    names = ("title", "about", "language", "topics", "languages", "way", "borough", "interests")
    given = {name: getattr(mentor, name) for name in names} | {"conflicts": sorted(queries.conflicts_of(mentor))}
    return given | {"hours": mentor.minutes // 60 or None}


def _startups(programme_id: int) -> list[tuple[int, Words]]:
    """The startups of a programme that everybody may know of, as choices."""
    found = {each.startup_id: each.startup.organisation for each in journeys.all_in(programme_id)}
    return [(number, Words(body.name, body.language)) for number, body in sorted(found.items())]


def _offer_page(programme: Programme, form: MentorForm) -> str:
    return render_template("challenge/support/edit_mentor.html", programme=programme, mentor=None, form=form)


def _edit_page(mentor: Mentor, form: MentorForm) -> str:
    programme = db.session.get_one(Programme, mentor.programme_id)
    return render_template("challenge/support/edit_mentor.html", programme=programme, mentor=mentor, form=form)
