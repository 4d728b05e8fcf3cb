"""The dates of a round: in which order they must stand, and which stage it is in. Deadlines are London minutes, to the second."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Stage = Literal["coming", "expressions", "between", "applications", "assessment", "decided"]


@dataclass(frozen=True)
class Dates:
    """Every date of a round. Those of expressions of interest are missing where it asks for none."""

    applications_open_at: datetime | None = None
    applications_close_at: datetime | None = None
    expressions_open_at: datetime | None = None
    expressions_close_at: datetime | None = None
    campaigns_live_by: datetime | None = None
    assessed_by: date | None = None
    decided_by: date | None = None
    announced_on: date | None = None
    targets_by: datetime | None = None
    agreements_by: date | None = None
    paid_from: date | None = None
    paid_until: date | None = None
    monitored_until: date | None = None


ORDER = (
    ("expressions_open_at", "expressions_close_at"),
    ("expressions_close_at", "applications_close_at"),
    ("applications_open_at", "applications_close_at"),
    ("campaigns_live_by", "applications_close_at"),
    ("applications_close_at", "assessed_by"),
    ("assessed_by", "decided_by"),
    ("decided_by", "announced_on"),
    ("announced_on", "targets_by"),
    ("targets_by", "agreements_by"),
    ("paid_from", "paid_until"),
    ("agreements_by", "paid_until"),
    ("paid_until", "monitored_until"),
)
"""(earlier, later): pairs that must not stand the other way round."""
NEEDED = ("applications_open_at", "applications_close_at", "decided_by", "announced_on", "agreements_by")
"""Without these no round opens."""


def missing(dates: Dates, *, needs_expression: bool) -> list[str]:
    """Dates that a round cannot open without."""
    needed = (*NEEDED, "expressions_open_at", "expressions_close_at") if needs_expression else NEEDED
    return [name for name in needed if getattr(dates, name) is None]


def out_of_order(dates: Dates) -> list[tuple[str, str]]:
    """Pairs of dates that stand the wrong way round."""
    return [(first, second) for first, second in ORDER if _is_after(getattr(dates, first), getattr(dates, second))]


def _is_after(first: date | datetime | None, second: date | datetime | None) -> bool:
    if first is None or second is None:
        return False
    if isinstance(first, datetime) and isinstance(second, datetime):
        return first > second
    return _day(first) > _day(second)


def _day(value: date | datetime) -> date:
    from civic.core.clock import in_london

    return in_london(value).date() if isinstance(value, datetime) else value


def takes_expressions(dates: Dates, now: datetime) -> bool:
    """Whether an expression of interest may be sent at this moment."""
    return _is_within(dates.expressions_open_at, dates.expressions_close_at, now)


def takes_applications(dates: Dates, now: datetime) -> bool:
    """Whether an application may be sent at this moment: from the opening on, and before the deadline to the second."""
    return _is_within(dates.applications_open_at, dates.applications_close_at, now)


def is_unsealed(dates: Dates, now: datetime) -> bool:
    """Whether staff may read what was handed in: nobody reads anything before the deadline has passed for everybody."""
    return dates.applications_close_at is not None and now >= dates.applications_close_at


def may_take(dates: Dates, opened_at: datetime | None, closes_at: datetime | None) -> bool:
    """Whether a campaign that opened and closes then (None: not known yet) is in time for the round."""
    too_late = dates.campaigns_live_by is not None and opened_at is not None and opened_at > dates.campaigns_live_by
    too_long = dates.targets_by is not None and closes_at is not None and closes_at > dates.targets_by
    return not too_late and not too_long


def _is_within(opens: datetime | None, closes: datetime | None, now: datetime) -> bool:
    return opens is not None and closes is not None and opens <= now < closes


def in_order(dates: Dates) -> list[tuple[str, date | datetime]]:
    """(name, day or moment) of every date that is set, the earliest first; on one day, moments before the day itself."""
    found = [(name, getattr(dates, name)) for name in Dates.__dataclass_fields__]
    known = [(name, value) for name, value in found if value is not None]
    names = list(Dates.__dataclass_fields__)
    return sorted(known, key=lambda each: (_day(each[1]), not isinstance(each[1], datetime), names.index(each[0])))


def has_come(value: date | datetime, now: datetime) -> bool:
    """Whether a moment, or the whole of a day, lies behind us."""
    return value <= now if isinstance(value, datetime) else value < _day(now)


def stage(dates: Dates, now: datetime, *, is_announced: bool = False) -> Stage:
    """Where an open round stands by its clock."""
    if is_announced:
        return "decided"
    if takes_applications(dates, now):
        return "applications"
    if takes_expressions(dates, now):
        return "expressions"
    if is_unsealed(dates, now):
        return "assessment"
    begun = dates.expressions_open_at is not None and now >= dates.expressions_open_at
    return "between" if begun else "coming"
