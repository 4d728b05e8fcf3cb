"""What can be asked of the books: balances and histories, each a sum of entries."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, exists, func, select

from civic.core.db import db
from civic.core.money import Money
from civic.ledger.models import LedgerAccount, LedgerEntry, LedgerTransaction


def balance(account: str) -> Money:
    """What stands on an account, in signed pence; nothing where it was never used."""
    total = select(func.coalesce(func.sum(LedgerEntry.minor), 0)).where(LedgerEntry.account == account)
    return Money(int(db.session.scalar(total) or 0))


def balances(accounts: Sequence[str]) -> dict[str, Money]:
    """What stands on each of these accounts, in one question."""
    sums = select(LedgerEntry.account, func.sum(LedgerEntry.minor)).where(LedgerEntry.account.in_(accounts))
    found = {code: Money(int(total)) for code, total in db.session.execute(sums.group_by(LedgerEntry.account))}
    return {code: found.get(code, Money(0)) for code in accounts}


def all_balances() -> dict[str, Money]:
    """What stands on every account that was ever named, by name."""
    total = func.coalesce(func.sum(LedgerEntry.minor), 0)
    sums = select(LedgerAccount.code, total).outerjoin(LedgerEntry, LedgerEntry.account == LedgerAccount.code)
    rows = db.session.execute(sums.group_by(LedgerAccount.code).order_by(LedgerAccount.code))
    return {code: Money(int(minor)) for code, minor in rows}


def is_posted(kind: str, ref: str) -> bool:
    """Whether this transaction is in the books."""
    known = exists().where(LedgerTransaction.kind == kind, LedgerTransaction.ref == ref)
    return bool(db.session.scalar(select(known)))


def lines(kind: str, ref: str) -> dict[str, Money]:
    """What one transaction did to each account; empty where it was never written."""
    return sums([(kind, ref)])


def sums(written: Iterable[tuple[str, str]]) -> dict[str, Money]:
    """What these transactions, by (kind, ref), did to each account together."""
    wanted = list(written)
    if not wanted:
        return {}
    entries = select(LedgerEntry.account, func.sum(LedgerEntry.minor)).join(
        LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id
    )
    refs: dict[str, list[str]] = {}
    for kind, ref in wanted:
        refs.setdefault(kind, []).append(ref)
    found: dict[str, Money] = {}
    for kind, named in refs.items():
        of_kind = entries.where(LedgerTransaction.kind == kind, LedgerTransaction.ref.in_(named))
        for account, total in db.session.execute(of_kind.group_by(LedgerEntry.account)):
            found[account] = found.get(account, Money(0)) + Money(int(total))
    return found


def balances_by_kind() -> dict[str, Money]:
    """What stands on all accounts of a kind together: "campaign" for every campaign, "balance:stripe" by itself."""
    first = func.split_part(LedgerEntry.account, ":", 1)
    of_a_provider = first.in_(("balance", "clearing", "fees", "unexplained", "income"))
    kind = case((of_a_provider, LedgerEntry.account), else_=first)
    rows = db.session.execute(select(kind, func.sum(LedgerEntry.minor)).group_by(kind).order_by(kind))
    return {code: Money(int(total)) for code, total in rows}


def transactions(
    *,
    kind: str = "",
    ref: str = "",
    account: str = "",
    amount: Money | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Select[Any]:
    """Transactions of the books, by any of: kind, name in the outside world, an account, an amount on either side, and time."""
    found = select(LedgerTransaction)
    if kind:
        found = found.where(LedgerTransaction.kind == kind)
    if ref:
        found = found.where(LedgerTransaction.ref == ref)
    entry = select(LedgerEntry.id).where(LedgerEntry.transaction_id == LedgerTransaction.id)
    if account:
        entry = entry.where(LedgerEntry.account == account)
    if amount is not None:
        entry = entry.where(LedgerEntry.minor.in_((amount.minor, -amount.minor)))
    if account or amount is not None:
        found = found.where(entry.exists())
    if since:
        found = found.where(LedgerTransaction.at >= since)
    if until:
        found = found.where(LedgerTransaction.at < until)
    return found


def lines_of(transaction_ids: Collection[int]) -> dict[int, list[tuple[str, Money]]]:
    """The lines of several transactions, each in the order in which they were written."""
    entries = select(LedgerEntry).where(LedgerEntry.transaction_id.in_(transaction_ids)).order_by(LedgerEntry.id)
    found: dict[int, list[tuple[str, Money]]] = {number: [] for number in transaction_ids}
    for entry in db.session.scalars(entries):
        found[entry.transaction_id].append((entry.account, Money(entry.minor)))
    return found


def transaction_by_id(transaction_id: int) -> LedgerTransaction | None:
    """The transaction with this number."""
    return db.session.get(LedgerTransaction, transaction_id) if 0 < transaction_id < 2**62 else None
