"""Who may do what in support. Actions refuse the same where a state is in the way; here doors and buttons ask."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from civic.accounts.access import has_role, is_confirmed
from civic.challenge.applying.access import is_impartial
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries.seats import acts_for_startup, startups_of
from civic.challenge.models import Partner
from civic.challenge.queries.seats import acts_for_partner
from civic.challenge.support.models import ChallengeOutcome, Mentor, Mentoring, PlanAction, SupportSession
from civic.challenge.support.queries.journeys import is_supported, journey_by_id, of_startups, sides_of
from civic.challenge.support.queries.mentors import mentor_by_id
from civic.challenge.support.queries.plans import journey_of_action
from civic.challenge.support.queries.sessions import meets_with
from civic.core.person import maybe_me

may_run = has_role("challenge_manager")
"""Those who run programmes; administrators read no notes of mentors."""
may_take_part = is_confirmed
"""Whoever helps or is helped has an address that we can write to."""

NOBODY: frozenset[str] = frozenset()


def sides(application: ChallengeApplication) -> frozenset[str]:
    """As what the person here stands beside a journey: startup, partner, mentor, manager (who stands behind no side of it)."""
    person = maybe_me()
    if person is None or not is_confirmed():
        return NOBODY
    found = sides_of(application, person.id)
    if may_run() and not found and is_impartial(application):
        return frozenset({"manager"})
    return found


def may_see_journey(application: ChallengeApplication) -> bool:
    """Everybody who stands beside it."""
    return bool(sides(application))


def may_read_plan(application: ChallengeApplication) -> bool:
    """The startup, its mentors and staff; what it lacks is no business of the partner that may buy from it."""
    return bool(sides(application) & {"startup", "mentor", "manager"})


def may_write_plan(application: ChallengeApplication) -> bool:
    """The startup and staff, while it is on its way."""
    return is_supported(application) and bool(sides(application) & {"startup", "manager"})


def may_move_action(action: PlanAction) -> bool:
    """Whoever reads the plan ticks off what is done."""
    journey = journey_by_id(journey_of_action(action))
    return journey is not None and may_read_plan(journey)


def may_ask_for_time(application: ChallengeApplication) -> bool:
    """The startup, while it is on its way."""
    return is_supported(application) and "startup" in sides(application)


def is_mentor_here(mentor: Mentor) -> bool:
    """Whose seat it is."""
    person = maybe_me()
    return person is not None and mentor.person_id == person.id


def may_see_seat(mentor: Mentor) -> bool:
    """Whose seat it is, and staff."""
    return is_mentor_here(mentor) or may_run()


def may_offer_mentor_time(mentor: Mentor) -> bool:
    """A mentor whose seat stands."""
    return mentor.status == "active" and is_mentor_here(mentor)


def is_partner_here(partner: Partner) -> bool:
    """Somebody who acts for it."""
    person = maybe_me()
    return person is not None and acts_for_partner(partner.id, person.id)


def pair_sides(pair: Mentoring) -> frozenset[str]:
    """As what the person here stands beside a pair: mentor, startup, manager."""
    person, journey, mentor = maybe_me(), journey_by_id(pair.application_id), mentor_by_id(pair.mentor_id)
    if person is None or journey is None or mentor is None:
        return NOBODY
    found = set()
    if mentor.person_id == person.id:
        found.add("mentor")
    if acts_for_startup(journey.startup_id, person.id):
        found.add("startup")
    if not found and "manager" in sides(journey):
        found.add("manager")
    return frozenset(found)


def may_move_pair(pair: Mentoring) -> bool:
    """Both, and staff."""
    return bool(pair_sides(pair))


def session_sides(session: SupportSession) -> frozenset[str]:
    """As what the person here stands beside a session: host, startup, taker (a startup that can take it), manager."""
    person = maybe_me()
    if person is None or not is_confirmed():
        return NOBODY
    found = set()
    if _hosts(session, person.id):
        found.add("host")
    if session.startup_id is not None and acts_for_startup(session.startup_id, person.id):
        found.add("startup")
    if session.status == "offered" and takers(session):
        found.add("taker")
    if not found and may_run() and _is_open_to_staff(session):
        found.add("manager")
    return frozenset(found)


def takers(session: SupportSession) -> list[ChallengeApplication]:
    """The journeys of the person here for which an offered time can be taken."""
    person = maybe_me()
    if person is None or session.status != "offered":
        return []
    mine = of_startups([each.id for each in startups_of(person.id)])
    return [each for each in mine if is_supported(each) and meets_with(session, each)]


def may_take(session: SupportSession) -> bool:
    """A startup that is helped by this mentor, or works on the challenge of this partner."""
    return "taker" in session_sides(session)


def may_see_session(session: SupportSession) -> bool:
    """Those who meet, and staff; nobody else reads what was agreed."""
    return bool(session_sides(session))


def may_record(session: SupportSession) -> bool:
    """Those who met write down how it went."""
    return bool(session_sides(session) & {"host", "startup"})


def may_answer_outcome(outcome: ChallengeOutcome) -> bool:
    """The startup and the partner."""
    return bool(outcome_sides(outcome) & {"startup", "partner"})


def outcome_sides(outcome: ChallengeOutcome) -> frozenset[str]:
    """As what the person here stands beside what came of a test."""
    journey = journey_by_id(outcome.application_id)
    return sides(journey) - {"mentor"} if journey is not None else NOBODY


def may_verify(outcome: ChallengeOutcome) -> bool:
    """Staff who belong to neither side."""
    return "manager" in outcome_sides(outcome)


def verbs_for(session: SupportSession, who: frozenset[str], now: datetime) -> list[str]:
    """What these sides can do with a session now, as buttons."""
    found: list[str] = []
    if session.status == "proposed" and "host" in who and not session.has_begun(now):
        found.append("agree")
    if session.status in ("offered", "proposed") and who & {"host", "startup"}:
        found.append("cancel")
    if session.status == "booked" and not session.has_begun(now) and who & {"host", "startup"}:
        found.append("cancel")
    return found


def _hosts(session: SupportSession, person_id: int) -> bool:
    if session.kind == "partner" and session.partner_id is not None:
        return acts_for_partner(session.partner_id, person_id)
    return session.host_id == person_id


def _is_open_to_staff(session: SupportSession) -> bool:
    journey: Any = journey_by_id(session.application_id) if session.application_id is not None else None
    return session.application_id is None or (journey is not None and "manager" in sides(journey))
