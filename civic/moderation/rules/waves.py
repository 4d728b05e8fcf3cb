"""Waves: many reports against one author in a short time from people who seem to be one.

A group is a cohort where its accounts were made within a few days of each other, or where its members keep reporting the same
things. A cohort weighs less than its members would, never more, and moderators are told that there is one: they decide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

WITHIN = timedelta(hours=24)
"""Reports further apart than this are no wave."""
MADE_WITHIN = timedelta(days=3)
"""Accounts made within so many days of each other."""
LEAST = 5
"""So many people are a cohort by the age of their accounts."""
TOGETHER_LEAST = 3
"""So many people are a cohort by what they report, and so many earlier things in common tie two of them."""
TOGETHER_SHARE = 0.8
"""The share of the earlier things that either reported which two people must have in common."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One report against the author."""

    number: int
    reporter_id: int
    at: datetime
    made_at: datetime  # when the reporter's account was made


def cohorts(reports: Iterable[Reported], earlier: Mapping[int, frozenset[str]] | None = None) -> list[frozenset[int]]:
    """Numbers of reports that count as one voice; each report stands in at most one of the groups.

    `earlier` holds what each reporter has reported before, of other authors too.
    """
    every = sorted(reports, key=lambda each: (each.at, each.number))
    tied = _Groups(each.number for each in every)
    for group in (*_made_together(every), *_reporting_together(every, earlier or {})):
        tied.join(group)
    return tied.groups()


def _made_together(reports: list[Reported]) -> list[list[int]]:
    """Groups of reports within a day of each other by accounts made within three days of each other."""
    by_age = sorted(reports, key=lambda each: (each.made_at, each.number))
    found, first = [], 0
    for last, each in enumerate(by_age):
        while each.made_at - by_age[first].made_at > MADE_WITHIN:
            first += 1
        is_widest = last + 1 == len(by_age) or by_age[last + 1].made_at - by_age[first].made_at > MADE_WITHIN
        near = _busiest(by_age[first : last + 1]) if is_widest and last - first + 1 >= LEAST else []
        if len({each.reporter_id for each in near}) >= LEAST:
            found.append([each.number for each in near])
    return found


def _busiest(reports: list[Reported]) -> list[Reported]:
    """The reports of the day in which most were made."""
    by_time = sorted(reports, key=lambda each: (each.at, each.number))
    best: list[Reported] = []
    first = 0
    for last in range(len(by_time)):
        while by_time[last].at - by_time[first].at > WITHIN:
            first += 1
        if last - first >= len(best):
            best = by_time[first : last + 1]
    return best


def _reporting_together(reports: list[Reported], earlier: Mapping[int, frozenset[str]]) -> list[list[int]]:
    """Groups of reporters each tied to another by what they reported before."""
    people = sorted({each.reporter_id for each in reports if len(earlier.get(each.reporter_id, ())) >= TOGETHER_LEAST})
    tied = _Groups(people)
    for one, other in combinations(people[:MOST_COMPARED], 2):
        common = len(earlier[one] & earlier[other])
        if common >= TOGETHER_LEAST and common >= TOGETHER_SHARE * len(earlier[one] | earlier[other]):
            tied.join([one, other])
    return [
        [each.number for each in reports if each.reporter_id in group]
        for group in tied.groups()
        if len(group) >= TOGETHER_LEAST
    ]


MOST_COMPARED = 200
"""So many reporters are compared with each other, so that a wave of thousands costs no more than one of hundreds."""


class _Groups:
    """Things that are joined into groups, two by two (union–find)."""

    def __init__(self, things: Iterable[int]):
        self._above = {each: each for each in things}

    def _top(self, thing: int) -> int:
        while self._above[thing] != thing:
            self._above[thing] = thing = self._above[self._above[thing]]
        return thing

    def join(self, things: Iterable[int]) -> None:
        """Put all of these into one group."""
        tops = [self._top(each) for each in things]
        for each in tops:
            self._above[self._top(each)] = self._top(tops[0])

    def groups(self) -> list[frozenset[int]]:
        """The groups of more than one."""
        found: dict[int, set[int]] = {}
        for each in self._above:
            found.setdefault(self._top(each), set()).add(each)
        return [frozenset(group) for group in found.values() if len(group) > 1]
