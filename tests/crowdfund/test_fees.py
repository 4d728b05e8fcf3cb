"""What a pledge costs on its way, as it is told before the button."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.core.money import GBP, Money
from civic.crowdfund.rules.fees import arrives, card_cost, platform_fee

UK = {"percent": "1.5", "pence": 20}


@pytest.mark.parametrize(("amount", "cost"), [(10, "0.35"), (25, "0.58"), (100, "1.70"), (1, "0.22"), (0, "0")])
def test_a_card_costs_a_share_and_twenty_pence(amount, cost):
    assert card_cost(GBP(amount), **UK) == GBP(cost)


def test_the_platforms_share_is_rounded_to_the_penny():
    assert [platform_fee(GBP("10.10"), bps) for bps in (0, 500, 250)] == [Money(0), Money(51), Money(25)]


@given(st.integers(0, 10**8), st.integers(0, 1000))
def test_what_arrives_is_never_less_than_nothing_nor_more_than_the_pledge(minor, bps):
    amount = Money(minor)
    assert Money(0) <= arrives(amount, **UK, bps=bps) <= amount
