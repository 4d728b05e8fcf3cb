"""What a report weighs, in hundredths of one ordinary report.

A reporter whose reports are mostly upheld weighs up to twice as much as a stranger, one whose reports are mostly dismissed close to
nothing. The share of upheld reports is smoothed by two imagined reports upheld and two dismissed (Laplace's rule of succession with
a heavier prior), so that one lucky report makes nobody an expert. Young accounts weigh a quarter in their first week and a half in
their first month. Reporters none of whose reports was ever upheld can together never fold a text: it takes one person with a record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

ORDINARY = 100
IMAGINED = 2
FIRST_WEEK, FIRST_MONTH = timedelta(days=7), timedelta(days=30)
UNPROVEN_MOST = 250
"""What reports by people without a record count for together, however many they are: less than any text is folded at."""
LEAST_FOLD = 300
"""The least weight at which a text may be folded; a moderator sees a text from its first report."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One standing report as the sum sees it."""

    number: int
    weight: int
    is_proven: bool  # whether a moderator ever upheld a report of the same person


def weight_of(*, upheld: int, decided: int, created_at: datetime, now: datetime) -> int:
    """What a report of this person weighs now, in hundredths, from 12 to 200 for decided reports of any number."""
    share = (upheld + IMAGINED) / (decided + 2 * IMAGINED)
    age = now - created_at
    youth = 0.25 if age < FIRST_WEEK else 0.5 if age < FIRST_MONTH else 1.0
    return max(1, round(2 * ORDINARY * share * youth))


def counted(reports: Iterable[Weighed], cohorts: Iterable[frozenset[int]] = ()) -> dict[int, int]:
    """What each report counts, by its number: a cohort counts together as its weightiest report, and people without a record
    together at most UNPROVEN_MOST.
    """
    standing = sorted(reports, key=lambda each: (-each.weight, each.number))
    counts = {each.number: each.weight for each in standing}
    for cohort in cohorts:
        spoken = False
        for each in standing:
            if each.number in cohort:
                counts[each.number] = 0 if spoken else counts[each.number]
                spoken = True
    left = UNPROVEN_MOST
    for each in standing:
        if not each.is_proven:
            counts[each.number] = min(counts[each.number], left)
            left -= counts[each.number]
    return counts


def folds(weight: int, *, threshold: int, seen: bool) -> bool:
    """Whether a text is folded at this weight; never once a moderator has seen these very words and kept them."""
    return not seen and weight >= max(threshold, LEAST_FOLD)
