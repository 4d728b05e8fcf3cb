"""From the call to the match."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from civic.accounts.models import Organisation, OrganisationMember
from civic.assessment import queries as assessment
from civic.assessment.actions import assigning, interests, moderating, panels, scoring
from civic.assessment.models import Assignment, Item
from civic.assessment.queries.items import item_of
from civic.assessment.rules.scoring import Mark
from civic.challenge.applying.actions import applying, calls, judging, startups
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.names import panel_owner
from civic.challenge.applying.rules import eligibility, questions
from civic.challenge.matching.actions import places, publishing, ranking, runs
from civic.challenge.matching.models import Run
from civic.challenge.story.seeding.cast import Applicant, Year
from civic.core.db import db
from civic.core.money import Money

REASONS = (
    "The plan names who does what, and when.",
    "People who would use it were asked, and it shows.",
    "It is not clear yet what it costs to keep.",
)
FEEDBACK = "Thank you for applying. Say more about who would use it, and show what a first test would measure."


def open_call(year: Year, *, grant: Money, **facts: Any) -> None:
    """The call of the year opens."""
    days, by = year.days, year.cast.manager
    year.call = calls.make(
        year.programme, grant=grant, by=by, now=days.opens - timedelta(days=14), opens_at=days.opens, closes_at=days.closes,
        ranks_close_at=days.ranks_close, **facts,
    )  # fmt: skip
    calls.open_call(year.call, by=by, now=days.opens)


def apply(year: Year, applicants: Sequence[Applicant], *, at: datetime) -> None:
    """Everybody applies for one challenge, in turn; each is written and sent by its own person."""
    for number, each in enumerate(applicants):
        made = begin(year, each, number, at=at)
        _write(made, each, at)
        year.applications.append(applying.submit(made, by=each.owner, now=at))
        year.scores[made.id] = each.score


def begin(year: Year, applicant: Applicant, number: int = 99, *, at: datetime) -> ChallengeApplication:
    """A startup with its page, and an application that it begins for the challenge whose turn it is."""
    challenge = year.challenges[number % len(year.challenges)]
    startup = startups.begin(
        _organisation(applicant, at), by=applicant.owner, now=at, summary=applicant.summary,
        team="Four people, all of them in London.", stage="first_users", capabilities=["software", "service"],
        borough="E09000012", accessibility="We test each version with disabled people, and write down what they find.",
        data_protection="Names and addresses, kept in the United Kingdom for a year.",
    )  # fmt: skip
    startup.note = "Example data." if applicant.is_example else ""
    year.startups.append(startup)
    year.owners[startup.id] = applicant.owner
    return applying.begin(year.call, challenge, startup, language="en", by=applicant.owner, now=at)


def judge(year: Year) -> None:
    """Unsealed at the deadline; each application is read by two, and what two see alike stands."""
    cast, now = year.cast, year.days.closes
    calls.unseal(year.call.id, now=now)
    for challenge in year.challenges:
        panel = assessment.panel_of(panel_owner(challenge.id))
        assert panel is not None
        for assessor in cast.assessors:
            panels.seat(panel, assessor, by=cast.manager, now=now)
        panels.open(panel, by=cast.manager, now=now)
        assigning.balance(panel, by=cast.manager, now=now)
        mine = select(Assignment, Item).join(Item, Item.id == Assignment.item_id).where(Item.panel_id == panel.id)
        told = assessment.criteria_of(panel)
        by_name = {each.name: each for each in year.applications}
        for assignment, item in db.session.execute(mine.order_by(Item.id, Assignment.id)).all():
            reader = next(each for each in cast.assessors if each.id == assignment.user_id)
            interests.declare(item.subject, user=reader, has_interest=False, words="", now=now + timedelta(days=2))
            db.session.refresh(assignment)
            score = year.scores[by_name[item.subject].id]
            marks = {each.id: Mark(score, REASONS[(item.id + place) % 3]) for place, each in enumerate(told)}
            scoring.submit(assignment, marks, by=reader, now=now + timedelta(days=3))
        moderating.let_means_stand(panel, by=cast.manager, now=now + timedelta(days=5))


def shortlist(year: Year, *, each: int = 2) -> None:
    """The best of each challenge come on, everybody else reads why not, and then all are told at once."""
    by, now = year.cast.manager, year.days.shortlist
    for challenge in year.challenges:
        mine = [one for one in year.applications if one.challenge_id == challenge.id and one.status == "submitted"]
        best = sorted(mine, key=lambda one: (-_result(one), one.id))
        for one in best[:each]:
            judging.shortlist(one, by=by, now=now)
        judging.pass_over_together([(one, FEEDBACK, "en") for one in best[each:]], by=by, now=now)
    calls.finish(year.call, by=by, now=now)


def match(year: Year, *, two_places: int) -> Run:
    """Both sides rank, the manager proposes what comes of it, a second person publishes it."""
    cast, days = year.cast, year.days
    wanted = {each.id: (2 if place == two_places else 1, 0) for place, each in enumerate(year.challenges)}
    places.set_places(year.call, wanted, by=cast.manager, now=days.shortlist)
    ranked = days.ranks_close - timedelta(days=2)
    for challenge in year.challenges:
        finalists = year.finalists(challenge)
        for one in finalists:
            who = year.owners[one.startup_id]
            ranking.save_for_startup(year.call, one.startup_id, [one.id], send=True, by=who, now=ranked)
        assert challenge.partner_id is not None
        person = cast.partners[challenge.partner_id]
        ranking.save_for_partner(
            year.call, challenge.id, [one.id for one in finalists], send=True, by=person, now=ranked
        )  # fmt: skip
    run = runs.make_run(year.call, by=cast.manager, now=days.ranks_close + timedelta(hours=1))
    runs.propose(run, by=cast.manager, now=days.ranks_close + timedelta(hours=2))
    publishing.publish(run, by=cast.publisher, now=days.match)
    db.session.expire_all()
    return run


def _organisation(applicant: Applicant, now: datetime) -> Organisation:
    """A verified company of one person; that staff have seen its papers is taken as done."""
    body = Organisation(
        name=applicant.name, kind="company", registration_number=f"{9_000_000 + applicant.owner.id:08}", governance="Its director.",
        status="verified", created_at=now,
    )  # fmt: skip
    db.session.add(body)
    db.session.flush()
    db.session.add(OrganisationMember(organisation_id=body.id, user_id=applicant.owner.id, role="owner", joined_at=now))
    db.session.flush()
    return body


def _write(made: ChallengeApplication, applicant: Applicant, now: datetime) -> None:
    by = applicant.owner
    applying.declare(
        made, list(eligibility.DECLARED), seen=applying.mark_of(made, "conditions"), by=by, now=now
    )  # fmt: skip
    for step in ("about", "solution", "test", "after"):
        facts: dict[str, object] = {each.key: applicant.summary for each in questions.questions_of(step)}
        if step == "about":
            facts |= {"title": applicant.title, "language": "en"}
        applying.tell(made, step, facts, seen=applying.mark_of(made, step), by=by, now=now)


def _result(application: ChallengeApplication) -> int:
    item = item_of(application.name)
    assert item is not None
    assert item.result_bps is not None
    return item.result_bps
