"""Quarters and years, and what of the figures about moderation may be printed.

A number from 1 to 9 is never printed: it could point at somebody. In a breakdown small parts are put together until what stands
there is 10 or more, so that nothing can be worked out from the total; where even the total is smaller, only that is said. Years, and
a quarter that is not over, are rounded to tens: else a small number of one quarter, or of yesterday, would be the difference of two.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

SMALLEST = 10
LONDON = ZoneInfo("Europe/London")
_WRITTEN = re.compile(r"(20[0-9]{2})(?:-Q([1-4]))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter of a year, or a whole year where the quarter is 0."""

    year: int
    quarter: int = 0

    @property
    def key(self) -> str:
        """How it is written in addresses: "2026-Q3" or "2026"."""
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def starts_at(self) -> datetime:
        """Its first moment in London."""
        return _midnight(self.year, 3 * self.quarter - 2 if self.quarter else 1)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        if self.quarter in (0, 4):
            return _midnight(self.year + 1, 1)
        return _midnight(self.year, 3 * self.quarter + 1)

    def before(self) -> "Period":
        """The quarter, or the year, before."""
        if not self.quarter:
            return Period(self.year - 1)
        return Period(self.year, self.quarter - 1) if self.quarter > 1 else Period(self.year - 1, 4)


def _midnight(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=LONDON)


def period_of(written: str) -> Period | None:
    """The period that an address names; None where it names none."""
    found = _WRITTEN.fullmatch(written)
    return Period(int(found[1]), int(found[2] or 0)) if found else None


def quarter_of(day: date) -> Period:
    """The quarter in which a day lies."""
    return Period(day.year, (day.month - 1) // 3 + 1)


def printed(n: int, *, exact: bool = True) -> int | None:
    """A number as it may be printed; None for one from 1 to 9."""
    if 0 < n < SMALLEST:
        return None
    return n if exact else (n + SMALLEST // 2) // SMALLEST * SMALLEST


def together(counts: Mapping[str, int], *, exact: bool = True) -> list[tuple[tuple[str, ...], int]]:
    """A breakdown as it may be printed, the largest first: (keys, number); the small ones stand together as one.

    Empty where all of it is fewer than SMALLEST.
    """
    filled = sorted(((n, key) for key, n in counts.items() if n > 0), key=lambda each: (-each[0], each[1]))
    alone = [(key, n) for n, key in filled if n >= SMALLEST]
    small = [(key, n) for n, key in filled if n < SMALLEST]
    # One small part beside large ones, or small ones that make fewer than ten, take the smallest large one in.
    while small and alone and (len(small) == 1 or sum(n for _, n in small) < SMALLEST):
        small.insert(0, alone.pop())
    if small and sum(n for _, n in small) < SMALLEST:
        return []
    parts: list[tuple[tuple[str, ...], int]] = [((key,), n) for key, n in alone]
    if small:
        parts.append((tuple(key for key, _ in small), sum(n for _, n in small)))
    return [(keys, printed(n, exact=exact) or 0) for keys, n in parts]
