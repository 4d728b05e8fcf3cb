"""The books: they balance, nothing in them changes, and every event of the world is in them once."""

import threading

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic.core.db import db
from civic.core.money import GBP, Money
from civic.ledger import queries
from civic.ledger.actions import hold, post
from civic.ledger.checks import books_are_guarded, books_balance
from civic.ledger.models import LedgerEntry, LedgerTransaction
from tests.accounts.helpers import at_once, count

ACCOUNTS = ("clearing:stripe", "balance:stripe", "fees:stripe", "campaign:1", "campaign:2", "income:tips")
amounts = st.dictionaries(st.sampled_from(ACCOUNTS), st.integers(-(10**12), 10**12), min_size=1, max_size=6)
AS_OFTEN_AS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def problems():
    return [*books_balance(), *books_are_guarded()]


@AS_OFTEN_AS
@given(st.lists(st.tuples(st.sampled_from(("charge", "refund")), st.integers(1, 5), amounts), max_size=8))
def test_whatever_is_posted_the_books_balance_and_each_event_is_in_them_once(db_session, now, postings):
    savepoint = db_session.begin_nested()
    expected = dict.fromkeys(ACCOUNTS, 0)
    written = set()
    for kind, ref, lines in postings:
        if sum(lines.values()):
            with pytest.raises(ValueError):
                post(kind, str(ref), {account: Money(minor) for account, minor in lines.items()}, at=now)
            continue
        new = post(kind, str(ref), {account: Money(minor) for account, minor in lines.items()}, at=now)
        assert new is ((kind, ref) not in written and any(lines.values()))
        if new:
            written.add((kind, ref))
            for account, minor in lines.items():
                expected[account] += minor
    db_session.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
    db_session.execute(sa.text("SET CONSTRAINTS ALL DEFERRED"))
    assert queries.balances(ACCOUNTS) == {account: Money(minor) for account, minor in expected.items()}
    assert not problems()
    savepoint.rollback()


@AS_OFTEN_AS
@given(st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=6).filter(lambda minors: sum(minors)))
def test_postgresql_itself_refuses_what_does_not_balance(db_session, now, minors):
    savepoint = db_session.begin_nested()
    post("charge", "one", {"a": GBP(1), "b": -GBP(1)}, at=now)
    row = LedgerTransaction(kind="forged", ref="x", at=now, memo="", actor_id=None)
    db_session.add(row)
    db_session.flush()
    for minor in minors:
        db_session.add(LedgerEntry(transaction_id=row.id, account="a", minor=minor))
    db_session.flush()
    with pytest.raises(sa.exc.IntegrityError):
        db_session.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))
    savepoint.rollback()


def test_an_entry_slipped_into_an_old_transaction_is_refused(db_session, now):
    post("charge", "one", {"a": GBP(1), "b": -GBP(1)}, at=now)
    old = db_session.scalar(sa.select(LedgerTransaction.id))
    db_session.commit()
    db_session.add(LedgerEntry(transaction_id=old, account="a", minor=5))
    db_session.flush()
    with pytest.raises(sa.exc.IntegrityError):
        db_session.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_a_transaction_without_entries_is_refused_at_the_commit(db_session, now):
    db_session.add(LedgerTransaction(kind="empty", ref="x", at=now, memo="", actor_id=None))
    db_session.flush()
    with pytest.raises(sa.exc.IntegrityError):
        db_session.execute(sa.text("SET CONSTRAINTS ALL IMMEDIATE"))


def test_an_entry_of_nothing_is_refused(db_session, now):
    post("charge", "one", {"a": GBP(1), "b": -GBP(1)}, at=now)
    with pytest.raises(sa.exc.IntegrityError):
        db_session.execute(
            sa.text(
                "INSERT INTO ledger_entry (transaction_id, account, minor) SELECT id, 'a', 0 FROM ledger_transaction"
            )
        )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entry SET minor = minor + 1",
        "UPDATE ledger_entry SET account = 'b'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_transaction SET memo = 'other'",
        "UPDATE ledger_transaction SET ref = 'other'",
        "DELETE FROM ledger_transaction",
    ],
)
def test_what_is_written_cannot_be_changed_or_deleted(db_session, now, change):
    post("charge", "one", {"a": GBP(1), "b": -GBP(1)}, at=now)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        db_session.execute(sa.text(change))


def test_a_guard_that_was_switched_off_is_found(db_session):
    db_session.execute(sa.text("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only"))
    assert [found for found in problems() if "ledger_entry_append_only" in found]


def test_lines_of_nothing_are_left_out_and_nothing_at_all_is_not_written(db_session, now):
    assert post("charge", "one", {"a": GBP(1), "b": -GBP(1), "c": GBP(0)}, at=now)
    assert not post("charge", "two", {"a": GBP(0), "b": GBP(0)}, at=now)
    assert set(queries.lines("charge", "one")) == {"a", "b"}
    assert not queries.is_posted("charge", "two")


def test_several_transactions_are_summed_by_account(db_session, now):
    post("refund", "one", {"campaign:1": GBP(2), "balance:stripe": -GBP(2)}, at=now)
    post("refund_failed", "one", {"campaign:1": -GBP(2), "balance:stripe": GBP(2)}, at=now)
    post("refund", "two", {"campaign:1": GBP(5), "balance:stripe": -GBP(5)}, at=now)
    both = queries.sums([("refund", "one"), ("refund", "two"), ("refund_failed", "one"), ("refund", "never")])
    assert both == {"campaign:1": GBP(5), "balance:stripe": -GBP(5)}
    assert queries.all_balances()["campaign:1"] == GBP(5)


def test_the_same_event_posted_by_twenty_at_once_is_in_the_books_once(shared, now):
    def one(i):
        with shared.app_context():
            new = post("charge", "ch_1", {"clearing:stripe": GBP(25), "campaign:1": -GBP(25)}, at=now)
            db.session.commit()
            return new

    assert sorted(at_once(20, one)).count(True) == 1
    assert queries.balance("campaign:1") == -GBP(25)
    assert count(LedgerEntry) == 2


def test_a_held_account_keeps_other_holders_waiting_and_postings_not(shared, now):
    post("charge", "ch_0", {"clearing:stripe": GBP(25), "campaign:1": -GBP(25)}, at=now)
    db.session.commit()
    hold("campaign:1")
    went_on = []

    def post_to_it():
        with shared.app_context():
            post("charge", "ch_1", {"clearing:stripe": GBP(25), "campaign:1": -GBP(25)}, at=now)
            db.session.commit()
            went_on.append("posting")

    def hold_it():
        with shared.app_context():
            hold("campaign:1")
            went_on.append("holder")
            db.session.rollback()

    poster, holder = threading.Thread(target=post_to_it), threading.Thread(target=hold_it)
    poster.start()
    poster.join(10)
    holder.start()
    holder.join(0.3)
    assert went_on == ["posting"]
    db.session.commit()
    holder.join(10)
    assert went_on == ["posting", "holder"]
