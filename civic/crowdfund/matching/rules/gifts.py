"""A gift as a scheme sees it: in parts, each with the moment from which it counts, so that nobody loses a place to another's raise.

Somebody who promised £1 first and £1,000 last would otherwise take, with the thousand, the place of everybody in between.
So what a gift is raised by is a part of its own that comes last; what it is lowered by is taken from its last part first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from civic.core.money import Money

NOTHING = Money(0)
Place = tuple[datetime, int, int]
"""Where a part of a gift stands in the order: when it began to count, then the gift's number, then the part's."""


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift that stands, or the part by which it was raised later."""

    id: int
    campaign: int
    person: str  # the same for all gifts of one person, and for nobody else's
    amount: Money
    since: datetime  # when this part began to stand
    part: int = 0
    before: Money = NOTHING  # what the earlier parts of the same gift come to
    is_excluded: bool = False  # a person has decided, with a reason, that it is not matched

    @property
    def place(self) -> Place:
        """Where it stands in the order."""
        return self.since, self.id, self.part


def follow(parts: Sequence[Gift], gift: Gift) -> tuple[Gift, ...]:
    """The parts of a gift once it stands as `gift` says: with this whole amount since this moment; no amount, no parts.

    What was there keeps its place and its person. A raise of a gift that is not matched is not matched either.
    """
    more = gift.amount - sum((part.amount for part in parts), NOTHING)
    if more > NOTHING:
        before = gift.amount - more
        excluded = gift.is_excluded or any(part.is_excluded for part in parts)
        person = parts[0].person if parts else gift.person
        new = replace(gift, person=person, amount=more, part=len(parts), before=before, is_excluded=excluded)
        return (*parts, new)
    return lowered(parts, gift.amount)


def lowered(parts: Sequence[Gift], amount: Money) -> tuple[Gift, ...]:
    """The parts that are left when only so much of a gift still stands: the last part goes first."""
    left = [replace(part, amount=min(part.amount, amount - part.before)) for part in parts if part.before < amount]
    return tuple(left)


def next_moment(now: datetime, last: datetime | None) -> datetime:
    """The moment from which a new part counts: now, or just after the last one where a clock or a wait has it come earlier.

    Taken while the scheme is held, it makes every new part the last one, so that it never changes what others were promised.
    """
    return now if last is None else max(now, last + timedelta(microseconds=1))
