"""The formulas at work, one gift after the other, in whole pence: the only place where it is worked out what is given.

Limits are looked at in one order: what the formula comes to, the limit of a gift, what is left for the person in this campaign, for the
person in the whole scheme, for the campaign, and in the pot. Where less is left, less is given, and it is said which limit it was.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from civic.core.money import Money
from civic.crowdfund.matching.rules.gifts import Place
from civic.crowdfund.matching.rules.terms import Fixed, Formula, LumpSum, PerBacker, Ratio, Scheme, numbers

CAPS = ("gift", "person", "person_in_scheme", "campaign", "pot")
"""What can be the reason for less than the formula comes to, in the order in which they are looked at."""
REASONS = ("", *CAPS, "excluded", "too_small", "taken_back")
"""Everything that is said of an amount: nothing was cut, one of the limits, not matched at all, or no longer."""

Taken = tuple[int, int, str]
"""What the formula comes to and what is given, in pence, and the reason for the difference."""


@dataclass(slots=True)
class Tally:
    """What a campaign, or one person in it, has come to so far: pence, and heads."""

    given_minor: int = 0  # kept where the formula looks at it: for sums, and of people who are paid for
    matched_minor: int = 0
    backers: int = 0
    has_sum: bool = False


@dataclass
class State:
    """What a scheme has come to so far: all that must be known to match the next gift without looking at those before it.

    For one gift it is enough to fill in its own campaign, its person, and its person in the campaign.
    """

    scheme: Scheme
    targets: Mapping[int, Money]  # of the campaigns that are open
    charged: dict[int, int] = field(default_factory=dict)  # pence, by funder
    campaigns: dict[int, Tally] = field(default_factory=dict)
    people: dict[tuple[int, Hashable], Tally] = field(default_factory=dict)  # by campaign and person
    persons: dict[Hashable, int] = field(default_factory=dict)  # pence matched over all campaigns, by person
    last: Place | None = None  # of the gift that was matched last

    def __post_init__(self) -> None:
        self.charged = {funder.id: 0 for funder in self.scheme.funders} | self.charged
        self.campaigns = defaultdict(Tally, self.campaigns)
        self.people = defaultdict(Tally, self.people)
        self.persons = defaultdict(int, self.persons)
        self.left_minor = self.scheme.pot.minor - sum(self.charged.values())
        self.numbers = numbers(self.scheme.formula)
        self._formula = _FORMULAS[type(self.scheme.formula)]

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
        most, here, mine = self.numbers, self.campaigns[campaign], self.people[campaign, person]
        if most.per_person - mine.matched_minor < amount:
            amount, cap = max(most.per_person - mine.matched_minor, 0), "person"
        if most.per_person_in_scheme - self.persons[person] < amount:
            amount, cap = max(most.per_person_in_scheme - self.persons[person], 0), "person_in_scheme"
        if most.per_campaign - here.matched_minor < amount:
            amount, cap = max(most.per_campaign - here.matched_minor, 0), "campaign"
        if self.left_minor < amount:
            amount, cap = self.left_minor, "pot"
        here.matched_minor += amount
        mine.matched_minor += amount
        self.persons[person] += amount
        self.left_minor -= amount
        return amount, cap


def _ratio(state: State, campaign: int, person: Hashable, amount: int, before: int) -> Taken:
    """So many pence a pound; a gift that was raised is matched, over all its parts, as if it had been given at once."""
    rate, most = state.numbers.pence_per_pound, state.numbers.per_gift
    with_it, without = (before + amount) * rate // 100, before * rate // 100
    full = with_it - without
    if not full:
        return 0, 0, "too_small"
    allowed = min(with_it, most) - min(without, most)
    return full, *state.give(campaign, person, allowed, "gift" if allowed < full else "")


def _per_backer(state: State, campaign: int, person: Hashable, amount: int, before: int) -> Taken:
    """Once for each person, with the gift that brings them to enough."""
    each, least, mine = state.numbers.each, state.numbers.least, state.people[campaign, person]
    had, mine.given_minor = mine.given_minor, mine.given_minor + amount
    if mine.given_minor < least:
        return 0, 0, "too_small"
    if had >= least:
        return 0, 0, "person"
    return each, *state.give(campaign, person, each, "")


def _sum(state: State, campaign: int, person: Hashable, amount: int, before: int) -> Taken | None:
    """Once for each campaign, with the gift that brings it to what is asked."""
    formula, here, mine = state.scheme.formula, state.campaigns[campaign], state.people[campaign, person]
    assert isinstance(formula, (Fixed, LumpSum))
    here.backers += not mine.given_minor
    here.given_minor += amount
    mine.given_minor += amount
    target = state.targets[campaign].minor
    if here.has_sum or not formula.is_met(given_minor=here.given_minor, target_minor=target, backers=here.backers):
        return None
    each = formula.each.minor
    given = min(each, state.left_minor)
    here.has_sum = True
    here.matched_minor += given
    state.left_minor -= given
    return each, given, "pot" if given < each else ""


_FORMULAS: dict[type[Formula], Callable[[State, int, Hashable, int, int], Taken | None]] = {
    Fixed: _sum,
    LumpSum: _sum,
    Ratio: _ratio,
    PerBacker: _per_backer,
}
