"""Posting: the one way into the books."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from civic.core.db import db
from civic.core.money import Money
from civic.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction


def post(kind: str, ref: str, lines: dict[str, Money], *, at: datetime, memo: str = "", by: Any | None = None) -> bool:
    """Write one transaction of signed amounts by account; False, and nothing written, where (kind, ref) is already in the books.

    Lines of nothing are left out; a transaction of nothing at all is not written. Raises ValueError when it does not balance.
    """
    entries = {account: money for account, money in lines.items() if money}
    if sum(money.minor for money in entries.values()):
        raise ValueError(f"{kind} {ref} does not balance")
    if not entries:
        return False
    session = db.session
    new = (
        upsert(LedgerTransaction).on_conflict_do_nothing(index_elements=["kind", "ref"]).returning(LedgerTransaction.id)
    )
    found = session.scalar(new.values(kind=kind, ref=ref, at=at, memo=memo, actor_id=getattr(by, "id", None)))
    if found is None:
        return False
    # Always in one order: two postings to the same new accounts must not wait for each other in a circle.
    codes = [{"code": code} for code in sorted(entries)]
    session.execute(upsert(LedgerAccount).on_conflict_do_nothing(), codes)
    session.execute(
        insert(LedgerEntry),
        [{"transaction_id": found, "account": code, "minor": money.minor} for code, money in entries.items()],
    )
    return True


def hold(*accounts: str) -> None:
    """Let nobody else who holds these accounts go on before this transaction ends; postings themselves are not kept waiting.

    For whoever reads a balance and then decides: held first, always in one order, read afterwards.
    """
    session = db.session
    codes = sorted(set(accounts))
    session.execute(upsert(LedgerAccount).on_conflict_do_nothing(), [{"code": code} for code in codes])
    mine = select(LedgerAccount.code).where(LedgerAccount.code.in_(codes)).order_by(LedgerAccount.code)
    session.execute(mine.with_for_update(key_share=True)).all()
