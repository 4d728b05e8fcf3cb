"""Interviews: planned with those who hear them, moved, held and written down, called off; scored by a panel of their own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from civic.accounts.models import User
from civic.assessment import queries as assessment
from civic.assessment.actions import assigning, interests, items, panels
from civic.assessment.actions.panels import CriterionPlan
from civic.assessment.models import Panel
from civic.assessment.queries.interests import hides
from civic.assessment.queries.items import assignment_on, item_of
from civic.assessment.queries.panels import seat_of
from civic.assessment.rules.choices import ASSESSING
from civic.challenge.applying import refusals
from civic.challenge.applying.actions import telling
from civic.challenge.applying.actions.judging import to_be_judged
from civic.challenge.applying.models import ChallengeApplication, Interview, Interviewer
from civic.challenge.applying.names import hearing_owner
from civic.challenge.applying.queries import interviews as queries
from civic.challenge.models import Challenge
from civic.core import audit
from civic.core.db import db, locked
from civic.core.i18n import speaking
from civic.core.money import Money
from civic.core.states import IllegalMove, advance

NOTHING = Money(0)
FACTS = ("at", "minutes", "place", "link", "told", "language")


def plan(
    application: ChallengeApplication, facts: dict[str, Any], people: Sequence[User], *, by: Any, now: datetime
) -> Interview:
    """Invite a startup; raises what judging it would, InterviewThere, InThePast, NobodyHears, IllegalMove once it was answered."""
    assert facts.keys() <= set(FACTS), facts.keys()
    held = to_be_judged(application, by=by, now=now)
    if held.status != "submitted":
        raise IllegalMove()
    if queries.interview_of(held.id) is not None:
        raise refusals.InterviewThere()
    _must_be_possible(held, facts["at"], people, now)
    made = Interview(application_id=held.id, planned_by_id=by.id, planned_at=now, **facts)
    db.session.add(made)
    db.session.flush()
    # Whoever may not see the application may not see its interview.
    interests.carry(held.name, made.name, now=now)
    panel = _panel(held.challenge_id, by=by, now=now)
    _let_hear(made, people, panel, by=by, now=now)
    audit.record("challenge_interview.planned", on=made, by=by, now=now, after={"at": made.at.isoformat()})
    telling.tell_interview(made, "planned", now=now, by=by.id)
    return made


def change(interview: Interview, facts: dict[str, Any], people: Sequence[User], *, by: Any, now: datetime) -> None:
    """Move it, or let others hear it; everybody is told. Raises as plan()."""
    assert facts.keys() <= set(FACTS), facts.keys()
    held = _planned(interview, by=by, now=now)
    application = db.session.get_one(ChallengeApplication, held.application_id)
    _must_be_possible(application, facts["at"], people, now)
    for name, value in facts.items():
        setattr(held, name, value)
    db.session.execute(delete(Interviewer).where(Interviewer.interview_id == held.id))
    _let_hear(held, people, _panel(application.challenge_id, by=by, now=now), by=by, now=now)
    db.session.flush()
    audit.record("challenge_interview.changed", on=held, by=by, now=now, after={"at": held.at.isoformat()})
    telling.tell_interview(held, "changed", now=now, by=by.id)


def hold(interview: Interview, record: str, *, language: str, by: Any, now: datetime) -> None:
    """It took place: what was said is written down, and those who heard it score it. Raises NotHeldYet, IllegalMove."""
    held = _planned(interview, by=by, now=now)
    if now < held.at:
        raise refusals.NotHeldYet()
    held.record, held.record_language, held.recorded_by_id, held.recorded_at = record, language, by.id, now
    advance(held, "hold", by=by, now=now)
    application = db.session.get_one(ChallengeApplication, held.application_id)
    panel = _panel(application.challenge_id, by=by, now=now)
    who = str(application.profile.get("name") or "")
    about: dict[str, Any] = {"title": application.title, "language": application.language, "recipient": who}
    items.enter(panel, held.name, **about, asked=(NOTHING, NOTHING), now=now)
    if panel.status == "open":
        _ask(held, by=by, now=now)
    audit.record("challenge_interview.held", on=held, by=by, now=now)


def cancel(interview: Interview, why: str, *, by: Any, now: datetime) -> None:
    """Call it off; everybody is told. Raises IllegalMove."""
    held = _planned(interview, by=by, now=now)
    advance(held, "cancel", by=by, now=now, why=why)
    audit.record("challenge_interview.cancelled", on=held, by=by, now=now, why=why)
    telling.tell_interview(held, "cancelled", now=now, by=by.id)


def _planned(interview: Interview, *, by: Any, now: datetime) -> Interview:
    """The interview, locked after its application; raises IllegalMove where it was held or called off."""
    to_be_judged(db.session.get_one(ChallengeApplication, interview.application_id), by=by, now=now)
    held: Interview = locked(Interview, interview.id)
    if held.status != "planned":
        raise IllegalMove()
    return held


def _must_be_possible(application: ChallengeApplication, at: datetime, people: Sequence[User], now: datetime) -> None:
    if at <= now:
        raise refusals.InThePast()
    able = [each for each in people if each.is_active and each.roles & set(ASSESSING)]
    if not people or len(able) < len(people) or any(hides(application.name, each.id) for each in people):
        raise refusals.NobodyHears()


def _let_hear(interview: Interview, people: Sequence[User], panel: Panel, *, by: Any, now: datetime) -> None:
    db.session.add_all([Interviewer(interview_id=interview.id, person_id=each.id) for each in people])
    for each in people:
        if panel.status != "closed" and seat_of(panel.id, each.id) is None:
            panels.seat(panel, each, by=by, now=now)
    db.session.flush()


def _ask(interview: Interview, *, by: Any, now: datetime) -> None:
    """Those who heard it are asked for their scores."""
    item = item_of(interview.name)
    assert item is not None
    for hearer in queries.hearers_of([interview.id]):
        if not hides(interview.name, hearer.person_id) and assignment_on(item.id, hearer.person_id) is None:
            assigning.assign(item, db.session.get_one(User, hearer.person_id), by=by, now=now)


def _panel(challenge_id: int, *, by: Any, now: datetime) -> Panel:
    """The panel that scores a challenge's interviews: made with the first of them, its criteria editable until it opens."""
    there = assessment.panel_of(hearing_owner(challenge_id))
    if there is not None:
        return there
    challenge = db.session.get_one(Challenge, challenge_id)
    with speaking(challenge.language):
        title = _("Interviews: %(challenge)s", challenge=challenge.title)
        # As CivTech Scotland says in public: the team, its commitment, equality, and the environment.
        plans = [
            CriterionPlan(_("The team can do it"), 40),
            CriterionPlan(_("They want to test with the partner, and go on afterwards"), 30),
            CriterionPlan(_("Nobody is left out"), 15),
            CriterionPlan(_("It is good for the environment"), 15),
        ]
    panel = panels.make(hearing_owner(challenge_id), title=title, language=challenge.language, by=by, now=now)
    panels.set_criteria(panel, plans, by=by, now=now)
    return panel
