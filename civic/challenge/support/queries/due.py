"""What is due next in support: for a startup's people, mentors, partners; and for those who run the programme."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries.seats import startups_of
from civic.challenge.due import Due
from civic.challenge.models import Programme
from civic.challenge.queries.seats import partners_of
from civic.challenge.support.models import (
    ChallengeOutcome,
    DemoDay,
    DemoRegistration,
    Mentor,
    Mentoring,
    OutcomeAnswer,
    PlanAction,
    SupportPlan,
    SupportSession,
)
from civic.challenge.support.queries import journeys
from civic.core.clock import in_london
from civic.core.db import db
from civic.core.i18n import Words

MOST = 100
OUTCOME_DUE = {
    "answered": _l("Verify and publish what came of a test"),
    "overdue": _l("See why nobody has answered what came of a test"),
}


def due_for(person_id: int, now: datetime) -> list[Due]:
    """What this person must do next in support, what is due first at the top; a fixed number of statements."""
    startups = journeys.of_startups([each.id for each in startups_of(person_id)])
    partners = partners_of(person_id)
    theirs = journeys.of_partners([each.id for each in partners]) if partners else []
    helped = _helped(person_id)
    ours = {each.id: (each, "startup") for each in startups}
    meets = {each.id: (each, "partner") for each in theirs}
    found = [
        *_actions({**{n: (j, "mentor") for n, j in helped.items()}, **meets, **ours}),
        *_pairs(person_id, ours),
        *_sessions(person_id, ours, [each.id for each in partners], now),
        *_outcomes(ours, meets),
        *_seats(person_id),
        *_days(person_id, "startup" if ours else "mentor" if helped else "partner", now),
    ]
    return sorted(found, key=lambda each: (each.on is None, each.on or in_london(now).date()))


def due_for_manager(now: datetime) -> list[Due]:
    """What those who run programmes must do next in support."""
    found: list[Due] = []
    offers = select(Mentor, Programme).join(Programme, Programme.id == Mentor.programme_id)
    for _mentor, programme in db.session.execute(
        offers.where(Mentor.status == "offered").order_by(Mentor.id).limit(MOST)
    ):
        url = url_for("manage_challenge_support.list_mentors", programme=programme.slug)
        found.append(Due("manager", _l("Answer an offer of a mentor"), programme.title, programme.language, url))
    waiting = select(ChallengeOutcome).where(ChallengeOutcome.status.in_(("answered", "overdue")))
    rows = list(db.session.scalars(waiting.order_by(ChallengeOutcome.ask_on, ChallengeOutcome.id).limit(MOST)))
    known = _journeys({each.application_id for each in rows})
    for each in rows:
        if each.application_id in known:
            sentence = OUTCOME_DUE[each.status]
            url = url_for("manage_challenge_support.show_outcome", outcome_id=each.id)
            found.append(_due("manager", sentence, known[each.application_id], url, each.answer_by))
    past = select(DemoDay, Programme).join(Programme, Programme.id == DemoDay.programme_id)
    for _day, programme in db.session.execute(past.where(DemoDay.status == "published", DemoDay.ends_at <= now)):
        url = url_for("manage_challenge_support.show_demo_day", programme=programme.slug)
        found.append(
            Due("manager", _l("Say that the demo day was held, and add its recording"), programme.title, programme.language, url)
        )  # fmt: skip
    plans = select(PlanAction, SupportPlan.application_id).join(SupportPlan, SupportPlan.id == PlanAction.plan_id)
    mine = plans.where(PlanAction.status == "open", PlanAction.who == "manager").order_by(PlanAction.due_on)
    actions = list(db.session.execute(mine.limit(MOST)))
    known = _journeys({number for _, number in actions})
    found += [
        _due("manager", Words(action.what, action.language), known[number], _journey_url(number, "plan"), action.due_on)
        for action, number in actions
        if number in known
    ]
    return sorted(found, key=lambda each: (each.on is None, each.on or in_london(now).date()))


def _due(role: str, sentence: Any, journey: ChallengeApplication, url: str, on: Any = None) -> Due:
    body = journey.startup.organisation
    return Due(role, sentence, body.name, body.language, url, on)


def _journey_url(number: int, anchor: str) -> str:
    return url_for("challenge_support.show_journey", journey_id=number, _anchor=anchor)


def _journeys(numbers: set[int]) -> dict[int, ChallengeApplication]:
    if not numbers:
        return {}
    found = db.session.scalars(journeys.known().where(ChallengeApplication.id.in_(numbers)))
    return {each.id: each for each in found}


def _helped(person_id: int) -> dict[int, ChallengeApplication]:
    mine = select(Mentoring.application_id).join(Mentor, Mentor.id == Mentoring.mentor_id)
    mine = mine.where(Mentor.person_id == person_id, Mentoring.status == "active")
    found = db.session.scalars(journeys.known().where(ChallengeApplication.id.in_(mine)))
    return {each.id: each for each in found}


def _actions(mine: dict[int, tuple[ChallengeApplication, str]]) -> list[Due]:
    """Actions of plans that fall to the side on which this person stands."""
    if not mine:
        return []
    query = select(PlanAction, SupportPlan.application_id).join(SupportPlan, SupportPlan.id == PlanAction.plan_id)
    query = query.where(SupportPlan.application_id.in_(mine), PlanAction.status == "open").order_by(PlanAction.due_on)
    return [
        _due(
            mine[number][1],
            Words(action.what, action.language),
            mine[number][0],
            _journey_url(number, "plan"),
            action.due_on,
        )
        for action, number in db.session.execute(query.limit(MOST))
        if action.who == mine[number][1]
    ]


def _pairs(person_id: int, ours: dict[int, tuple[ChallengeApplication, str]]) -> list[Due]:
    """Proposals to which this person has not said yes or no."""
    query = select(Mentoring, Mentor).join(Mentor, Mentor.id == Mentoring.mentor_id).where(
        Mentoring.status == "proposed", or_(Mentor.person_id == person_id, Mentoring.application_id.in_(ours))
    )  # fmt: skip
    rows = list(db.session.execute(query.order_by(Mentoring.id).limit(MOST)))
    known = _journeys({row.Mentoring.application_id for row in rows} - ours.keys())
    found = []
    for pair, mentor in rows:
        number = pair.application_id
        if mentor.person_id == person_id and pair.mentor_agreed_at is None and number in known:
            url = url_for("challenge_support.show_mentor", mentor_id=mentor.id)
            found.append(_due("mentor", _l("Say whether you want to help this startup"), known[number], url))
        if number in ours and pair.startup_agreed_at is None:
            sentence = _l("Say whether you agree to the mentor who is proposed")
            found.append(_due("startup", sentence, ours[number][0], _journey_url(number, "mentors")))
    return found


def _sessions(
    person_id: int, ours: dict[int, tuple[ChallengeApplication, str]], partners: list[int], now: datetime
) -> list[Due]:
    """Proposals to answer, sessions ahead, and those of which nobody has said how they went."""
    hosts = or_(
        SupportSession.host_id == person_id,
        SupportSession.partner_id.in_(partners),
        SupportSession.application_id.in_(ours),
    )
    query = select(SupportSession).where(hosts, SupportSession.status.in_(("proposed", "booked")))
    rows = list(db.session.scalars(query.order_by(SupportSession.starts_at, SupportSession.id).limit(MOST)))
    known = _journeys({each.application_id for each in rows if each.application_id} - ours.keys())
    found = []
    for each in rows:
        number = each.application_id
        is_ours = number in ours
        journey = ours[number][0] if number is not None and is_ours else known.get(number or 0)
        if journey is None or (each.status == "proposed" and (is_ours or each.has_begun(now))):
            continue
        sentence = _l("Say how the session went") if each.lacks_record(now) else _l("Meet as booked")
        if each.status == "proposed":
            sentence = _l("Agree to a time that a startup proposes, or cancel it")
        role = "startup" if is_ours else "partner" if each.kind == "partner" else "mentor"
        url = url_for("challenge_support.show_session", session_id=each.id)
        found.append(_due(role, sentence, journey, url, in_london(each.starts_at).date()))
    return found


def _outcomes(
    ours: dict[int, tuple[ChallengeApplication, str]], meets: dict[int, tuple[ChallengeApplication, str]]
) -> list[Due]:
    """Questions that a side of this person has not answered."""
    if not ours and not meets:
        return []
    query = select(ChallengeOutcome).where(
        ChallengeOutcome.status.in_(("asked", "overdue")), ChallengeOutcome.application_id.in_([*ours, *meets])
    )
    rows = list(db.session.scalars(query.order_by(ChallengeOutcome.ask_on).limit(MOST)))
    told = select(OutcomeAnswer.outcome_id, OutcomeAnswer.side)
    given = {
        tuple(row) for row in db.session.execute(told.where(OutcomeAnswer.outcome_id.in_([each.id for each in rows])))
    }
    found = []
    for each in rows:
        for side, mine in (("startup", ours), ("partner", meets)):
            if each.application_id in mine and (each.id, side) not in given:
                url = url_for("challenge_support.show_outcome", outcome_id=each.id, side=side)
                sentence = _l("Say what came of the test")
                found.append(_due(side, sentence, mine[each.application_id][0], url, each.answer_by))
    return found


def _seats(person_id: int) -> list[Due]:
    """Invitations to be a mentor."""
    query = select(Mentor, Programme).join(Programme, Programme.id == Mentor.programme_id)
    query = query.where(Mentor.person_id == person_id, Mentor.status == "invited")
    return [
        Due(
            "mentor", _l("Answer the invitation to be a mentor"), programme.title, programme.language,
            url_for("challenge_support.show_mentor", mentor_id=mentor.id),
        )
        for mentor, programme in db.session.execute(query.order_by(Mentor.id))
    ]  # fmt: skip


def _days(person_id: int, role: str, now: datetime) -> list[Due]:
    """Invitations to demo days that were not answered."""
    query = (
        select(DemoDay, Programme, DemoRegistration)
        .join(Programme, Programme.id == DemoDay.programme_id)
        .join(DemoRegistration, DemoRegistration.demo_day_id == DemoDay.id)
        .where(
            DemoRegistration.person_id == person_id, DemoRegistration.status == "invited", DemoDay.status == "published"
        )
        .order_by(DemoDay.id)
    )
    return [
        Due(
            role, _l("Register for the demo day, and say what you need"), programme.title, programme.language,
            url_for("challenge_support.edit_place", programme=programme.slug), in_london(day.registration_closes_at).date(),
        )
        for day, programme, _place in db.session.execute(query)
        if day.takes_people(now)
    ]  # fmt: skip
