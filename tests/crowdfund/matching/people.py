"""Gifts of people who are as different as people are, and of some who are not."""

from datetime import timedelta
from itertools import count

from civic.core.money import GBP
from civic.crowdfund.matching.rules.gifts import Gift
from civic.crowdfund.matching.rules.signals import Signal, signals
from civic.crowdfund.matching.rules.terms import Ratio
from civic.crowdfund.matching.rules.traces import Organisers, Trace
from tests.conftest import NOW
from tests.crowdfund.matching.test_formulas import scheme

TARGETS = {number: GBP(1_000) for number in range(1, 8)}
POUND_FOR_POUND = scheme(Ratio(100))
ORGANISERS = {
    campaign: Organisers(
        campaign * 10, frozenset({f"organiser {campaign}"}), frozenset({f"boss{campaign}@example.org"})
    )
    for campaign in TARGETS
}


class Street:
    """Gifts of people who are as different as people are, unless a test says otherwise."""

    def __init__(self) -> None:
        self.traces: list[Trace] = []
        self.numbers = count(1)

    def gives(self, pounds=10, *, campaign=1, person="", email="", card=None, at=None, joined=None, excluded=False):
        """`at` and `joined` are hours from now; nobody joined lately unless it says so."""
        number = next(self.numbers)
        since = NOW + timedelta(hours=number if at is None else at)
        gift = Gift(number, campaign, person or f"person {number}", GBP(pounds), since, is_excluded=excluded)
        self.traces.append(
            Trace(
                gift,
                email or f"person{number}@example.com",
                f"card {number}" if card is None else card,
                None if joined is None else NOW + timedelta(hours=joined),
            )
        )
        return number

    def found(self, made=POUND_FOR_POUND, kind=None) -> list[Signal]:
        found = signals(made, self.traces, TARGETS, ORGANISERS)
        return [each for each in found if kind is None or each.kind == kind]
