"""Support in the demo, made by the same actions that people use: pieces from which the story of a programme is put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from civic.accounts.models import User
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.models import Programme
from civic.challenge.support.actions import demo, mentors, outcomes, plans, sessions
from civic.challenge.support.models import DemoDay, Mentor, Mentoring
from civic.challenge.support.queries.outcomes import of_journey
from civic.core.clock import london_minute
from civic.core.db import db


@dataclass(frozen=True)
class PlannedDay:
    """A demo day as it is written; the four texts on access cannot be left out."""

    starts_at: datetime
    hours: int
    place: str
    step_free: str
    hearing_loop: str
    sign_language: str
    summary: str = ""
    other_access: str = ""
    recording_url: str = ""
    capacity: int | None = None


@dataclass(frozen=True)
class Told:
    """What came of a test at one of the three times, as it is verified; both sides say the same."""

    months: int
    in_use: str
    text: str
    used_by: str = ""
    value: str = ""
    contract_minor: int | None = None
    jobs: int | None = None
    investment_minor: int | None = None
    why_not: str = ""
    is_example: bool = False
    sides: tuple[str, ...] = field(default=("startup", "partner"))


def mentor_in(
    programme: Programme, person: User, *, by: User, now: datetime, conflicts: Iterable[int] = (), **profile: Any
) -> Mentor:
    """Somebody offers to be a mentor and is accepted; `profile` as in actions.mentors.PROFILE. The programme must be announced."""
    whole = {
        "language": "en",
        "languages": ["en"],
        "way": "online",
        "borough": None,
        "interests": "",
        "title": "",
        "about": "",
    }
    mentor = mentors.offer(programme, conflicts=conflicts, by=person, now=now, **(whole | profile))
    mentors.decide(mentor, "accept", by=by, now=now + timedelta(days=1))
    return mentor


def plan_for(
    journey: ChallengeApplication,
    *,
    needs: Sequence[str],
    diagnosis: str,
    goals: str,
    actions: Sequence[tuple[str, str, date, bool]],
    by: User,
    now: datetime,
) -> None:
    """A support plan with its actions: (what, who, due on, whether it is done)."""
    plans.write(journey, needs=needs, diagnosis=diagnosis, goals=goals, language="en", edition=0, by=by, now=now)
    for what, who, due_on, is_done in actions:
        action = plans.add_action(journey, what=what, who=who, due_on=due_on, language="en", by=by, now=now)
        if is_done:
            plans.move_action(action, "finish", by=by, now=london_minute(due_on, "16:00"))


def pair_up(
    journey: ChallengeApplication, mentor: Mentor, *, owner: User, by: User, now: datetime, agreed: bool = True
) -> Mentoring:
    """Staff put a mentor and a startup together, and (unless said) both agree. Raises CannotHelp."""
    pair = mentors.propose(journey, mentor.id, by=by, now=now)
    if agreed:
        mentors.agree(pair, frozenset({"startup"}), by=owner, now=now + timedelta(hours=3))
        mentors.agree(
            pair, frozenset({"mentor"}), by=db.session.get_one(User, mentor.person_id), now=now + timedelta(hours=5)
        )
    return pair


def meet(
    journey: ChallengeApplication,
    host: Any,
    *,
    person: User,
    owner: User,
    starts_at: datetime,
    about: str,
    agreed: str = "",
    minutes: int = 60,
    place: str = "https://meet.example/challenge",
) -> None:
    """A startup meets its Mentor or Partner (`host`, for whom `person` acts): booked five days before, and held where `agreed` is given."""
    asked = starts_at - timedelta(days=5)
    session = sessions.propose(
        journey, host, starts_at=starts_at, minutes=minutes, place=place, about=about, language="en", by=owner, now=asked
    )  # fmt: skip
    sessions.agree(session, by=person, now=asked + timedelta(hours=4))
    if agreed:
        sessions.hold(
            session, minutes=minutes, attended="The founders and the host", agreed=agreed, language="en", by=person,
            now=starts_at + timedelta(minutes=minutes),
        )  # fmt: skip


def demo_day(
    programme: Programme,
    planned: PlannedDay,
    journeys: Sequence[ChallengeApplication],
    guests: Sequence[User] = (),
    *,
    by: User,
    now: datetime,
    held: bool = False,
) -> DemoDay:
    """A demo day announced at `now`, with pitches in this order and guests; with `held` it lies behind."""
    values = {
        "starts_at": planned.starts_at, "ends_at": planned.starts_at + timedelta(hours=planned.hours),
        "registration_closes_at": planned.starts_at - timedelta(days=1), "place": planned.place, "summary": planned.summary,
        "step_free": planned.step_free, "hearing_loop": planned.hearing_loop, "sign_language": planned.sign_language,
        "other_access": planned.other_access, "language": "en", "capacity": planned.capacity, "recording_url": "",
        "is_captioned": False,
    }  # fmt: skip
    day = demo.write(programme, by=by, now=now, **values)
    for each in journeys:
        demo.add_pitch(day, each, by=by, now=now)
    demo.move(day, "publish", by=by, now=now)
    for number, guest in enumerate(guests):
        needs = ["captions"] if number % 5 == 0 else ["step_free"] if number % 7 == 0 else []
        demo.register(day, needs=needs, needs_text="", language="en", by=guest, now=now + timedelta(hours=number + 1))
    if held:
        after = planned.starts_at + timedelta(hours=planned.hours + 2)
        demo.move(day, "hold", by=by, now=after)
        if planned.recording_url:
            demo.write(
                programme, by=by, now=after, **(values | {"recording_url": planned.recording_url, "is_captioned": True})
            )
    return day


def came_of(
    journey: ChallengeApplication,
    told: Sequence[Told],
    *,
    ended_on: date,
    owner: User,
    partner_person: User | None,
    by: User,
    now: datetime,
) -> None:
    """The questions of a test that ended on a day, asked and answered as far as they lie before `now`; those without words wait."""
    outcomes.count_from(journey.id, ended_on, now=now)
    said = {each.months: each for each in told}
    for outcome in of_journey(journey.id):
        at = london_minute(outcome.ask_on, "08:00")
        if at > now:
            continue
        outcomes.ask(outcome.id, now=at)
        found = said.get(outcome.months)
        if found is None:
            continue
        for side in found.sides:
            person = owner if side == "startup" else partner_person
            if person is not None and outcome.status == "asked":
                outcomes.answer(outcome, side, by=person, now=at + timedelta(days=6), **_answer(found))
        if outcome.status == "asked":
            outcomes.move(outcome, "settle", why="Only one side could be asked.", by=by, now=at + timedelta(days=20))
        outcome.is_example = found.is_example
        outcomes.publish(outcome, by=by, now=at + timedelta(days=21), **_verified(found))


def _answer(told: Told) -> dict[str, Any]:
    return {
        "in_use": told.in_use, "used_by": told.used_by, "value": told.value, "contract_minor": told.contract_minor,
        "jobs": told.jobs, "investment_minor": told.investment_minor, "language": "en",
        "why_not": told.why_not or ("It is not known." if told.in_use == "no" else ""),
    }  # fmt: skip


def _verified(told: Told) -> dict[str, Any]:
    return {
        "in_use": told.in_use, "used_by": told.used_by, "contract_minor": told.contract_minor, "jobs": told.jobs,
        "investment_minor": told.investment_minor, "text": told.text, "language": "en",
    }  # fmt: skip
