"""Writers of drafts are told that a deadline comes near: three days and one day before it, once each, and never of what was sent."""

from datetime import UTC, datetime, timedelta

import pytest

from civic.core.db import db
from civic.crowdfund.rounds import jobs
from civic.crowdfund.rounds.actions import applying
from civic.crowdfund.rounds.models import Application
from civic.crowdfund.rounds.queries.reminders import drafts_to_remind
from civic.crowdfund.rounds.rules.reminding import is_reminder_due

CLOSES = datetime(2026, 12, 17, 23, 59, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "begun, reminded, now, is_due",
    (
        (10, None, 4, False),
        (10, None, 3, True),
        (10, None, 2, True),
        (10, 3, 2, False),
        (10, 3, 1, True),
        (10, 1, 0.5, False),
        (2, None, 1.5, False),  # begun after the first moment
        (2, None, 1, True),
        (0.5, None, 0.2, False),  # begun on the last day
        (10, None, 0, False),
        (10, None, -1, False),
    ),
)
def test_each_moment_is_told_once(begun, reminded, now, is_due):
    at = lambda days: CLOSES - timedelta(days=days)  # noqa: E731
    assert is_reminder_due(CLOSES, at(begun), None if reminded is None else at(reminded), at(now)) is is_due


def test_the_job_tells_the_writers_of_drafts_in_their_language(clocked, make, outbox):
    person = make.member(language="pl")
    draft = clocked.application(None, capital=1_000_00, tier=0, by=person)
    clocked.applied()
    told = len(outbox())
    idea = applying.express(
        clocked.round, organisation=None, title="", language="en", by=person, now=clocked.now - 5 * DAY
    )
    db.session.commit()
    jobs.remind_writers()  # the idea is due within a day
    assert [each.name for each in outbox()][told:] == ["crowdfund/application_reminder"]
    assert f"/pl/expressions/{idea.id}" in outbox()[-1].text
    clocked.now += timedelta(days=8)
    jobs.remind_writers()
    jobs.remind_writers()
    mine = outbox()[told + 1 :]
    assert [(each.person_id, each.language) for each in mine] == [(person.id, "pl")]
    assert f"/pl/applications/{draft.id}" in mine[0].text
    clocked.now += timedelta(days=1, hours=12)
    jobs.remind_writers()
    assert len(outbox()) == told + 3
    assert drafts_to_remind(clocked.now) == []


def test_nobody_is_reminded_of_a_round_that_was_called_off_or_of_what_was_sent_meanwhile(clocked, make):
    person = make.member()
    draft = clocked.application(None, capital=1_000_00, tier=0, by=person)
    clocked.now += timedelta(days=8)
    assert [each.number for each in drafts_to_remind(clocked.now) if each.model is Application] == [draft.id]
    from civic.crowdfund.rounds.actions import reminding

    draft.status, draft.submitted_at = "submitted", clocked.now
    db.session.flush()
    assert not reminding.remind(Application, draft.id, clocked.round.applications_close_at, now=clocked.now)
    draft.status = "draft"
    clocked.round.status = "cancelled"
    db.session.flush()
    assert drafts_to_remind(clocked.now) == []
