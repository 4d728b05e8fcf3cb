"""Working days in England: Mondays to Fridays without the bank holidays of the Banking and Financial Dealings Act 1971.

Holidays that are proclaimed for one year (a coronation) are not known here; a date worked out over one is then a day early.
"""

from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5


def working_day_after(day: date, days: int) -> date:
    """The day that comes so many working days after another."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether offices are open on it."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


@lru_cache(64)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of a year in England and Wales, those that fall on a weekend moved as the law moves them."""
    easter = easter_sunday(year)
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    if christmas.weekday() >= SATURDAY:
        christmas = date(year, 12, 27)
    if boxing.weekday() >= SATURDAY:
        boxing = date(year, 12, 28)
    return frozenset((
        _weekday_from(date(year, 1, 1)),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
        christmas,
        boxing,
    ))  # fmt: skip


def easter_sunday(year: int) -> date:
    """Easter by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 1991)."""
    century, rest = divmod(year, 100)
    leap, part = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap - correction + 15) % 30
    week = (32 + 2 * part + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * week) // 451
    month, day = divmod(epact + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _weekday_from(day: date) -> date:
    return day if day.weekday() < SATURDAY else day + timedelta(days=7 - day.weekday())


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
