"""Example data of applying, made by the same actions that people use; other parts call these with moments and words of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from civic.accounts.actions import organisations
from civic.accounts.models import Organisation, OrganisationMember, User
from civic.assessment import queries as assessment
from civic.assessment.actions import assigning, interests, panels, scoring
from civic.assessment.queries.items import item_of
from civic.assessment.rules.scoring import Mark
from civic.challenge.applying import seed_content as content
from civic.challenge.applying.actions import applying, calls, judging, startups
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.applying.names import panel_owner
from civic.challenge.applying.rules.eligibility import DECLARED
from civic.challenge.models import Challenge, Programme
from civic.challenge.queries.briefs import challenge_by_slug
from civic.challenge.queries.programmes import programme_by_slug
from civic.challenge.seeds import SLUG_NOW, Desk
from civic.core.clock import london_minute, london_today
from civic.core.db import db
from civic.core.money import Money

GRANT = Money(1_500_000)


def call(
    programme: Programme, *, opens_at: datetime, closes_at: datetime, by: Any, now: datetime, grant: Money = GRANT, **facts: Any,
) -> Call:  # fmt: skip
    """A call that is open; `facts` are those of rules/calls.py. Its challenges must be final, unless it is opened later."""
    made = calls.make(programme, grant=grant, by=by, now=now, opens_at=opens_at, closes_at=closes_at, **facts)
    calls.open_call(made, by=by, now=now)
    return made


def startup(told: Mapping[str, Any], owner: User, *, now: datetime) -> Startup:
    """A startup with its verified organisation: "name", "number", and what rules/profile.py names, of `told`."""
    body = db.session.scalars(select(Organisation).where(Organisation.name == told["name"])).first()
    if body is None:
        about = {
            "kind": "company",
            "registration_number": str(told.get("number", "")),
            "governance": content.GOVERNANCE,
        }
        body = organisations.found(name=str(told["name"]), language="en", by=owner, now=now, **about)
        body.status = "verified"
        db.session.flush()
    made = startups.begin(body, by=owner, now=now)
    facts = {name: value for name, value in told.items() if name not in ("name", "number")}
    startups.tell(made, facts, seen=startups.edition_of(made), by=owner, now=now)
    return made


def apply(
    of: Call, challenge: Challenge, startup_: Startup, told: Mapping[str, str], *, by: User, now: datetime, send: bool = True
) -> ChallengeApplication:  # fmt: skip
    """An application with a "title" and answers of `told` by their keys; sent unless said."""
    begun = applying.begin(of, challenge, startup_, declared=list(DECLARED), language="en", by=by, now=now)
    begun.title = told["title"]
    begun.answers = {key: text for key, text in told.items() if key != "title"}
    begun.edited_by_id, begun.edited_at = by.id, now
    db.session.flush()
    return applying.submit(begun, by=by, now=now) if send else begun


def open_panel(challenge: Challenge, assessors: Sequence[User], *, by: Any, now: datetime) -> None:
    """Seat assessors on a challenge's panel, and let them begin."""
    panel = assessment.panel_of(panel_owner(challenge.id))
    assert panel is not None
    for each in assessors:
        panels.seat(panel, each, by=by, now=now)
    panels.open(panel, by=by, now=now)


def judge(
    application: ChallengeApplication, assessors: Sequence[User], values: Sequence[int], *, by: Any, now: datetime
) -> None:
    """Each assessor says that they have no interest, and gives every criterion one value, for a reason."""
    item = item_of(application.name)
    panel = assessment.panel_of(panel_owner(application.challenge_id))
    assert item is not None
    assert panel is not None
    criteria = assessment.criteria_of(panel)
    for turn, (assessor, value) in enumerate(zip(assessors, values, strict=True)):
        assignment = assigning.assign(item, assessor, by=by, now=now)
        interests.declare(application.name, user=assessor, has_interest=False, words="", now=now)
        reason = content.REASONS[(application.id + turn) % len(content.REASONS)]
        db.session.refresh(assignment)
        scoring.submit(assignment, {each.id: Mark(value, reason) for each in criteria}, by=assessor, now=now)


def answer(application: ChallengeApplication, feedback: str, *, is_chosen: bool, by: Any, now: datetime) -> None:
    """Shortlist it, or pass it over with words."""
    if is_chosen:
        judging.shortlist(application, feedback=feedback, by=by, now=now)
    else:
        judging.pass_over(application, feedback, by=by, now=now)


def plant(desk: Desk, members: Sequence[User], *, now: datetime) -> str:
    """The call of today's example programme: open, with a draft of one startup and applications of others that are sealed."""
    programme, challenge = programme_by_slug(SLUG_NOW), challenge_by_slug(content.CHALLENGE)
    assert programme is not None
    assert challenge is not None
    today, opened = london_today(now), now - timedelta(days=4)
    made = call(
        programme, opens_at=opened, closes_at=london_minute(today + timedelta(days=17), "17:00"), by=desk.manager, now=opened,
        scores_by=today + timedelta(days=31), interviews_on=today + timedelta(days=35), answers_by=today + timedelta(days=45),
        ranks_close_at=london_minute(today + timedelta(days=55), "17:00"), demo_day_on=today + timedelta(days=150),
        guidance=content.GUIDANCE,
    )  # fmt: skip
    for place, (told, words) in enumerate(content.APPLICATIONS):
        owner = members[place]
        begun = now - timedelta(days=3, hours=-place)
        startup_ = startup(told, owner, now=begun)
        apply(made, challenge, startup_, words, by=owner, now=begun, send=bool(words.get("adoption")))
        if place == 0:
            _join(startup_, members[len(content.APPLICATIONS)], now=begun)
    return f"a call for startups that is open, with {len(content.APPLICATIONS)} applications"


def _join(startup_: Startup, person: User, *, now: datetime) -> None:
    about = {"organisation_id": startup_.organisation_id, "user_id": person.id, "role": "editor", "joined_at": now}
    db.session.add(OrganisationMember(**about))
    db.session.flush()
