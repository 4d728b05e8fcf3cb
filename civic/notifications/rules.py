"""Which way a piece of news goes to a person, and when: values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from civic.core.clock import WEEKDAYS, london_minute, london_today

# What a person may choose for a kind of news.
PACES = ("at_once", "weekly", "never")
# How a piece of news goes: `owed` at once whatever was chosen; `page` stands on the person's own page and is sent nowhere.
WAYS = ("owed", "at_once", "weekly", "page")
LETTERS = ("owed", "at_once")

PAUSE = timedelta(minutes=5)
"""How long news waits for more of it, so that what comes together goes as one letter."""
KEEP = timedelta(days=365)
MORNING = "08:00"

A_THING = 5
"""The most pieces of news about one thing that a letter tells."""
THINGS = 30
"""The most things that a letter tells of."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person chose for all kinds together."""

    only_mine: bool = False
    no_weekly: bool = False
    paused: bool = False


def way(*, owed: bool, took_part: bool, pace: str, wishes: Wishes) -> str:
    """How a piece of news goes to somebody who wants its kind at `pace`; what is owed cannot be chosen away."""
    if owed:
        return "owed"
    if pace == "never" or wishes.paused or (wishes.only_mine and not took_part):
        return "page"
    return "page" if pace == "weekly" and wishes.no_weekly else pace


def due_at(by: str, now: datetime, weekly: tuple[str, str]) -> datetime | None:
    """When news that goes this way may leave; `weekly` is the day and the London minute of the weekly letter."""
    if by == "page":
        return None
    return {"owed": now, "at_once": now + PAUSE}.get(by) or next_weekly(now, *weekly)


def next_weekly(now: datetime, day: str, minute: str) -> datetime:
    """The first moment after `now` at which the weekly letter goes out, by the clocks of London."""
    today = london_today(now)
    ahead = (WEEKDAYS.index(day) - today.weekday()) % 7
    first = london_minute(today + timedelta(days=ahead), minute)
    return first if first > now else london_minute(today + timedelta(days=ahead + 7), minute)


def next_morning(now: datetime) -> datetime:
    """When tomorrow's letters may begin: what was too much for today waits until then."""
    return london_minute(london_today(now) + timedelta(days=1), MORNING)


def is_spent(letters: Sequence[datetime], now: datetime, most: int) -> bool:
    """Whether the letters already sent are as many as one person gets in a day of London."""
    return sum(london_today(each) == london_today(now) for each in letters) >= most


@dataclass(frozen=True, slots=True)
class Group:
    """What a letter tells of one thing; `more` pieces are only on the page."""

    about: str
    items: tuple[Any, ...]
    more: int = 0


def grouped(items: Iterable[tuple[str, Any]]) -> tuple[list[Group], int]:
    """News as a letter tells it: each thing once, in the order of its first news; and how many things were left out."""
    by_thing: dict[str, list[Any]] = {}
    for about, item in items:
        by_thing.setdefault(about, []).append(item)
    groups = [Group(about, tuple(found[:A_THING]), len(found[A_THING:])) for about, found in by_thing.items()]
    return groups[:THINGS], len(groups[THINGS:])
