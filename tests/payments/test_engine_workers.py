"""Many workers at one table, in real threads on a real database: nobody waits for the dead, and nobody takes twice (P17)."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread, current_thread

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.payments import checkpoints
from civic.payments.actions import charges
from civic.payments.actions.charges import ChargeRequest
from civic.payments.engine import leases, run
from civic.payments.models import Charge, PaymentMethod
from tests.payments.town import CAMPAIGN, USUAL, Town, town
from tests.payments.worlds_sandbox import SandboxWorld


@pytest.fixture
def crowded(shared, now) -> Iterator[Town]:
    """A town in a database that all threads see."""
    with town(shared, now) as made:
        yield made


def test_eight_threads_take_each_charge_once(crowded: Town):
    crowded.queue(*[crowded.card() for _ in range(60)])
    crowded.run(threads=8)
    assert crowded.states() == ["succeeded"] * 60
    assert set(crowded.provider.charged.values()) == {1}
    assert len(crowded.provider.writes()) == 120
    crowded.books_balance()


def test_what_killed_workers_held_is_finished_by_others_when_their_minute_is_over(crowded: Town):
    crowded.queue(*[crowded.card() for _ in range(60)])
    doomed, calls = set(), []

    def kill(verb: str) -> None:
        """A third of the way, three of eight workers die in the middle of a call, each at another one."""
        calls.append(verb)
        if len(calls) >= 40 and len(doomed) < 3 and current_thread().name not in doomed:
            doomed.add(current_thread().name)
            raise checkpoints.Crash

    crowded.provider.during = kill
    with pytest.raises(checkpoints.Crash):
        crowded.run(threads=8)
    crowded.provider.during = lambda verb: None
    states = crowded.states()
    assert states.count("succeeded") == 57
    held = [charge for charge in crowded.charges() if charge.lease_until]
    assert len(held) == 3
    crowded.later(seconds=59)
    crowded.run(threads=8)
    assert crowded.states() == states
    crowded.later(seconds=2)
    crowded.run(threads=8)
    assert crowded.states() == ["succeeded"] * 60
    assert set(crowded.provider.charged.values()) == {1}
    crowded.books_balance()


def test_two_runs_beside_each_other_take_each_charge_once(crowded: Town):
    crowded.queue(*[crowded.card() for _ in range(40)])
    start = Barrier(2)

    def another() -> None:
        with crowded.app.app_context():
            start.wait()
            run.work(threads=3)

    others = [Thread(target=another) for _ in range(2)]
    for each in others:
        each.start()
    for each in others:
        each.join()
    assert crowded.states() == ["succeeded"] * 40
    assert set(crowded.provider.charged.values()) == {1}


def test_a_charge_that_two_workers_hold_is_taken_once(crowded: Town):
    """The first is so slow that its minute is over: the second takes over, and both go on."""
    crowded.queue(crowded.card())
    second: list[Thread] = []

    def meanwhile() -> None:
        with crowded.app.app_context():
            run.work(threads=1)

    def slow(verb: str) -> None:
        if verb == "confirm" and not second:
            db.session.execute(sa.update(Charge).values(lease_until=crowded.now - timedelta(seconds=1)))
            db.session.commit()
            second.append(Thread(target=meanwhile))
            crowded.provider._lock.release()  # the line is open for others
            second[0].start()
            second[0].join()
            crowded.provider._lock.acquire()

    crowded.provider.during = slow
    crowded.run()
    assert crowded.states() == ["succeeded"]
    assert set(crowded.provider.charged.values()) == {1}
    crowded.books_balance()


def test_one_charge_is_claimed_by_one_of_many(crowded: Town):
    crowded.queue(crowded.card())
    start, claimed = Barrier(6), []

    def claim() -> None:
        with crowded.app.app_context():
            start.wait()
            with transaction():
                claimed.append(leases.claim(crowded.provider, crowded.now))

    threads = [Thread(target=claim) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(each is not None for each in claimed) == 1


def test_the_sandbox_stands_eight_threads_as_well(shared, now):
    world = SandboxWorld(shared, now)
    with town(shared, now, world.provider) as here:
        customer, method = world.saved_card("success")
        with transaction():
            cards = [
                PaymentMethod(
                    provider="sandbox", mode="sandbox", customer_id=customer, provider_id=method, brand="visa", last4="4242",
                    exp_month=12, exp_year=2034, country="GB", fingerprint="", authenticated=True, created_at=now,
                )
            ]  # fmt: skip
            db.session.add_all(cards)
            db.session.flush()
            wanted = [ChargeRequest(f"pledge:{i}", cards[0].id, USUAL, {CAMPAIGN: 2500}, "", "") for i in range(40)]
            charges.queue(wanted, group=CAMPAIGN, now=now)
        here.run(threads=8)
        assert here.states() == ["succeeded"] * 40
        assert world.taken() == {f"charge:{charge.id}": 2500 for charge in here.charges()}
        here.books_balance()
