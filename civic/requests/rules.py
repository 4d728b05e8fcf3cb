"""What can be asked for, how people are reached, and by when it is due: working days of England."""

from datetime import date, timedelta

FORMATS = ("braille", "large_print", "audio_cd", "bsl", "easy_read", "summary", "translation", "other")
POSTED = frozenset(("braille", "large_print", "audio_cd"))
"""What goes by post, so that an address is needed however people are reached."""
IN_A_LANGUAGE = frozenset(("summary", "translation"))
"""What cannot be made before somebody says in which language."""
CONTACTS = ("email", "phone", "relay", "bsl", "post")
BY_PHONE = frozenset(("phone", "relay"))
BY_MAIL = frozenset(("email", "bsl"))  # a BSL interpreter is booked for a video call, whose link comes by e-mail
MODES = ("web", "phone", "post", "desk")
OPEN = ("new", "accepted", "made")
DONE = ("sent", "declined", "withdrawn")


def due_on(asked_on: date, days: int) -> date:
    """The day so many working days after the day of asking; the day itself does not count."""
    day = asked_on
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether offices are open: neither at a weekend nor on a bank holiday of England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a usual year, by the Banking and Financial Dealings Act 1971 and its proclamations.

    One that falls on a weekend moves to the next working day. What is proclaimed for one year only is not known here.
    """
    fixed = [_moved(date(year, 1, 1))]
    christmas = _moved(date(year, 12, 25))
    boxing = date(year, 12, 26)
    while boxing.weekday() >= 5 or boxing == christmas:
        boxing += timedelta(days=1)
    sunday = easter(year)
    mondays = (_monday(date(year, 5, 1)), _monday(date(year, 5, 25)), _monday(date(year, 8, 25)))
    return frozenset((*fixed, sunday - timedelta(days=2), sunday + timedelta(days=1), *mondays, christmas, boxing))


def easter(year: int) -> date:
    """Easter Sunday of a year (the method of Butcher's Ecclesiastical Calendar, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _moved(day: date) -> date:
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def _monday(first: date) -> date:
    """The first Monday from this day on."""
    return first + timedelta(days=(7 - first.weekday()) % 7)
