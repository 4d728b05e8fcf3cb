"""The ground: money, states, the audit chain, jobs in the caller's transaction, keyset pages, languages."""

import sqlalchemy as sa

from civic.core import audit
from civic.core.db import db


def test_an_audit_entry_follows_from_the_one_before(in_request, now):
    for n in range(3):
        audit.record("test.done", on=("thing", n), by=None, now=now, after={"n": n})
    assert list(audit.broken_seals()) == []
    db.session.execute(sa.text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
    db.session.execute(sa.text("UPDATE audit_entry SET why = 'other' WHERE thing_id = '1'"))
    db.session.expire_all()
    assert len(list(audit.broken_seals())) == 1
