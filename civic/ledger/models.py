"""Accounts, transactions and entries. PostgreSQL itself refuses an unbalanced transaction, a change and a deletion."""

from datetime import datetime

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column


class LedgerAccount(Model):
    """A place where money can stand, named by what it is for: `campaign:12`, `fees:stripe`."""

    __tablename__ = "ledger_account"
    code: Mapped[str] = mapped_column(primary_key=True)


class LedgerTransaction(Model):
    """One event in the world of money, known by its kind and the name it has there; it can be written once only."""

    __tablename__ = "ledger_transaction"
    id: Mapped[int] = id_column()
    kind: Mapped[str]
    ref: Mapped[str]
    at: Mapped[datetime]
    memo: Mapped[str]
    # No foreign key: the books outlive an erased account.
    actor_id: Mapped[int | None]
    __table_args__ = (UniqueConstraint("kind", "ref"), Index("ix_ledger_transaction_at", "at", "id"))


class LedgerEntry(Model):
    """One side of a transaction, in signed pence: plus is a debit."""

    __tablename__ = "ledger_entry"
    id: Mapped[int] = id_column()
    transaction_id: Mapped[int] = mapped_column(ForeignKey("ledger_transaction.id"), index=True)
    account: Mapped[str] = mapped_column(ForeignKey("ledger_account.code"))
    minor: Mapped[int]
    __table_args__ = (
        CheckConstraint("minor <> 0", name="something"),
        # Sums of an account are read from this index alone.
        Index("ix_ledger_entry_account", "account", "id", postgresql_include=["minor"]),
    )


event.listen(
    LedgerEntry.__table__,
    "after_create",
    DDL("""
CREATE OR REPLACE FUNCTION ledger_must_balance() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE entries bigint; total bigint; BEGIN
  SELECT count(*), coalesce(sum(minor), 0) INTO entries, total FROM ledger_entry
    WHERE transaction_id = CASE TG_TABLE_NAME WHEN 'ledger_entry' THEN (to_jsonb(NEW) ->> 'transaction_id')::bigint ELSE NEW.id END;
  IF entries < 2 OR total <> 0 THEN RAISE EXCEPTION 'the ledger does not balance' USING ERRCODE = 'check_violation'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_balanced AFTER INSERT ON ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_must_balance();
CREATE CONSTRAINT TRIGGER ledger_transaction_balanced AFTER INSERT ON ledger_transaction
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_must_balance();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_transaction_append_only BEFORE UPDATE OR DELETE ON ledger_transaction
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""),
)
