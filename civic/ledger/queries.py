"""What can be asked of the books: balances and histories, each a sum of entries."""

from collections.abc import Sequence

from sqlalchemy import func, select

from civic.core.db import db
from civic.core.money import Money
from civic.ledger.models import LedgerEntry


def balance(account: str) -> Money:
    """What stands on an account, in signed pence; nothing where it was never used."""
    total = select(func.coalesce(func.sum(LedgerEntry.minor), 0)).where(LedgerEntry.account == account)
    return Money(int(db.session.scalar(total) or 0))


def balances(accounts: Sequence[str]) -> dict[str, Money]:
    """What stands on each of these accounts, in one question."""
    sums = select(LedgerEntry.account, func.sum(LedgerEntry.minor)).where(LedgerEntry.account.in_(accounts))
    found = {code: Money(int(total)) for code, total in db.session.execute(sums.group_by(LedgerEntry.account))}
    return {code: found.get(code, Money(0)) for code in accounts}
