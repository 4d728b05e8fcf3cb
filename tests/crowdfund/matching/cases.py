"""Schemes and gifts made at random: few campaigns, few people and little money, so that every limit is met again and again."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from civic.core.money import Money
from civic.crowdfund.matching.rules.gifts import Gift, follow
from civic.crowdfund.matching.rules.terms import Fixed, Funder, LumpSum, PerBacker, Ratio, Scheme
from tests.conftest import NOW

EXAMPLES = int(os.environ.get("MATCH_EXAMPLES", "50"))
"""So many examples of each law; the same each time. MATCH_EXAMPLES=2000 looks deeper than there is time for with every change."""
MANY = settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
CAMPAIGNS = (1, 2, 3)
PEOPLE = ("ada", "ben", "cem", "dee")
TARGETS = {campaign: Money(1_000 * campaign + 7) for campaign in CAMPAIGNS}

few = st.integers(1, 600).map(Money)
perhaps = st.none() | few
backers = st.integers(1, 4)
ratios = st.builds(
    Ratio,
    pence_per_pound=st.sampled_from((1, 10, 33, 50, 100, 100, 250)),
    per_gift=perhaps,
    per_person=perhaps,
    per_person_in_scheme=perhaps,
    per_campaign=perhaps,
)
sums = st.builds(Fixed, each=few, backers=backers)
lump_sums = st.builds(
    LumpSum, each=few, percent=st.none() | st.integers(1, 100), amount=perhaps, backers=st.none() | backers
).filter(lambda formula: (formula.percent, formula.amount, formula.backers) != (None, None, None))
per_backers = st.builds(
    PerBacker,
    each=few,
    least=st.integers(100, 500).map(Money),
    per_campaign=perhaps,
    per_person_in_scheme=perhaps,
)
formulas = st.one_of(ratios, ratios, per_backers, sums, lump_sums)
contributions = st.lists(st.integers(0, 900), min_size=1, max_size=4).filter(any)


def schemes_of(formulas: st.SearchStrategy) -> st.SearchStrategy[Scheme]:
    """Schemes of these formulas, with one to four funders."""
    return st.builds(
        lambda formula, pence: Scheme(formula, tuple(Funder(at * 10, Money(each)) for at, each in enumerate(pence, 1))),
        formulas,
        contributions,
    )


schemes = schemes_of(formulas)
minutes = st.integers(0, 12)
amounts = st.integers(1, 700).map(Money)
raises = st.lists(st.tuples(minutes, amounts), max_size=2)


def gifts_of(made: Sequence[tuple[int, str, Money, int, list[tuple[int, Money]], bool]]) -> list[Gift]:
    """Gifts with their raises, numbered as they come; many at the same minute."""
    gifts: list[Gift] = []
    for number, (campaign, person, amount, minute, more, excluded) in enumerate(made, 1):
        since, parts = at(minute), ()
        parts = follow((), Gift(number, campaign, person, amount, since, is_excluded=excluded))
        for later, by in more:
            amount, since = amount + by, since + timedelta(minutes=later)
            parts = follow(parts, Gift(number, campaign, person, amount, since))
        gifts.extend(parts)
    return gifts


def at(minute: int) -> datetime:
    return NOW + timedelta(minutes=minute)


gift_lists = st.lists(
    st.tuples(
        st.sampled_from(CAMPAIGNS),
        st.sampled_from(PEOPLE),
        amounts,
        minutes,
        raises,
        st.sampled_from((False, False, False, False, True)),
    ),
    max_size=14,
).map(gifts_of)
