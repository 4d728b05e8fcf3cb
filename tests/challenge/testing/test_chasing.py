"""Milestones that ask for themselves, each step once; what is due for whom; and the words that people get."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civic.assessment.models import Declaration
from civic.challenge.testing import jobs, notices
from civic.challenge.testing.actions import changes, milestones
from civic.challenge.testing.actions.changes import Wish
from civic.challenge.testing.actions.chasing import chase
from civic.challenge.testing.models import MilestoneReminder
from civic.challenge.testing.notices import NOTICES
from civic.challenge.testing.queries import due
from civic.core import clock
from civic.core.clock import in_london, london_minute
from civic.core.db import db
from civic.notifications.models import Notification
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("in_request")


@pytest.fixture
def people(make):
    return make.test_people


def told(notice):
    rows = select(Notification.person_id).where(Notification.notice == f"challenge_testing.{notice}")
    return list(db.session.scalars(rows.order_by(Notification.id)))


def on(milestone, days, hour="10:00"):
    """So many days after it is due, in London."""
    return london_minute(milestone.due_on + timedelta(days=days), hour)


def test_each_step_is_said_once_and_to_whom_it_concerns(make, people):
    step = make.milestone(make.test_grant("running"))
    said = [chase(step.id, now=on(step, days)) for days in (-8, -7, -6, 0, 1, 2, 7, 8, 30)]
    assert said == [[], ["startup_soon"], [], [], ["startup_late"], [], ["manager_late"], [], []]
    reminded = told("reminder")
    assert reminded[:2] == [people.owner.id] * 2
    assert set(reminded[2:]) >= {people.manager.id, people.other_manager.id}


def test_the_day_is_londons(make):
    step = make.milestone(make.test_grant("running"))
    assert chase(step.id, now=on(step, 0, "23:59")) == ["startup_soon"]
    after = on(step, 1, "00:00")
    assert in_london(after).date() == step.due_on + timedelta(days=1)
    assert chase(step.id, now=after) == ["startup_late"]


def test_the_partner_is_asked_and_then_the_manager_and_a_return_begins_anew(make, people):
    test = make.test_grant("running")
    step = make.reach_milestone(test, signed=False)
    days = {n: make.now + timedelta(days=n) for n in (4, 5, 12)}
    assert [chase(step.id, now=each) for each in days.values()] == [[], ["partner_waits"], ["manager_waits"]]
    assert set(told("reminder")[:2]) == {people.signer.id, people.colleague.id}
    milestones.send_back(step, why="More.", language="en", by=people.signer, now=make.now)
    make.reach_milestone(test, signed=False)
    assert chase(step.id, now=days[5]) == ["partner_waits"]
    assert len(db.session.scalars(select(MilestoneReminder)).all()) == 3


def test_a_new_day_begins_anew_and_a_test_that_is_over_asks_nobody(make):
    test = make.test_grant("running")
    step = make.milestone(test)
    chase(step.id, now=on(step, 1))
    step.due_on, step.turn = step.due_on + timedelta(days=10), step.turn + 1
    assert chase(step.id, now=on(step, 1)) == ["startup_late"]
    over = make.test_grant("stopped", startup=make.startup())
    last = make.milestone(over, 3)
    assert chase(last.id, now=on(last, 30)) == []


def test_the_job_asks_by_its_clock_and_never_twice(make, monkeypatch):
    test = make.test_grant("running")
    step = make.milestone(test)
    for hours in (0, 1, 2):
        moment = on(step, 1) + timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        jobs.chase_milestones()
    assert [each.step for each in db.session.scalars(select(MilestoneReminder))] == ["startup_late"]


def test_what_is_due_is_told_to_each_side_with_its_day(make, people):
    make.test_grant()
    test = make.test_grant("running", startup=make.startup())
    owner = make.owner_of(test)
    step = make.milestone(test)
    assert [each.sentence for each in due.due_for(people.owner.id, make.now)] == [
        "Confirm which subsidies you were given before"
    ]
    (mine,) = due.due_for(owner.id, make.now)
    assert mine.on == step.due_on and mine.role == "startup" and f"/milestones/{step.id}" in mine.url
    assert due.due_for(people.signer.id, make.now) == []
    make.reach_milestone(test, signed=False)
    (theirs,) = due.due_for(people.signer.id, make.now)
    assert theirs.role == "partner" and theirs.on == make.now.date() + timedelta(days=5)
    late = due.due_for_manager(on(make.milestone(test, 2), 1))
    assert [each.sentence for each in late] == ["The milestone “Milestone 2” is late"]
    assert late[0].role == "manager" and late[0].about.startswith("Startup ")


def test_a_partner_with_an_interest_is_told_nothing_of_it(make, people):
    test = make.test_grant("running")
    make.reach_milestone(test, signed=False)
    said = {"has_interest": True, "words": "My brother works there.", "declared_at": make.now}
    db.session.add(Declaration(user_id=people.signer.id, subject=test.subject, **said))
    db.session.flush()
    assert due.due_for(people.signer.id, make.now) == []
    chase(make.milestone(test).id, now=make.now + timedelta(days=6))
    assert people.signer.id not in told("reminder") and people.colleague.id in told("reminder")


def test_a_manager_with_an_interest_is_not_told_what_is_due_in_it(make, people):
    test = make.test_grant("running")
    late = on(make.milestone(test), 1)
    said = {"has_interest": True, "words": "My brother works there.", "declared_at": make.now}
    db.session.add(Declaration(user_id=people.manager.id, subject=test.subject, **said))
    db.session.flush()
    assert due.due_for_manager(late, people.manager.id) == []
    assert len(due.due_for_manager(late, people.other_manager.id)) == 1
    chase(make.milestone(test).id, now=late + timedelta(days=7))
    assert people.manager.id not in told("reminder") and people.other_manager.id in told("reminder")


def test_changes_and_reports_are_due_for_who_must_answer(make, people):
    test = make.test_grant("running")
    wish = Wish("pivot", "Nobody uses it.", "A telephone line")
    changes.ask(test, wish, side="startup", by=people.owner, now=make.now)
    for found in (due.due_for(people.signer.id, make.now), due.due_for_manager(make.now)):
        assert [each.sentence for each in found] == ["Agree to a change or decline it: Change the solution (pivot)"]
    report_day = make.milestone(test).due_on + timedelta(days=14)
    sentences = [each.sentence for each in due.due_for(people.owner.id, london_minute(report_day))]
    assert "Report what was spent" in sentences


def test_what_is_due_asks_the_same_number_of_questions_for_many_tests(make):
    make.test_grant("running")
    with statements() as few:
        due.due_for_manager(make.now)
    for _ in range(4):
        make.test_grant("running", startup=make.startup())
    with statements() as many:
        due.due_for_manager(make.now)
    assert len(many) == len(few) <= 8


def all_drawn():
    """What everybody was told, in words; nothing of a kind is left out."""
    drawers = {each.key: each.draw for each in NOTICES}
    rows = db.session.execute(select(Notification.notice, Notification.facts)).all()
    assert {notice for notice, _ in rows} >= set(drawers)
    return [drawers[notice](facts) for notice, facts in rows if notice in drawers]


def test_what_was_overtaken_is_told_no_more(make):
    test = make.test_grant("running")
    step = make.milestone(test)
    chase(step.id, now=on(step, 1))
    (said,) = [row for row in db.session.execute(select(Notification)).scalars() if row.notice.endswith("reminder")]
    assert notices.about_lateness(said.facts) is not None
    make.reach_milestone(test)
    assert notices.about_lateness(said.facts) is None


def test_every_notice_has_words_for_what_really_happened(make, people):
    test = make.test_grant("running")
    step = make.reach_milestone(test, signed=False)
    chase(step.id, now=make.now + timedelta(days=20))
    milestones.send_back(step, why="Show the second week.", language="en", by=people.signer, now=make.now)
    make.reach_milestone(test)
    chase(make.milestone(test, 2).id, now=on(make.milestone(test, 2), 30))
    change = changes.ask(test, Wish("pivot", "x", "y"), side="startup", by=people.owner, now=make.now)
    changes.decline(change, side="partner", why="No.", language="en", by=people.signer, now=make.now)
    drawn = all_drawn()
    make.end_award(test)
    drawn += all_drawn()
    texts = " ".join(each.sentence for each in drawn if each)
    for words in (
        "We propose to give",
        "We confirm: on",
        "needs something more",
        "was due on",
        "was asked for: Change the solution (pivot).",
        "was declined",
        "was stopped",
    ):
        assert words in texts, words
    assert all(each.url.startswith("http") for each in drawn if each)
