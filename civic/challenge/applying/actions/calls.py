"""Calls: made, changed, opened with a panel for each challenge, unsealed at the deadline, finished once everybody was answered."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.assessment import queries as assessment
from civic.assessment.actions import items, panels
from civic.assessment.actions.panels import CriterionPlan
from civic.challenge.applying import refusals
from civic.challenge.applying.actions import telling
from civic.challenge.applying.events import ShortlistFinished
from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.applying.names import panel_owner
from civic.challenge.applying.queries import applications, calls
from civic.challenge.applying.rules import calls as rules
from civic.challenge.applying.rules.eligibility import USUAL
from civic.challenge.models import Challenge, Programme
from civic.core import audit
from civic.core.announcements import announce
from civic.core.clock import london_minute
from civic.core.db import db, locked
from civic.core.money import Money
from civic.core.states import advance

NOTHING = Money(0)


def make(programme: Programme, *, grant: Money, language: str = "en", by: Any, now: datetime, **facts: Any) -> Call:
    """Begin the call of a programme, with the usual conditions unless said; raises CallThere."""
    if calls.call_of(programme.id) is not None:
        raise refusals.CallThere()
    values: dict[str, Any] = {"conditions": [dict(each) for each in USUAL]} | facts
    assert values.keys() <= set(rules.FACTS), values.keys()
    made = Call(
        programme_id=programme.id, grant_minor=grant.minor, language=language, created_by_id=by.id, created_at=now, **values
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    made.programme = programme
    audit.record("challenge_call.made", on=made, by=by, now=now, after={"programme": programme.slug})
    return made


def change(call: Call, facts: dict[str, Any], *, by: Any, now: datetime) -> None:
    """Change what a call says; once it is open only plans, and its deadline to a later moment. Raises Fixed."""
    assert facts.keys() <= set(rules.FACTS), facts.keys()
    held: Call = locked(Call, call.id)
    new = {name: value for name, value in facts.items() if getattr(held, name) != value}
    before = {name: getattr(held, name) for name in new}
    if not all(rules.may_change(held.status, name, before[name], new[name], now) for name in new):
        raise refusals.Fixed()
    for name, value in new.items():
        setattr(held, name, value)
    db.session.flush()
    if new:
        was, now_it = ({name: str(value) for name, value in each.items()} for each in (before, new))
        audit.record("challenge_call.changed", on=held, by=by, now=now, before=was, after=now_it)


def gaps_of(call: Call, now: datetime) -> list[str]:
    """What is missing before it can open, by code."""
    facts = {name: getattr(call, name) for name in rules.FACTS}
    final = [each for each in calls.challenges_in(call.programme_id) if each.status == "final"]
    return rules.gaps(facts, challenges=len(final), is_announced=call.programme.status == "announced", now=now)


def open_call(call: Call, *, by: Any, now: datetime) -> None:
    """Let startups apply by its dates; each challenge gets its panel. Raises NotReady with what is missing, and IllegalMove."""
    held: Call = locked(Call, call.id)
    whole = calls.call_by_id(held.id)
    assert whole is not None
    if held.status == "draft" and (missing := gaps_of(whole, now)):
        raise refusals.NotReady(missing)
    advance(held, "open", by=by, now=now)
    prepare_panels(held, by=by, now=now)
    audit.record("challenge_call.opened", on=held, by=by, now=now)


def prepare_panels(call: Call, *, by: Any | None, now: datetime) -> int:
    """Give each challenge that has none its panel, with the criteria and weights of its brief; tells how many were made."""
    found = calls.challenges_in(call.programme_id)
    criteria = calls.criteria_in([each.id for each in found])
    made = 0
    for challenge in found:
        if assessment.panel_of(panel_owner(challenge.id)) is None:
            _panel(challenge, criteria.get(challenge.id, []), call, by=by, now=now)
            made += 1
    return made


def _panel(challenge: Challenge, criteria: list[Any], call: Call, *, by: Any | None, now: datetime) -> None:
    about: dict[str, Any] = {"title": challenge.title, "language": challenge.language}
    panel = panels.make(panel_owner(challenge.id), **about, by=by, now=now)
    if call.scores_by is not None:
        panel.due_at = london_minute(call.scores_by)
    panels.set_criteria(panel, [CriterionPlan(each.name, each.weight) for each in criteria], by=by, now=now)


def unseal(call_id: int, *, now: datetime) -> int:
    """After the deadline: give what was sent to the assessors; tells how much. Nothing before it, and nothing twice."""
    held: Call = locked(Call, call_id)
    if held.unsealed_at is not None or not held.is_unsealed(now):
        return 0
    held.unsealed_at = now
    advance(held, "unseal", by=None, now=now)
    prepare_panels(held, by=None, now=now)
    found = list(db.session.scalars(applications.whole().where(
        ChallengeApplication.call_id == call_id, ChallengeApplication.status == "submitted"
    ).order_by(ChallengeApplication.id)))  # fmt: skip
    for each in found:
        enter(each, now=now)
    return len(found)


def enter(application: ChallengeApplication, *, now: datetime) -> None:
    """Put an application before the panel of its challenge."""
    panel = assessment.panel_of(panel_owner(application.challenge_id))
    assert panel is not None, "an unsealed call has a panel for each challenge"
    who = application.profile.get("name") or application.startup.organisation.name
    asked = (NOTHING, application.call.grant)
    about: dict[str, Any] = {
        "title": application.title,
        "language": application.language,
        "recipient": who,
        "asked": asked,
    }
    items.enter(panel, application.name, **about, now=now)


def finish(call: Call, *, by: Any, now: datetime) -> None:
    """The shortlist stands: everybody who applied is told at once. Raises StillUnanswered, IllegalMove."""
    held: Call = locked(Call, call.id)
    mine = select(ChallengeApplication.id).where(ChallengeApplication.call_id == held.id)
    if db.session.scalar(mine.where(ChallengeApplication.status == "submitted").limit(1)) is not None:
        raise refusals.StillUnanswered()
    held.shortlisted_at = now
    advance(held, "shortlist", by=by, now=now)
    audit.record("challenge_call.shortlisted", on=held, by=by, now=now)
    answered = mine.where(ChallengeApplication.status.in_(("shortlisted", "not_shortlisted")))
    for number in db.session.scalars(answered.order_by(ChallengeApplication.id)).all():
        telling.tell_answer(db.session.get_one(ChallengeApplication, number), now=now)
    announce(ShortlistFinished(held.id, now))


def close(call: Call, *, by: Any, now: datetime) -> None:
    """The programme's grants and tests go on; nothing more comes of the call itself. Raises IllegalMove."""
    held: Call = locked(Call, call.id)
    advance(held, "close", by=by, now=now)
    audit.record("challenge_call.closed", on=held, by=by, now=now)
