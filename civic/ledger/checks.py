"""What must be true of the books, proved over all of them: docs/proofs.md, P1 and P2."""

from collections.abc import Iterator

from sqlalchemy import text

from civic.core.db import db

GUARDS = {
    "ledger_entry_balanced",
    "ledger_transaction_balanced",
    "ledger_entry_append_only",
    "ledger_transaction_append_only",
}

_UNBALANCED = text("""
SELECT t.kind, t.ref FROM ledger_transaction t JOIN (
  SELECT transaction_id FROM ledger_entry GROUP BY transaction_id HAVING sum(minor) <> 0 OR count(*) < 2
) wrong ON wrong.transaction_id = t.id
ORDER BY t.id LIMIT 20
""")
_EMPTY = text("""
SELECT t.kind, t.ref FROM ledger_transaction t
WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.transaction_id = t.id) ORDER BY t.id LIMIT 20
""")
_GUARDS = text("SELECT tgname FROM pg_trigger WHERE tgname = ANY(:names) AND tgenabled IN ('O', 'A')")


def books_balance() -> Iterator[str]:
    """Every transaction has two entries or more that sum to nothing, and so all accounts together."""
    for kind, ref in db.session.execute(_UNBALANCED):
        yield f"the ledger transaction {kind} {ref} does not balance"
    for kind, ref in db.session.execute(_EMPTY):
        yield f"the ledger transaction {kind} {ref} has no entries"
    total = db.session.scalar(text("SELECT coalesce(sum(minor), 0) FROM ledger_entry"))
    if total:
        yield f"all ledger accounts together stand at {total} pence and not at nothing"


def books_are_guarded() -> Iterator[str]:
    """PostgreSQL still refuses what is unbalanced, changed or deleted."""
    standing = set(db.session.scalars(_GUARDS, {"names": sorted(GUARDS)}))
    for name in sorted(GUARDS - standing):
        yield f"the trigger {name} that guards the ledger is missing or switched off"
