"""The report card: how much of what people gave has a recorded fate, and how long they waited for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from civic.consultations.rules.dates import due_at
from civic.core.clock import london_today


@dataclass(frozen=True)
class Line:
    """One consultation that has closed."""

    slug: str
    question: str
    language: str
    closes_at: datetime
    answered_at: datetime | None
    given: int
    with_fate: int
    overdue_reason: str = ""

    @property
    def days(self) -> int | None:
        """London days from closing to the answer."""
        return None if self.answered_at is None else days_between(self.closes_at, self.answered_at)

    @property
    def share(self) -> float | None:
        """The share of contributions with a recorded fate; None where nobody gave anything."""
        return min(1.0, self.with_fate / self.given) if self.given else None

    def is_overdue(self, now: datetime) -> bool:
        """Whether the promised day has passed without an answer."""
        return self.answered_at is None and now > due_at(self.closes_at)

    @property
    def was_late(self) -> bool:
        """Whether the answer came after the promised day."""
        return self.answered_at is not None and self.answered_at > due_at(self.closes_at)


@dataclass(frozen=True)
class Card:
    """The whole platform's report card."""

    closed: int
    answered: int
    in_time: int
    given: int
    with_fate: int
    median_days: float | None
    overdue: tuple[Line, ...]

    @property
    def share(self) -> float | None:
        """The share of all contributions with a recorded fate."""
        return self.with_fate / self.given if self.given else None


def card(lines: Sequence[Line], now: datetime) -> Card:
    """Everything that has closed, added up."""
    waited = [line.days for line in lines if line.days is not None]
    return Card(
        closed=len(lines),
        answered=len(waited),
        in_time=sum(line.answered_at is not None and not line.was_late for line in lines),
        given=sum(line.given for line in lines),
        with_fate=sum(min(line.with_fate, line.given) for line in lines),
        median_days=median(waited) if waited else None,
        overdue=tuple(sorted((line for line in lines if line.is_overdue(now)), key=lambda line: line.closes_at)),
    )


def days_between(start: datetime, end: datetime) -> int:
    """London calendar days from one moment to another."""
    return (london_today(end) - london_today(start)).days
