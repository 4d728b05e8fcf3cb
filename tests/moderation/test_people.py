"""Warnings come before suspensions; suspensions end; notes are for moderators; election periods begin and end."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.moderation import refusals
from civic.moderation.actions import people, periods
from civic.moderation.models import ElectionPeriod, StaffNote
from civic.moderation.queries.people import author_records, suspension_of
from civic.moderation.queries.periods import period_at
from civic.notifications.models import Notification


@pytest.fixture
def ann(make):
    return make.staff("moderator", name="Ann")


def suspend(person, *, by, now, **more):
    return people.suspend(person, days=7, words="It went on.", language="en", by=by, now=now, **more)


def test_nobody_is_suspended_without_a_warning_or_a_reason_on_record(make, now, ann):
    person = make.resident()
    with pytest.raises(refusals.NeedsAWarning):
        suspend(person, by=ann, now=now)
    people.warn(person, words="Stop it.", language="en", by=ann, now=now - timedelta(days=366))
    with pytest.raises(refusals.NeedsAWarning):
        suspend(person, by=ann, now=now)
    people.warn(person, words="Stop it.", language="en", by=ann, now=now - timedelta(days=364))
    made = suspend(person, by=ann, now=now, without_warning="Not needed")
    assert made.without_warning == "" and made.ends_at == now + timedelta(days=7)


def test_a_grave_case_is_suspended_at_once_and_the_log_says_why(make, now, ann):
    made = suspend(make.resident(), by=ann, now=now, without_warning="A threat.")
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "moderation.suspend")).one()
    assert made.without_warning == "A threat." == entry.after["without_warning"]


def test_a_suspension_holds_until_its_end_or_until_it_is_lifted(make, now, ann):
    person = make.resident()
    made = make.suspension(person)
    assert suspension_of(person.id, now) is made
    assert suspension_of(person.id, made.ends_at) is None
    with pytest.raises(refusals.SuspendedAlready):
        suspend(person, by=ann, now=now, without_warning="x")
    people.lift(made, why="They wrote and understood.", by=ann, now=now + timedelta(days=1))
    people.lift(made, why="Again.", by=ann, now=now + timedelta(days=2))
    assert made.lifted_why == "They wrote and understood." and suspension_of(person.id, now + timedelta(days=1)) is None
    notices = db.session.scalars(sa.select(Notification.notice).where(Notification.person_id == person.id)).all()
    assert notices == ["moderation.suspended", "moderation.suspension_lifted"]


def test_moderators_do_not_judge_themselves(make, now, ann):
    with pytest.raises(refusals.NeedsSomebodyElse):
        people.warn(ann, words="x", language="en", by=ann, now=now)
    with pytest.raises(refusals.NeedsSomebodyElse):
        suspend(ann, by=ann, now=now, without_warning="x")


def test_an_authors_record_counts_what_was_decided(make, now):
    person, other = make.resident(), make.resident()
    make.removed(person)
    make.suspension(person)
    records = author_records([person.id, other.id], now)
    assert (records[person.id].removed, records[person.id].is_suspended) == (1, True)
    assert (records[other.id].removed, records[other.id].warnings, records[other.id].is_suspended) == (0, 0, False)


def test_a_note_is_about_a_case_or_a_person(make, now, ann):
    case = make.case()
    people.note("Look at the second report.", by=ann, now=now, case=case)
    people.note("Speaks for a club.", by=ann, now=now, person=make.resident())
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StaffNote)) == 2
    with pytest.raises(sa.exc.IntegrityError, match="ck_moderation_note_about"), db.session.begin_nested():
        db.session.add(StaffNote(words="x", at=now))
        db.session.flush()


def test_an_election_period_is_ended_early_or_called_off_and_the_stricter_one_holds(make, now):
    running, coming = make.election_period(begins_in=-3, holds_back="newcomers"), make.election_period(begins_in=9)
    assert period_at(now) is running and period_at(now + timedelta(days=10)) is coming
    by = make.staff("administrator")
    periods.end_period(coming, by=by, now=now)
    periods.end_period(running, by=by, now=now)
    assert period_at(now) is None and db.session.scalars(sa.select(ElectionPeriod)).all() == [running]
    periods.end_period(running, by=by, now=now + timedelta(days=1))
    assert running.ends_at == now
