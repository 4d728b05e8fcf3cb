"""Sharing out and comparing, against slow ways of doing the same."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic.assessment.rules.assigning import Open, balanced
from civic.assessment.rules.comparing import FEW, Given, tendencies

START = datetime(2026, 11, 1, tzinfo=UTC)


@st.composite
def work(draw, most_items=5, most_people=4, excluding=True):
    """A few items with who may not judge them, and what each assessor has already."""
    people = draw(st.lists(st.integers(1, 50), min_size=1, max_size=most_people, unique=True))
    loads = {each: draw(st.integers(0, 4)) for each in people}
    numbers = draw(st.lists(st.integers(1, 99), max_size=most_items, unique=True))
    anyone = st.frozensets(st.sampled_from([*people, 777])) if excluding else st.just(frozenset())
    return [Open(number, draw(st.integers(1, 3)), draw(anyone)) for number in numbers], loads


def least_uneven(items, loads):
    """The smallest possible sum of squares of loads, by trying every way."""
    ways = []
    for item in items:
        may = [each for each in loads if each not in item.excluded]
        ways.append(list(combinations(may, min(item.needs, len(may)))))
    best = None
    for way in product(*ways):
        after = Counter(loads)
        for people in way:
            after.update(people)
        uneven = sum(n * n for n in after.values())
        best = uneven if best is None else min(best, uneven)
    return best


def check(items, loads, shared):
    """What is true of every plan."""
    by_item = defaultdict(set)
    for item, who in shared.pairs:
        assert who not in by_item[item], "the same person twice"
        by_item[item].add(who)
    for item in items:
        may = set(loads) - item.excluded
        assert by_item[item.id] <= may
        assert len(by_item[item.id]) == min(item.needs, len(may))
        assert (item.id in shared.unfilled) == (len(may) < item.needs)
    given = Counter(who for _, who in shared.pairs)
    assert shared.loads == {who: loads[who] + given[who] for who in loads}


@settings(max_examples=700, deadline=None)
@given(st.integers(1, 9), work())
def test_work_is_shared_out_as_evenly_as_exclusions_allow(panel, facts):
    items, loads = facts
    shared = balanced(panel, items, loads)
    check(items, loads, shared)
    assert sum(n * n for n in shared.loads.values()) == least_uneven(items, loads)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 9), work(most_items=40, most_people=9, excluding=False))
def test_where_nobody_is_excluded_and_all_begin_alike_loads_differ_by_one_at_most(panel, facts):
    items, loads = facts
    shared = balanced(panel, items, dict.fromkeys(loads, 0))
    check(items, dict.fromkeys(loads, 0), shared)
    assert max(shared.loads.values()) - min(shared.loads.values()) <= 1


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 9), work(most_items=12, most_people=6), st.randoms())
def test_the_same_facts_give_the_same_plan_in_whatever_order_they_come(panel, facts, chance):
    items, loads = facts
    shuffled, people = list(items), list(loads.items())
    chance.shuffle(shuffled)
    chance.shuffle(people)
    assert balanced(panel, shuffled, dict(people)) == balanced(panel, items, loads)


@pytest.mark.parametrize("panel", range(40))
def test_who_is_asked_first_by_chance_hands_on_what_only_others_could_not_take(panel):
    """B can take the first item alone, A and C share the others: taken in a bad order, A or C ends with two and B with none."""
    items = [Open(1, 1, frozenset({3})), Open(2, 1, frozenset({2})), Open(3, 1, frozenset({2}))]
    assert balanced(panel, items, {1: 0, 2: 0, 3: 0}).loads == {1: 1, 2: 1, 3: 1}
    # Through two pairs of hands: 1 → 2 → 3 → 4, where each item can be judged by two neighbours only.
    chain = [Open(n, 1, frozenset({1, 2, 3, 4} - {n, n + 1})) for n in (1, 2, 3)] + [Open(4, 1, frozenset({2, 3, 4}))]
    assert balanced(panel, chain, {1: 0, 2: 0, 3: 0, 4: 0}).loads == {1: 1, 2: 1, 3: 1, 4: 1}


def test_pairs_do_not_always_meet_again():
    """Two assessors of every item are not always the same two: a hash mixes them."""
    shared = balanced(1, [Open(number, 2) for number in range(1, 31)], dict.fromkeys(range(1, 7), 0))
    by_item = defaultdict(list)
    for item, who in shared.pairs:
        by_item[item].append(who)
    assert len({tuple(sorted(each)) for each in by_item.values()}) > 8


def test_a_thousand_items_are_shared_out_in_a_moment():
    items = [Open(n, 2, frozenset({n % 20 + 1, n % 7 + 1})) for n in range(1, 1001)]
    shared = balanced(3, items, dict.fromkeys(range(1, 21), 0))
    assert max(shared.loads.values()) - min(shared.loads.values()) <= 1
    assert not shared.unfilled


# Comparing.


@st.composite
def judged(draw):
    """Who gave which share for what, when."""
    rows = []
    for item in range(1, draw(st.integers(1, 9)) + 1):
        for user in draw(st.sets(st.integers(1, 4), min_size=1)):
            share = Fraction(draw(st.integers(0, 25)), 25)
            rows.append(Given(item, user, share, START + timedelta(hours=draw(st.integers(0, 50)))))
    return rows


def rounded(value):
    sign = -1 if value < 0 else 1
    return sign * int(abs(value) * 10_000 + Fraction(1, 2))


@settings(max_examples=800, deadline=None)
@given(judged())
def test_leaning_is_the_mean_difference_to_those_who_judged_the_same(rows):
    found = {each.user: each for each in tendencies(rows)}
    for user in {row.user for row in rows}:
        mine = sorted((row for row in rows if row.user == user), key=lambda row: (row.at, row.item))
        differences = []
        for row in mine:
            others = [other.share for other in rows if other.item == row.item and other.user != user]
            if others:
                differences.append(row.share - sum(others) / len(others))
        if not differences:
            assert user not in found
            continue
        each, n = found[user], len(differences)
        assert (each.n, each.lean) == (n, rounded(sum(differences) / n))
        assert each.is_few == (n < FEW)
        if n == 1:
            assert each.drift is None
        else:
            half = (n + 1) // 2
            first, second = differences[:half], differences[half:]
            assert each.first == rounded(sum(first) / len(first))
            assert each.second == rounded(sum(second) / len(second))
            assert each.drift == each.second - each.first


@settings(deadline=None)
@given(judged())
def test_of_two_who_judged_the_same_things_one_leans_as_far_as_the_other_but_the_other_way(rows):
    pair = [row for row in rows if row.user in (1, 2)]
    both = {row.item for row in pair if row.user == 1} & {row.item for row in pair if row.user == 2}
    found = {each.user: each.lean for each in tendencies([row for row in pair if row.item in both])}
    assert not found or found[1] == -found[2]
