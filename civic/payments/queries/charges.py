"""How a run of charges stands: how many, how much, how fast, how long still."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from civic.core import clock
from civic.core.db import db
from civic.core.money import Money
from civic.payments.models import Charge

LATELY = timedelta(minutes=1)
UNASKED = ("queued", "created", "unknown")
"""States in which the run still has to do something at once; what waits for a day or a person is not counted."""


@dataclass(frozen=True)
class RunProgress:
    """The charges of one group by state: {"succeeded": (412, £10,300)}; `rate` a second in the last minute."""

    counts: dict[str, int]
    sums: dict[str, Money]
    rate: float
    seconds_left: int | None  # None where nothing moves, 0 where all were asked

    @property
    def total(self) -> int:
        """How many charges there are, without those given up."""
        return sum(number for status, number in self.counts.items() if status != "cancelled")

    @property
    def left(self) -> int:
        """How many the run has still to ask."""
        return sum(self.counts.get(status, 0) for status in UNASKED)

    def money(self, *statuses: str) -> Money:
        """How much stands in these states together."""
        return sum((self.sums.get(each, Money(0)) for each in statuses), Money(0))

    def count(self, *statuses: str) -> int:
        """How many stand in these states together."""
        return sum(self.counts.get(each, 0) for each in statuses)


def progress(group: str, *, now: datetime | None = None) -> RunProgress:
    """How the charges of a group stand at a moment (this one, unless said), in two questions whatever their number."""
    now = now or clock.now()
    by_state = select(Charge.status, func.count(), func.sum(Charge.amount_minor)).where(Charge.group == group)
    rows = db.session.execute(by_state.group_by(Charge.status)).all()
    counts, sums = {row[0]: row[1] for row in rows}, {row[0]: Money(int(row[2])) for row in rows}
    lately = select(func.count()).where(Charge.group == group, Charge.last_synced_at > now - LATELY)
    rate = (db.session.scalar(lately) or 0) / LATELY.total_seconds()
    left = sum(counts.get(status, 0) for status in UNASKED)
    seconds = 0 if not left else round(left / rate) if rate else None
    return RunProgress(counts, sums, rate, seconds)


def by_reference(references: Iterable[str]) -> dict[str, Charge]:
    """The living charge of each of these references, where there is one."""
    mine = select(Charge).where(Charge.reference.in_(list(references)), Charge.status != "cancelled")
    return {charge.reference: charge for charge in db.session.scalars(mine)}
