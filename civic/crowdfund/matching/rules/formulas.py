"""The formulas at work, one gift after the other, in whole pence: the only place where it is worked out what is given.

Limits are looked at in one order: what the formula comes to, the limit of a gift, what is left for the person in this campaign, for the
person in the whole scheme, for the campaign, and in the pot. Where less is left, less is given, and it is said which limit it was.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from civic.core.money import Money
from civic.crowdfund.matching.rules.gifts import Place
from civic.crowdfund.matching.rules.terms import NO_LIMIT, Fixed, Formula, LumpSum, PerBacker, Ratio, Scheme, numbers

CAPS = ("gift", "person", "person_in_scheme", "campaign", "pot")
"""What can be the reason for less than the formula comes to, in the order in which they are looked at."""
REASONS = ("", *CAPS, "excluded", "too_small", "taken_back")
"""Everything that is said of an amount: nothing was cut, one of the limits, not matched at all, or no longer."""

Taken = tuple[int, int, str]
"""What the formula comes to and what is given, in pence, and the reason for the difference."""


@dataclass(slots=True)
class Tally:
    """What a campaign has come to so far. What no formula and no limit asks for is not kept."""

    matched_minor: int = 0
    matched_by: dict[Hashable, int] = field(default_factory=dict)  # pence, by person, where there is a limit for them
    given_minor: int = 0  # where the formula looks at the campaign
    given_by: dict[Hashable, int] = field(
        default_factory=dict
    )  # pence, by person, where it looks at campaigns or people
    backers: int = 0
    has_sum: bool = False


@dataclass
class State:
    """What a scheme has come to so far: all that must be known to match the next gift without looking at those before it.

    For one gift it is enough to fill in its own campaign, and in it its own person.
    """

    scheme: Scheme
    targets: Mapping[int, Money]  # of the campaigns that are open
    charged: dict[int, int] = field(default_factory=dict)  # pence, by funder
    campaigns: dict[int, Tally] = field(default_factory=dict)
    matched_by: dict[Hashable, int] = field(
        default_factory=dict
    )  # pence in all campaigns, where there is a limit for it
    last: Place | None = None  # of the gift that was matched last

    def __post_init__(self) -> None:
        self.charged = {funder.id: 0 for funder in self.scheme.funders} | self.charged
        self.campaigns = defaultdict(Tally, self.campaigns)
        self.left_minor = self.scheme.pot.minor - sum(self.charged.values())
        self.numbers = numbers(self.scheme.formula)
        self._formula = _FORMULAS[type(self.scheme.formula)]
        self._by_person = self.numbers.per_person < NO_LIMIT
        self._by_person_in_scheme = self.numbers.per_person_in_scheme < NO_LIMIT

    @property
    def left(self) -> Money:
        """What is left in the pot."""
        return Money(self.left_minor)

    def take(self, campaign: int, person: Hashable, amount_minor: int, before_minor: int = 0) -> Taken | None:
        """Match the next part of a gift and count it, all but who pays; None where the formula looks at whole campaigns and
        this one earns nothing now."""
        return self._formula(self, campaign, person, amount_minor, before_minor)

    def give(self, campaign: int, person: Hashable, amount: int, cap: str) -> tuple[int, str]:
        """Give as much of so many pence as the limits leave, in their order; what it is, and the limit that decided."""
        here, most = self.campaigns[campaign], self.numbers
        if self._by_person:
            mine = here.matched_by.get(person, 0)
            if most.per_person - mine < amount:
                amount, cap = most.per_person - mine, "person"
        if self._by_person_in_scheme:
            mine_in_all = self.matched_by.get(person, 0)
            if most.per_person_in_scheme - mine_in_all < amount:
                amount, cap = most.per_person_in_scheme - mine_in_all, "person_in_scheme"
        if most.per_campaign - here.matched_minor < amount:
            amount, cap = most.per_campaign - here.matched_minor, "campaign"
        if self.left_minor < amount:
            amount, cap = self.left_minor, "pot"
        if amount:
            here.matched_minor += amount
            self.left_minor -= amount
            if self._by_person:
                here.matched_by[person] = mine + amount
            if self._by_person_in_scheme:
                self.matched_by[person] = mine_in_all + amount
        return amount, cap

    def count(self, campaign: int, person: Hashable, amount: int) -> None:
        """Count so many pence that were given before."""
        here = self.campaigns[campaign]
        here.matched_minor += amount
        here.matched_by[person] = here.matched_by.get(person, 0) + amount
        self.matched_by[person] = self.matched_by.get(person, 0) + amount
        self.left_minor -= amount


def _ratio(state: State, campaign: int, person: Hashable, amount: int, before: int) -> Taken:
    """So many pence a pound; a gift that was raised is matched, over all its parts, as if it had been given at once."""
    rate, most = state.numbers.pence_per_pound, state.numbers.per_gift
    with_it, without = (before + amount) * rate // 100, before * rate // 100
    full = with_it - without
    if not full:
        return 0, 0, "too_small"
    if with_it <= most:
        return full, *state.give(campaign, person, full, "")
    return full, *state.give(campaign, person, max(most - without, 0), "gift")


def _per_backer(state: State, campaign: int, person: Hashable, amount: int, before: int) -> Taken:
    """Once for each person, with the gift that brings them to enough."""
    given_by = state.campaigns[campaign].given_by
    had, each, least = given_by.get(person, 0), state.numbers.each, state.numbers.least
    given_by[person] = had + amount
    if had + amount < least:
        return 0, 0, "too_small"
    if had >= least:
        return 0, 0, "person"
    return each, *state.give(campaign, person, each, "")


def _sum(state: State, campaign: int, person: Hashable, amount: int, before: int) -> Taken | None:
    """Once for each campaign, with the gift that brings it to what is asked."""
    formula, here = state.scheme.formula, state.campaigns[campaign]
    assert isinstance(formula, (Fixed, LumpSum))
    had = here.given_by.get(person, 0)
    here.given_by[person] = had + amount
    here.backers += not had
    here.given_minor += amount
    target = state.targets[campaign].minor
    if here.has_sum or not formula.is_met(given_minor=here.given_minor, target_minor=target, backers=here.backers):
        return None
    here.has_sum = True
    each = formula.each.minor
    return each, *state.give(campaign, person, each, "")


_FORMULAS: dict[type[Formula], Callable[[State, int, Hashable, int, int], Taken | None]] = {
    Fixed: _sum,
    LumpSum: _sum,
    Ratio: _ratio,
    PerBacker: _per_backer,
}
