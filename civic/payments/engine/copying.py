"""The provider's account with us, read and copied into our books."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar

from sqlalchemy import func, select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.payments import providers
from civic.payments.actions import balance
from civic.payments.models import BalanceRecord

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
"""Before the first penny."""

OVERLAP = timedelta(days=2)
"""Lines do not arrive in order; those known already are passed over."""

AT_ONCE = 500
Item = TypeVar("Item")


@job("payments.copy_balance")
def copy_balance() -> None:
    """Copy the new lines of the provider's account."""
    copy(clock.now())


def copy(now: datetime, *, since: datetime | None = None) -> int:
    """Copy the lines since the last one known, or since a moment; tells how many were new."""
    provider = providers.outside()
    newest = select(func.max(BalanceRecord.created_at)).where(
        BalanceRecord.provider == provider.name, BalanceRecord.mode == provider.mode
    )
    with transaction():
        known = db.session.scalar(newest)
    found = 0
    for entries in by_hundreds(provider.balance_since(since or (known - OVERLAP if known else BEGINNING))):
        with transaction():
            found += balance.record(entries, provider=provider.name, mode=provider.mode, now=now)
    return found


def by_hundreds(items: Iterable[Item], most: int = AT_ONCE) -> Iterator[list[Item]]:
    """A long list in stretches, so that neither it nor a transaction is ever held whole."""
    walk = iter(items)
    while stretch := list(islice(walk, most)):
        yield stretch
