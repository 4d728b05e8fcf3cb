"""The demo's clock: everybody's time moves together, nobody is signed out, jobs keep their distance, and there is a way back."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from civic.accounts.models import UserSession
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import enqueue
from civic.payments.sandbox import jobs, jumping, virtual_clock
from civic.payments.sandbox.virtual_clock import VirtualClock


@pytest.fixture
def demo(isolated, tmp_path, monkeypatch):
    """The application with a clock of its own, and real time that stands still."""
    file = tmp_path / "sandbox_clock"
    monkeypatch.setitem(isolated.config, "SANDBOX_CLOCK", str(file))
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        virtual_clock.init_app(isolated)
        yield isolated
    monkeypatch.undo()
    virtual_clock.init_app(isolated)


def jump(until: datetime) -> None:
    with transaction():
        jumping.jump(until, by=None, now=clock.now())


def test_without_a_file_it_is_the_real_time(demo):
    assert clock.now() == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_after_a_jump_every_process_has_the_new_time(demo):
    other = VirtualClock(demo.extensions["virtual_clock"]._file)
    assert other.ahead() == timedelta(0)
    jump(datetime(2026, 12, 18, 23, 59, tzinfo=UTC))
    assert clock.now() == datetime(2026, 12, 18, 23, 59, tzinfo=UTC)
    assert other.ahead() == timedelta(days=25, hours=11, minutes=59)
    assert clock.real(clock.now()) == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_jumps_add_up(demo):
    for days in (1, 2, 3):
        jump(clock.now() + timedelta(days=days))
    assert clock.now() == datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize("by", [timedelta(0), timedelta(minutes=-1), timedelta(days=4000)])
def test_nobody_jumps_back_or_out_of_this_decade(demo, by):
    with pytest.raises(jumping.NotForward):
        jump(clock.now() + by)
    assert clock.now() == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_whoever_is_signed_in_stays_so_and_whoever_was_out_stays_out(demo, make, client):
    make.sign_in(client, make.staff("administrator"))
    ended, _token = make.session(make.member())
    ended.expires_at = clock.now() - timedelta(minutes=1)
    db.session.commit()
    jump(clock.now() + timedelta(days=60))
    assert client.get("/en/staff/sandbox").status == 200
    db.session.expire_all()
    live = sa.select(sa.func.count()).where(UserSession.expires_at > clock.now())
    assert db.session.scalar(live) == 1


def test_a_job_for_a_later_time_is_due_when_that_time_comes(demo):
    with transaction():
        enqueue(jobs.forget_answers, at=clock.now() + timedelta(days=3))
    due = sa.text("SELECT scheduled_at FROM procrastinate_jobs WHERE scheduled_at IS NOT NULL")
    assert db.session.scalar(due) == datetime(2026, 11, 26, 12, tzinfo=UTC)
    jump(clock.now() + timedelta(days=3))
    assert db.session.scalar(due) == datetime(2026, 11, 23, 12, tzinfo=UTC)
    with transaction():
        enqueue(jobs.deliver_events, at=clock.now() + timedelta(days=1))
    assert sorted(db.session.scalars(due)) == [
        datetime(2026, 11, 23, 12, tzinfo=UTC),
        datetime(2026, 11, 24, 12, tzinfo=UTC),
    ]


def test_everything_that_happens_by_the_clock_happens_once_after_a_jump(demo):
    jump(clock.now() + timedelta(days=1))
    jump(clock.now() + timedelta(days=1))
    waiting = db.session.scalars(sa.text("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")).all()
    assert sorted(waiting) == sorted(function.task.name for function, _cron in demo.extensions["civic"].periodic)


def test_there_is_a_way_back_to_real_time(demo, make):
    make.session(make.member())
    db.session.commit()
    before = db.session.scalar(sa.select(UserSession.expires_at))
    jump(clock.now() + timedelta(days=10))
    with transaction():
        jumping.come_back(by=None, now=clock.now())
    assert clock.now() == datetime(2026, 11, 23, 12, tzinfo=UTC)
    db.session.expire_all()
    assert db.session.scalar(sa.select(UserSession.expires_at)) == before


def test_codes_of_a_phone_are_right_although_the_demo_is_ahead(demo, make):
    import pyotp

    from civic.accounts.actions import second_factor
    from civic.accounts.queries import people

    user = make.staff("administrator")
    jump(clock.now() + timedelta(days=10))
    phone = pyotp.TOTP(second_factor.secret_of(people.second_factor_of(user))).at(datetime.now(UTC))
    second_factor.check(user, code=phone, now=clock.now())


def test_a_broken_file_is_no_time_at_all(tmp_path):
    file = tmp_path / "clock"
    for text in ("soon", "", "-60", "1e9"):
        file.write_text(text)
        assert VirtualClock(file).ahead() == timedelta(0)


def test_tests_and_productions_keep_real_time(app, isolated):
    assert isolated.extensions["virtual_clock"] is None
    assert virtual_clock._file(app) is None


def test_staff_jump_to_a_deadline_from_its_address(demo, make, client):
    make.sign_in(client, make.staff("finance_officer"))
    page = client.get("/en/staff/sandbox?to=2026-12-18T23:59:00%2B00:00")
    assert page.forms
    assert client.submit("Jump to this time").status == 303
    assert "18 December 2026" in client.follow().text
    client.submit("One day later")
    assert clock.now() == datetime(2026, 12, 19, 23, 59, tzinfo=UTC)
    client.get("/en/staff/sandbox")
    assert client.submit("Go back to real time").status == 422
    client.submit("Go back to real time", understood=True)
    assert clock.now() == datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("address", ["?to=", "?to=soon", "?to=9999-12-31T23:59:00-12:00", "?to=2026-12-18"])
def test_an_address_with_no_readable_time_is_no_surprise(demo, make, client, address):
    make.sign_in(client, make.staff("administrator"))
    assert client.get(f"/en/staff/sandbox{address}").status == 200
