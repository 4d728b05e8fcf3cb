"""Delegated authority: who may decide about how much."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from civic.core.money import Money

FIRST_GRADES: tuple[tuple[str, str, str, int | None], ...] = (
    ("manager", "Manager", "DAR", 1_000_000),
    ("assistant_director", "Assistant Director", "ADD", 5_000_000),
    ("director", "Executive Director", "DD", 15_000_000),
    ("mayor", "Mayor of London", "MD", None),
)
"""(code, title, form of decision, limit in pence) as "Mayoral Decision-Making in the GLA" had it on 24 April 2017 (MD2085).

Later versions exist whose figures we have not seen, so they are a beginning that an administrator may change.
"""


class Limited(Protocol):
    """Anything with a limit."""

    @property
    def limit(self) -> Money | None:
        """The most that may be decided about; None for no limit."""
        ...


def reaches(grade: Limited, total: Money) -> bool:
    """Whether a grade may decide about an award of this much in all: up to and including its limit."""
    return grade.limit is None or total <= grade.limit


G = TypeVar("G", bound=Limited)


def lowest_for(grades: Iterable[G], total: Money) -> G | None:
    """The lowest grade that may decide about this much; None where none may."""
    enough = [grade for grade in grades if reaches(grade, total)]
    return min(enough, key=lambda grade: (grade.limit is None, grade.limit or Money(0)), default=None)
