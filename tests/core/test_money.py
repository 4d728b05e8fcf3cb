"""Money: no penny lost, no float let in, no currency mixed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.core.money import GBP, Money

amounts = st.integers(-(10**12), 10**12).map(Money)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any)


@given(amounts, weights)
def test_the_shares_of_a_split_sum_to_the_whole(amount, parts):
    shares = amount.split(parts)
    assert sum(shares, Money(0)) == amount
    assert len(shares) == len(parts)


@given(amounts, weights)
def test_each_share_is_within_a_penny_of_its_exact_part(amount, parts):
    for share, weight in zip(amount.split(parts), parts, strict=True):
        assert abs(share.minor - Decimal(amount.minor) * weight / sum(parts)) < 1


@given(amounts, amounts)
def test_what_was_added_can_be_taken_away(a, b):
    assert a + b - b == a


def test_half_a_penny_is_rounded_away_from_zero():
    assert Money(50).percent(1) == Money(1)
    assert Money(-50).percent(1) == Money(-1)
    assert GBP(200).percent(75) == GBP(150)


@pytest.mark.parametrize("wrong", ["0.001", "NaN", "1e-3", "Infinity"])
def test_a_part_of_a_penny_is_refused(wrong):
    with pytest.raises((ValueError, ArithmeticError)):
        GBP(wrong)


@pytest.mark.parametrize("wrong", [1.0, True, "5", Decimal(5), None])
def test_only_whole_numbers_of_pence_are_money(wrong):
    with pytest.raises(TypeError):
        Money(wrong)


def test_currencies_do_not_mix():
    with pytest.raises(ValueError):
        GBP(1) + Money(100, "EUR")
    with pytest.raises(TypeError):
        GBP(1) + 100


@pytest.mark.parametrize("parts", [[], [0], [0, 0], [-1, 2]])
def test_a_split_needs_weights(parts):
    with pytest.raises(ValueError):
        GBP(1).split(parts)
