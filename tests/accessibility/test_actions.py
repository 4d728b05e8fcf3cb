"""Barrier reports: every move, who is told, what is on record, what is forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civic.accessibility import actions
from civic.accessibility.jobs import CONTACT_DAYS, forget_contacts
from civic.accessibility.models import STATUSES, BarrierReport
from civic.accessibility.wording import STATE_COLOURS, STATES, STATES_EXPLAINED, VERBS
from civic.core import clock
from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.states import IllegalMove, history

ALLOWED = {
    ("received", "look"): "looking", ("looking", "fix"): "fixed", ("looking", "keep"): "known_problem",
    ("looking", "decline"): "not_a_barrier", ("known_problem", "fix"): "fixed", ("fixed", "reopen"): "looking",
    ("known_problem", "reopen"): "looking", ("not_a_barrier", "reopen"): "looking",
}  # fmt: skip


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("verb", VERBS)
def test_a_report_moves_as_the_table_says_and_no_other_way(in_request, make, now, status, verb):
    report, staff = make.barrier(status=status), make.staff("moderator")
    if (status, verb) not in ALLOWED:
        with pytest.raises(IllegalMove):
            actions.answer(report, verb, why="because", by=staff, now=now)
        return
    actions.answer(report, verb, why="because", by=staff, now=now)
    db.session.flush()
    assert report.status == ALLOWED[status, verb]
    assert (report.answered_at is None) == report.is_open
    assert [move.why for move in history(report)] == ["because"]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.thing == "barrier_report")).one()
    assert (entry.verb, entry.actor_id, entry.why) == (f"barrier_report.{verb}", staff.id, "because")


def test_every_state_and_act_has_its_words():
    assert set(STATES) == set(STATES_EXPLAINED) == set(STATE_COLOURS) == set(STATUSES)
    assert set(VERBS) == {verb for _state, verb in BarrierReport.TRANSITIONS}


def test_whoever_left_an_address_is_told_in_their_language(in_request, make, now, outbox):
    report = actions.report_barrier(
        happened="No name",
        wanted="",
        page="",
        contact_by="email",
        email="reader@example.org",
        phone="",
        language="ar",
        by=None,
        now=now,
    )
    actions.answer(report, "look", why="We are trying it with NVDA.", by=make.staff("moderator"), now=now)
    first, second = outbox()
    assert {first.to_address, second.to_address} == {"reader@example.org"}
    assert {first.language, second.language} == {"ar"}
    assert "We are trying it with NVDA." in second.text and "We are trying it with NVDA." in second.html
    assert f"/ar/barrier-reports/{report.id}" in second.text


def test_what_was_typed_is_inert_in_the_message(in_request, make, now, outbox):
    report = make.barrier()
    actions.answer(report, "look", why="<img src=x onerror=alert(1)>", by=make.staff("moderator"), now=now)
    assert "<img" not in outbox()[-1].html


def test_whoever_left_no_address_is_written_to_by_nobody(in_request, make, now, outbox):
    actions.answer(make.barrier(email=""), "look", why="because", by=make.staff("moderator"), now=now)
    assert outbox() == []


def test_a_summary_is_public_only_once_it_is_published(in_request, make, now):
    report, staff = make.barrier(), make.staff("moderator")
    actions.summarise(report, "A button without a name.", published=False, by=staff, now=now)
    assert report.public_summary == ""
    actions.summarise(report, "A button without a name.", published=True, by=staff, now=now)
    assert report.public_summary == "A button without a name."
    actions.summarise(report, "A button without a name.", published=False, by=staff, now=now)
    assert report.public_summary == ""


@pytest.mark.parametrize(("status", "days", "kept"), [
    ("fixed", CONTACT_DAYS + 1, False), ("fixed", CONTACT_DAYS - 1, True), ("looking", CONTACT_DAYS + 1, True),
])  # fmt: skip
def test_addresses_are_forgotten_ninety_days_after_the_answer(in_request, make, status, days, kept):
    member = make.member()
    report = make.barrier(status=status, reporter_id=member.id)
    report.answered_at = clock.now() - timedelta(days=days)
    db.session.commit()
    forget_contacts()
    db.session.refresh(report)
    assert (report.email, report.reporter_id) == (("reader@example.org", member.id) if kept else ("", None))
    assert report.happened
