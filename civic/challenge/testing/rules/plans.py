"""Plans: milestones and budget lines, each exactly the grant; and how spending stands against a budget."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from civic.core.money import Money

MORE = 10
"""So many hundredths more than its line may be spent without a change."""
PROGRESS_AFTER = timedelta(days=14)
"""So long after a milestone its report on spending is due."""
FINAL_AFTER = timedelta(days=30)
"""So long after the last milestone the final report is due."""


@dataclass(frozen=True)
class Step:
    """A milestone as it is planned: what is shown, by when, and what is paid for it."""

    title: str
    evidence: str
    due_on: date
    amount: Money


@dataclass(frozen=True)
class Line:
    """A budget line as it is planned."""

    category: str
    title: str
    amount: Money


def adds_up(parts: Iterable[Step | Line], grant: Money) -> bool:
    """Whether each part is something, and all of them are exactly the grant, to the penny."""
    amounts = [part.amount for part in parts]
    return bool(amounts) and all(amount > Money(0) for amount in amounts) and sum(amounts, Money(0)) == grant


def in_order(steps: Sequence[Step]) -> bool:
    """Whether no milestone is due before the one above it."""
    return all(before.due_on <= after.due_on for before, after in pairwise(steps))


def report_days(steps: Sequence[Step]) -> list[tuple[date, str]]:
    """When spending is reported: two weeks after each milestone but the last, and a final time thirty days after that."""
    days = [(step.due_on + PROGRESS_AFTER, "progress") for step in steps[:-1]]
    final = max(step.due_on for step in steps) + FINAL_AFTER
    return [*((min(day, final), kind) for day, kind in days), (final, "final")]


def variance(budget: Money, spent: Money) -> Money:
    """How much more than planned was spent; less than nothing: so much less."""
    return spent - budget


def needs_change(budget: Money, spent: Money) -> bool:
    """Whether more than a tenth over the line was spent, so that both sides must agree to a change."""
    return spent.minor * 100 > budget.minor * (100 + MORE)


def unspent(paid: Money, spent: Money, asked_back: Money) -> Money:
    """What must go back: what was paid and neither spent nor asked back already; never less than nothing."""
    return max(paid - spent - asked_back, Money(0))
