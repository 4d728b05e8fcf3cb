"""The formulas: against a slow exact oracle, by the thousand, with pots so small that every limit is met."""

import random
from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic.core.money import GBP, Money
from civic.crowdfund.matching.rules.formulas import CAPS, REASONS, State, Tally
from civic.crowdfund.matching.rules.gifts import Gift, follow, lowered, next_moment, standing
from civic.crowdfund.matching.rules.terms import Fixed, Funder, LumpSum, PerBacker, Ratio, Scheme
from civic.crowdfund.matching.rules.working import append, working
from civic.crowdfund.rules.choices import PLEDGE_STATES
from tests.conftest import NOW
from tests.crowdfund.matching import oracle
from tests.crowdfund.matching.cases import (
    EXAMPLES,
    MANY,
    TARGETS,
    at,
    gift_lists,
    lump_sums,
    per_backers,
    ratios,
    schemes,
    schemes_of,
    sums,
)

NOTHING = Money(0)


def scheme(formula, *pounds) -> Scheme:
    return Scheme(formula, tuple(Funder(number, GBP(each)) for number, each in enumerate(pounds or (1_000,), 1)))


def gift(number, pounds, *, campaign=1, person="", minute=None, **more) -> Gift:
    since = at(number if minute is None else minute)
    return Gift(number, campaign, person or f"person {number}", GBP(pounds), since, **more)


def given_for(made: Scheme, *gifts: Gift, targets=TARGETS) -> list[tuple[Money, str]]:
    return [(entry.amount, entry.cap) for entry in working(made, gifts, targets).entries]


# The law of all formulas.


@MANY
@given(schemes, gift_lists)
def test_the_working_is_what_the_slow_oracle_says(made, gifts):
    assert oracle.plain(working(made, gifts, TARGETS).entries) == oracle.answer(made, gifts, TARGETS)


@MANY
@given(schemes, gift_lists)
def test_no_penny_is_lost_made_or_spent_twice(made, gifts):
    done = working(made, gifts, TARGETS)
    for entry in done.entries:
        assert sum((share for share in entry.shares.values()), NOTHING) == entry.amount
        assert NOTHING <= entry.amount <= entry.full
        assert (entry.cap == "") == (entry.amount == entry.full != NOTHING)
        assert all(share > NOTHING for share in entry.shares.values())
    spent = sum((entry.amount for entry in done.entries), NOTHING)
    assert spent + done.state.left == made.pot
    assert done.state.left >= NOTHING
    for funder in made.funders:
        paid = sum((entry.shares.get(funder.id, NOTHING) for entry in done.entries), NOTHING)
        assert paid.minor == done.state.charged[funder.id]
        assert paid <= funder.contribution


@MANY
@given(schemes, gift_lists)
def test_no_limit_is_passed(made, gifts):
    entries, formula = working(made, gifts, TARGETS).entries, made.formula
    groups = {
        "per_gift": lambda entry: entry.gift,
        "per_person": lambda entry: (entry.campaign, entry.person),
        "per_person_in_scheme": lambda entry: entry.person,
        "per_campaign": lambda entry: entry.campaign,
    }
    for name, group in groups.items():
        if (most := getattr(formula, name, None)) is not None:
            for one in {group(entry) for entry in entries}:
                assert sum((entry.amount for entry in entries if group(entry) == one), NOTHING) <= most


@MANY
@given(schemes, gift_lists)
def test_one_gift_after_the_other_is_the_same_as_all_at_once(made, gifts):
    state, one_by_one = State(made, TARGETS), []
    whole = working(made, gifts, TARGETS).entries
    for number, each in enumerate(sorted(gifts, key=lambda each: each.place), 1):
        if (entry := append(state, each)) is not None:
            one_by_one.append(entry)
        so_far = working(made, sorted(gifts, key=lambda each: each.place)[:number], TARGETS)
        assert so_far.entries == tuple(one_by_one) == whole[: len(one_by_one)]
        assert so_far.state == state


@MANY
@given(schemes, gift_lists)
def test_for_one_gift_only_its_own_campaign_and_person_must_be_known(made, gifts):
    """What a scheme keeps in its rows: sums of one campaign and one person, however many gifts there are."""
    whole, in_order = State(made, TARGETS), sorted(gifts, key=lambda each: each.place)
    for each in in_order:
        tally = whole.campaigns.get(each.campaign, Tally())
        given, matched = (of.get(each.person, 0) for of in (tally.given_by, tally.matched_by))
        here = replace(tally, given_by={each.person: given}, matched_by={each.person: matched})
        small = State(
            made,
            {each.campaign: TARGETS[each.campaign]},
            charged=dict(whole.charged),
            campaigns={each.campaign: here},
            matched_by={each.person: whole.matched_by.get(each.person, 0)},
            last=whole.last,
        )
        assert append(small, each) == append(whole, each)


@MANY
@given(schemes, gift_lists, st.randoms())
def test_it_does_not_matter_in_which_order_gifts_are_told(made, gifts, chance):
    shuffled = list(gifts)
    chance.shuffle(shuffled)
    assert working(made, shuffled, TARGETS).entries == working(made, gifts, TARGETS).entries


def test_of_two_gifts_of_one_moment_the_lower_number_comes_first():
    made = scheme(Ratio(100), 15)
    assert given_for(made, gift(8, 10, minute=3), gift(7, 10, minute=3)) == [(GBP(10), ""), (GBP(5), "pot")]
    first = working(made, [gift(8, 10, minute=3), gift(7, 10, minute=3)], TARGETS).entries[0]
    assert first.gift == 7


def test_every_reason_is_met_in_cases_made_at_random():
    """So that deep runs of the laws above are known to try each of them."""
    met = set()

    def look(made, gifts):
        met.update((type(made.formula), entry.cap) for entry in working(made, gifts, TARGETS).entries)

    for of_a_kind in (ratios, per_backers, sums, lump_sums):
        many = settings(max_examples=150, deadline=None, derandomize=True, database=None)
        many(given(schemes_of(of_a_kind), gift_lists)(look))()
    assert {cap for formula, cap in met if formula is Ratio} == set(REASONS) - {"taken_back"}
    # A person is counted once, so nothing is cut by gift; all else is.
    assert {cap for formula, cap in met if formula is PerBacker} == set(REASONS) - {"taken_back", "gift"}
    for formula in (Fixed, LumpSum):
        assert {cap for each, cap in met if each is formula} == {"", "pot"}


# The formulas, one by one.


def test_a_pound_for_a_pound():
    assert given_for(scheme(Ratio(100)), gift(1, 20), gift(2, "7.53")) == [(GBP(20), ""), (GBP("7.53"), "")]


def test_parts_of_a_penny_are_rounded_down_gift_by_gift():
    made = scheme(Ratio(50))
    assert given_for(made, gift(1, "0.99"), gift(2, "0.99")) == [(Money(49), ""), (Money(49), "")]
    assert given_for(made, gift(1, "0.01")) == [(NOTHING, "too_small")]


@pytest.mark.parametrize(
    ("formula", "pot", "expected"),
    [
        (Ratio(100, per_gift=GBP(5)), 1_000, (GBP(5), "gift")),
        (Ratio(100, per_gift=GBP(9), per_person=GBP(8)), 1_000, (GBP(8), "person")),
        (Ratio(100, per_person=GBP(8), per_person_in_scheme=GBP(7)), 1_000, (GBP(7), "person_in_scheme")),
        (Ratio(100, per_gift=GBP(8), per_campaign=GBP(6)), 1_000, (GBP(6), "campaign")),
        (Ratio(100, per_gift=GBP(8), per_campaign=GBP(6)), 4, (GBP(4), "pot")),
        # Two limits that leave the same: the first of the order is named.
        (Ratio(100, per_gift=GBP(5), per_person=GBP(5), per_campaign=GBP(5)), 5, (GBP(5), "gift")),
    ],
)
def test_the_limit_that_decides_is_named(formula, pot, expected):
    assert given_for(scheme(formula, pot), gift(1, 10)) == [expected]


def test_limits_of_a_person_hold_in_one_campaign_and_in_the_scheme():
    made = scheme(Ratio(100, per_person=GBP(15), per_person_in_scheme=GBP(20)))
    ada = [gift(number, 10, person="ada", campaign=campaign) for number, campaign in enumerate((1, 1, 2, 2), 1)]
    assert given_for(made, *ada) == [
        (GBP(10), ""),
        (GBP(5), "person"),
        (GBP(5), "person_in_scheme"),
        (NOTHING, "person_in_scheme"),
    ]


def test_the_last_of_the_pot_is_given_and_then_nothing():
    made = scheme(Ratio(100), 25)
    assert given_for(made, gift(1, 20), gift(2, 20), gift(3, 20)) == [
        (GBP(20), ""),
        (GBP(5), "pot"),
        (NOTHING, "pot"),
    ]


def test_a_gift_that_people_decided_against_is_not_matched_and_takes_nothing_from_others():
    made = scheme(Ratio(100, per_person=GBP(10)), 12)
    gifts = [gift(1, 10, person="ada", is_excluded=True), gift(2, 10, person="ada"), gift(3, 10)]
    assert given_for(made, *gifts) == [(NOTHING, "excluded"), (GBP(10), ""), (GBP(2), "pot")]


def test_a_campaign_gets_its_fixed_sum_once_with_its_nth_backer():
    made = scheme(Fixed(GBP(100), backers=2))
    gifts = [gift(1, 5, person="ada"), gift(2, 5, person="ada"), gift(3, 5), gift(4, 5), gift(5, 5, campaign=2)]
    (entry,) = working(made, gifts, TARGETS).entries
    assert (entry.campaign, entry.gift, entry.person, entry.amount) == (1, 3, "", GBP(100))
    assert entry.key == (1, 0, 0)


def test_an_excluded_gift_is_no_backer():
    made = scheme(Fixed(GBP(100), backers=2))
    assert given_for(made, gift(1, 5), gift(2, 5, is_excluded=True)) == []


@pytest.mark.parametrize(
    ("formula", "earned_with"),
    [
        (LumpSum(GBP(50), percent=25), 3),  # of £100.00: £10, £20, £30
        (LumpSum(GBP(50), amount=GBP(20)), 2),
        (LumpSum(GBP(50), backers=4), 4),
        (LumpSum(GBP(50), percent=25, backers=4), 4),
        (LumpSum(GBP(50), amount=GBP(30), backers=2), 3),
        (LumpSum(GBP(50), percent=20, amount=GBP(40), backers=2), 4),
        (LumpSum(GBP(50), percent=100), None),
    ],
)
def test_a_lump_sum_comes_with_the_gift_that_makes_everything_true(formula, earned_with):
    entries = working(scheme(formula), [gift(number, 10) for number in range(1, 6)], {1: GBP(100)}).entries
    assert [entry.gift for entry in entries] == ([earned_with] if earned_with else [])


def test_a_lump_sum_goes_when_gifts_are_cancelled_and_comes_with_later_ones():
    made = scheme(LumpSum(GBP(50), amount=GBP(30)))
    gifts = [gift(number, 10) for number in range(1, 5)]
    assert working(made, gifts[:3], TARGETS).entries[0].gift == 3
    assert given_for(made, *gifts[1:3]) == []
    assert working(made, gifts[1:], TARGETS).entries[0].gift == 4


def test_each_person_who_gave_enough_counts_once():
    made = scheme(PerBacker(GBP(5), least=GBP(10), per_campaign=GBP(12)))
    gifts = [
        gift(1, 6, person="ada"),
        gift(2, 6, person="ada"),
        gift(3, 60, person="ada"),
        gift(4, 10, person="ben"),
        gift(5, 10, person="cem"),
        gift(6, 10, person="dee"),
    ]
    assert given_for(made, *gifts) == [
        (NOTHING, "too_small"),
        (GBP(5), ""),
        (NOTHING, "person"),
        (GBP(5), ""),
        (GBP(2), "campaign"),
        (NOTHING, "campaign"),
    ]


def test_exactly_enough_is_enough_and_counts_once():
    made = scheme(PerBacker(GBP(5), least=GBP(10)))
    gifts = [gift(1, 10, person="ada"), gift(2, 10, person="ada")]
    assert given_for(made, *gifts) == [(GBP(5), ""), (NOTHING, "person")]


# Places in the order.


@MANY
@given(schemes, gift_lists.filter(bool), st.data())
def test_a_raise_takes_no_place_from_anybody(made, gifts, data):
    """Somebody who keeps a place with £1 does not get it for £1,000."""
    chosen = data.draw(st.sampled_from(gifts))
    parts = sorted((each for each in gifts if each.id == chosen.id), key=lambda each: each.part)
    now = next_moment(NOW, max(each.since for each in gifts))
    whole = sum((part.amount for part in parts), NOTHING)
    raised = follow(parts, Gift(chosen.id, chosen.campaign, "somebody else", whole + GBP(10), now))
    others = [each for each in gifts if each.id != chosen.id]
    before, after = working(made, gifts, TARGETS).entries, working(made, [*others, *raised], TARGETS).entries
    assert after[: len(before)] == before
    assert {part.person for part in raised} == {chosen.person}


@MANY
@given(gift_lists.filter(bool), st.integers(0, 3_000).map(Money))
def test_what_a_gift_is_lowered_by_goes_from_its_last_part(gifts, amount):
    parts = sorted((each for each in gifts if each.id == gifts[0].id), key=lambda each: each.part)
    whole = sum((part.amount for part in parts), NOTHING)
    left = lowered(parts, amount)
    assert sum((part.amount for part in left), NOTHING) == min(amount, whole)
    pairs = list(zip(left, parts, strict=False))
    assert all((new.since, new.part, new.before) == (old.since, old.part, old.before) for new, old in pairs)
    assert all(new.amount == old.amount for new, old in pairs[:-1])


def test_raised_in_parts_or_given_at_once_comes_to_the_same():
    made = scheme(Ratio(33, per_gift=GBP(1)))
    one = follow((), gift(1, "1.01"))
    more = follow(one, gift(1, "2.03", minute=5))
    most = follow(more, gift(1, "50", minute=9))
    assert [part.before for part in most] == [NOTHING, GBP("1.01"), GBP("2.03")]
    assert [amount for amount, _ in given_for(made, *most)] == [Money(33), Money(33), Money(34)]
    assert given_for(made, gift(1, 50)) == [(GBP(1), "gift")]


@pytest.mark.parametrize("status", PLEDGE_STATES)
def test_of_a_pledge_stands_what_is_promised_and_then_what_was_taken(status):
    expected = {
        "authorised": 25,
        "charging": 25,
        "past_due": 25,
        "collected": 15,
        "partly_refunded": 15,
        "disputed": 15,
    }
    stands = standing(status, amount_minor=2_500, tip_minor=200, collected_minor=1_700)
    assert stands == GBP(expected.get(status, 0))


def test_a_raise_of_an_excluded_gift_is_excluded():
    parts = follow((gift(1, 10, is_excluded=True),), gift(1, 20, minute=5))
    assert [part.is_excluded for part in parts] == [True, True]


def test_a_cancelled_gift_has_no_parts_and_one_that_stays_as_it_is_keeps_them():
    parts = follow((gift(1, 10),), gift(1, 20, minute=5))
    assert follow(parts, gift(1, 0)) == ()
    assert follow(parts, gift(1, 20, minute=9)) == parts


def test_each_new_part_comes_last_whatever_the_clock_says():
    assert next_moment(NOW, None) == NOW
    assert next_moment(NOW, NOW - timedelta(days=1)) == NOW
    assert next_moment(NOW, NOW) > NOW
    assert next_moment(NOW - timedelta(seconds=3), NOW) > NOW


def test_a_gift_out_of_order_is_no_next_gift():
    state = State(scheme(Ratio(100)), TARGETS)
    append(state, gift(2, 10))
    with pytest.raises(AssertionError):
        append(state, gift(1, 10))
    with pytest.raises(AssertionError):
        append(state, gift(3, 10, campaign=99))


# Time.


@pytest.mark.skipif(EXAMPLES < 1_000, reason="times are taken in deep runs only: a busy machine tells nothing")
def test_twice_the_gifts_take_twice_the_time():
    chance = random.Random(7)  # the same gifts each time
    made = scheme(Ratio(100, GBP(50), GBP(100), GBP(500), GBP(50_000)), 90_000, 70_000, 30_000)
    gifts = [
        Gift(
            number,
            number % 40,
            f"{number % 3_000}",
            Money(chance.randrange(100, 9_999)),
            NOW + timedelta(seconds=number),
        )
        for number in range(16_000)
    ]
    targets = {campaign: GBP(1_000) for campaign in range(40)}
    small, large = (min(seconds(made, gifts[:n], targets) for _ in range(3)) for n in (4_000, 16_000))
    assert large < 8 * small  # four times the gifts: sixteen times the time would be too much


def seconds(made, gifts, targets) -> float:
    start = process_time()
    working(made, gifts, targets)
    return process_time() - start


def test_the_limits_have_one_order():
    assert CAPS == ("gift", "person", "person_in_scheme", "campaign", "pot")
