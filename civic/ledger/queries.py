"""What can be asked of the books: balances and histories, each a sum of entries."""

from collections.abc import Iterable, Sequence

from sqlalchemy import exists, func, select

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
