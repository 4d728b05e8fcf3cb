"""What a campaign asks for: its costs, what is there already, what the crowd must give, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_UP, Decimal

from civic.core.money import GBP, Money

# From here on one supplier's word is not enough: the Mayor's fund asked for more than one quote for large items.
LARGE_COST = GBP(1000)
# What a backer is taken to give when the cost of card payments is estimated; a smaller pledge costs more in proportion.
TYPICAL_PLEDGE = GBP(30)


@dataclass(frozen=True)
class Budget:
    """The sums of a campaign's costs and of what is there already."""

    capital: Money
    revenue: Money
    funds: Money
    in_kind: Money

    @property
    def target(self) -> Money:
        """What everything costs."""
        return self.capital + self.revenue

    @property
    def there(self) -> Money:
        """Money raised before and gifts in kind."""
        return self.funds + self.in_kind

    @property
    def needed(self) -> Money:
        """What the crowd must give; nothing where everything is there already."""
        return max(self.target - self.there, Money(0))


def budget(costs: Iterable[tuple[str, int]], fundings: Iterable[tuple[str, int]]) -> Budget:
    """The sums of costs (spending, pence) and of fundings (kind, pence)."""
    sums = {"capital": 0, "revenue": 0, "money": 0, "in_kind": 0}
    for kind, minor in (*costs, *fundings):
        sums[kind] += minor
    return Budget(Money(sums["capital"]), Money(sums["revenue"]), Money(sums["money"]), Money(sums["in_kind"]))


def card_costs(needed: Money, *, percent: Decimal, pence: int, bps: int = 0) -> Money:
    """An estimate of what card payments (and the platform) will cost, so that `needed` is left over; in whole pounds, rounded up.

    The costs are themselves collected by card, so a share r of everything collected costs needed · r / (1 − r).
    """
    share = percent / 100 + Decimal(pence) / TYPICAL_PLEDGE.minor + Decimal(bps) / 10_000
    if not needed or share <= 0 or share >= 1:
        return Money(0)
    pounds = (Decimal(needed.minor) * share / (1 - share) / 100).quantize(Decimal(1), ROUND_UP)
    return GBP(pounds)


def deadline_problem(closes_at: datetime | None, now: datetime, *, min_days: int, max_days: int) -> str:
    """What is wrong with a deadline: "none", "soon" or "late"; nothing when it leaves enough days and not too many."""
    if closes_at is None:
        return "none"
    if closes_at < now + timedelta(days=min_days):
        return "soon"
    return "late" if closes_at > now + timedelta(days=max_days + 1) else ""


def moved(order: list[int], which: int, steps: int) -> list[int]:
    """The same numbers with one of them so many places later (or earlier, where negative); it stops at the ends."""
    rest = [each for each in order if each != which]
    at = min(max(order.index(which) + steps, 0), len(rest))
    return [*rest[:at], which, *rest[at:]]
