"""The ground: money, states, the audit chain, jobs in the caller's transaction, keyset pages, languages."""

import contextlib

import sqlalchemy as sa

from civic.core import audit
from civic.core.db import db
from tests.support.sql import statements


def test_what_was_undone_is_not_told(in_request, now):
    audit.record("test.first", on=("thing", 1), by=None, now=now)
    with contextlib.suppress(ZeroDivisionError), db.session.begin_nested():
        audit.record("test.undone", on=("thing", 2), by=None, now=now)
        _ = 1 / 0
    with db.session.begin_nested():
        audit.record("test.second", on=("thing", 3), by=None, now=now)
    db.session.commit()
    audit.record("test.rolled_back", on=("thing", 4), by=None, now=now)
    db.session.rollback()
    verbs = list(db.session.scalars(sa.select(audit.AuditEntry.verb).order_by(audit.AuditEntry.id)))
    assert verbs == ["test.first", "test.second"]
    assert list(audit.broken_seals()) == []


def test_nobody_waits_for_the_log_before_the_end(in_request, now):
    """Two acts that lock the same rows in the same order never meet in a circle at the chain."""
    with statements() as sent:
        audit.record("test.done", on=("thing", 1), by=None, now=now)
        db.session.execute(sa.text("SELECT 1"))
    assert not any("advisory" in each for each in sent)
    with statements() as sent:
        db.session.commit()
    assert any("advisory" in each for each in sent)


def test_an_audit_entry_follows_from_the_one_before(in_request, now):
    for n in range(3):
        audit.record("test.done", on=("thing", n), by=None, now=now, after={"n": n})
    assert list(audit.broken_seals()) == []
    db.session.execute(sa.text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
    db.session.execute(sa.text("UPDATE audit_entry SET why = 'other' WHERE thing_id = '1'"))
    db.session.expire_all()
    assert len(list(audit.broken_seals())) == 1
