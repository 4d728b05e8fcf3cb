"""Who pays: never more than was put in, never a penny lost, over all in proportion; and why the two simpler ways would not do."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.core.money import GBP, Money
from civic.crowdfund.matching.rules.splitting import given_back, split
from civic.crowdfund.matching.rules.terms import Funder
from tests.crowdfund.matching.cases import MANY
from tests.crowdfund.matching.oracle import shared

contributions = st.lists(st.integers(0, 400), min_size=1, max_size=6).filter(any)
# Many sums of a single penny: the hardest to share.
sizes = st.lists(st.sampled_from((1, 1, 1, 2, 3, 7, 50, 333)), max_size=60)


def funders(pence) -> list[Funder]:
    return [Funder(number, Money(each)) for number, each in enumerate(pence, 1)]


def sums_within(pot: int, wanted):
    for each in wanted:
        each = min(each, pot)
        pot -= each
        yield each


@MANY
@given(contributions, sizes)
def test_it_is_what_exact_fractions_say(pence, wanted):
    those, paid = funders(pence), dict.fromkeys(range(1, len(pence) + 1), 0)
    for amount in sums_within(sum(pence), wanted):
        expected = shared(amount, {each.id: each.contribution.minor for each in those}, paid)
        shares = split(amount, those, paid)
        assert {funder: share.minor for funder, share in shares.items()} == expected
        for funder, share in shares.items():
            paid[funder] += share.minor


@MANY
@given(contributions, sizes)
def test_each_pays_its_share_over_all_to_the_penny(pence, wanted):
    those, paid, pot = funders(pence), dict.fromkeys(range(1, len(pence) + 1), 0), sum(pence)
    for amount in [*sums_within(pot, wanted), None]:
        amount = pot - sum(paid.values()) if amount is None else amount  # at last, all that is left
        shares = split(amount, those, paid)
        assert sum(share.minor for share in shares.values()) == amount
        assert all(share > Money(0) for share in shares.values())
        for funder, share in shares.items():
            paid[funder] += share.minor
        for funder in those:
            due = Fraction(sum(paid.values()) * funder.contribution.minor, pot)
            assert paid[funder.id] <= funder.contribution.minor
            assert -max(len(those) - 1, 1) < paid[funder.id] - due < 1
    assert paid == {funder.id: funder.contribution.minor for funder in those}


@MANY
@given(contributions, st.data())
def test_whatever_was_paid_before_nobody_pays_more_than_was_put_in(pence, data):
    """After money of closed campaigns went back, or a funder joined late, what was paid is in no proportion."""
    those = funders(pence)
    paid = {each.id: data.draw(st.integers(0, each.contribution.minor)) for each in those}
    for _ in range(5):
        if not (left := sum(pence) - sum(paid.values())):
            return
        amount = data.draw(st.integers(1, left))
        expected = shared(amount, {each.id: each.contribution.minor for each in those}, paid)
        shares = split(amount, those, paid)
        assert {funder: share.minor for funder, share in shares.items()} == expected
        for funder, share in shares.items():
            paid[funder] += share.minor
        assert all(paid[each.id] <= each.contribution.minor for each in those)


def test_who_joined_later_catches_up():
    those = [Funder(1, GBP(100)), Funder(2, GBP(100))]
    assert split(2_000, those, {1: 3_000, 2: 0}) == {2: GBP(20)}
    assert split(5_000, those, {1: 3_000, 2: 0}) == {1: GBP(10), 2: GBP(40)}


def test_who_has_nothing_left_is_passed_over():
    those = [Funder(1, GBP(10)), Funder(2, GBP(20)), Funder(3, GBP(30))]
    assert split(1_500, those, {1: 1_000, 2: 0, 3: 0}) == {2: GBP(6), 3: GBP(9)}
    assert split(5_000, those, {1: 1_000, 2: 0, 3: 0}) == {2: GBP(20), 3: GBP(30)}


def test_of_two_who_are_equally_far_behind_the_first_pays_the_penny():
    those = funders([100, 100])
    assert split(1, those, {1: 0, 2: 0}) == {1: Money(1)}
    assert split(1, those, {1: 1, 2: 0}) == {2: Money(1)}
    assert split(0, those, {1: 1, 2: 0}) == {}


def test_more_than_there_is_cannot_be_shared():
    with pytest.raises(AssertionError):
        split(201, funders([100, 100]), {1: 0, 2: 0})


def test_each_sum_by_itself_would_make_the_largest_funder_pay_all_the_pennies():
    """Why not the first of the simpler ways: £9 and £1, and eighty sums of a penny."""
    paid = [0, 0]
    for _ in range(80):
        paid = [old + new.minor for old, new in zip(paid, Money(1).split([900 - paid[0], 100 - paid[1]]), strict=True)]
    assert paid == [80, 0]
    ours = {1: 0, 2: 0}
    for _ in range(80):
        for funder, share in split(1, funders([900, 100]), ours).items():
            ours[funder] += share.minor
    assert ours == {1: 72, 2: 8}


def test_the_running_total_by_largest_remainder_would_charge_somebody_less_than_nothing():
    """Why not the second: of three pennies the first funder pays one, of four none (the Alabama paradox)."""
    three, four = ([share.minor for share in Money(pence).split([1, 3, 3])] for pence in (3, 4))
    assert (three, four) == ([1, 1, 1], [0, 2, 2])


@MANY
@given(st.lists(st.integers(1, 500), min_size=1, max_size=6), st.data())
def test_what_goes_back_goes_to_each_in_proportion(pence, data):
    shares = {number: Money(each) for number, each in enumerate(pence, 1)}
    amount = Money(data.draw(st.integers(0, sum(pence))))
    left = given_back(shares, amount)
    assert sum((share for share in left.values()), Money(0)) == amount
    for funder, share in shares.items():
        still = left.get(funder, Money(0))
        assert still <= share
        assert abs(still.minor - Fraction(amount.minor * share.minor, sum(pence))) < 1
