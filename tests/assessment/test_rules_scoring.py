"""From scores to results, ranks and the line of the money: exact, against a slow way of counting."""

from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic.assessment.rules import ranking, scoring
from civic.core.i18n import Words
from civic.core.money import Money

getcontext().prec = 60


@st.composite
def panels(draw):
    """Weights, a scale, and the scores of one to five assessors."""
    scale = draw(st.integers(1, 10))
    weights = dict(enumerate(draw(st.lists(st.integers(1, 100), min_size=1, max_size=8)), 1))
    one = st.fixed_dictionaries({key: st.integers(0, scale) for key in weights})
    return weights, scale, draw(st.lists(one, min_size=1, max_size=5))


def slowly(values, weights, scale):
    """The same with decimals of sixty places, term by term."""
    total = sum((Decimal(values[key]) * weights[key] for key in weights), Decimal(0))
    return total / (Decimal(scale) * sum(weights.values()))


@settings(max_examples=2000, deadline=None)
@given(panels())
def test_a_result_is_the_weighted_share_of_the_highest_possible(panel):
    weights, scale, people = panel
    for values in people:
        share = scoring.weighted(values, weights, scale)
        assert 0 <= share <= 1
        exact = slowly(values, weights, scale) * 10_000
        assert scoring.bps(share) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@settings(max_examples=2000, deadline=None)
@given(panels())
def test_the_result_of_an_item_is_the_mean_of_its_assessors_and_rounds_once(panel):
    weights, scale, people = panel
    mean = sum((scoring.weighted(each, weights, scale) for each in people), Fraction(0)) / len(people)
    assert scoring.item_result(people, weights, scale) == mean
    exact = sum((slowly(each, weights, scale) for each in people), Decimal(0)) / len(people) * 10_000
    if abs(exact % 1 - Decimal("0.5")) > Decimal("1e-40"):  # on the very edge sixty places do not decide
        assert scoring.bps(mean) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@settings(max_examples=500, deadline=None)
@given(panels(), st.data())
def test_what_was_agreed_stands_in_the_place_of_the_mean(panel, data):
    weights, scale, people = panel
    some = data.draw(st.sets(st.sampled_from(sorted(weights))))
    agreed = {key: data.draw(st.integers(0, scale)) for key in some}
    result = scoring.item_result(people, weights, scale, agreed)
    as_if = [{**each, **agreed} for each in people]
    assert result == scoring.item_result(as_if, weights, scale)


def test_full_marks_are_everything_and_none_are_nothing():
    weights = {1: 50, 2: 30}
    assert scoring.bps(scoring.weighted({1: 5, 2: 5}, weights, 5)) == 10_000
    assert scoring.bps(scoring.weighted({1: 0, 2: 0}, weights, 5)) == 0
    assert scoring.bps(scoring.weighted({1: 5, 2: 0}, weights, 5)) == 6250


@pytest.mark.parametrize(
    ("share", "shown"),
    [("1/3", 3333), ("2/3", 6667), ("1/20000", 1), ("-1/20000", -1), ("1/20001", 0), ("-2/3", -6667)],
)
def test_half_of_a_hundredth_is_rounded_away_from_nothing(share, shown):
    assert scoring.bps(Fraction(share)) == shown


@settings(deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1))
def test_the_spread_is_what_anybody_works_out_from_the_results_shown(results):
    assert scoring.spread(results) == max(results) - min(results)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 100))
def test_an_item_is_talked_about_from_the_gap_on(spread, gap):
    assert scoring.needs_talk(spread, gap) == (spread >= 100 * gap)


@settings(deadline=None)
@given(st.integers(0, 5), st.lists(st.integers(0, 5), min_size=1))
def test_only_what_everybody_gave_needs_no_reason(agreed, given):
    assert scoring.needs_reason(agreed, given) == any(each != agreed for each in given)


def test_a_mean_is_shown_with_two_places():
    assert scoring.two_places(Fraction(11, 3)) == Decimal("3.67")
    assert scoring.two_places(Fraction(1, 200)) == Decimal("0.01")


# The ranked list.


class Row:
    """A row of a ranked list, asking for so much."""

    def __init__(self, rank, capital, revenue=0, title="x"):
        self.rank, self.asked, self.title = rank, (Money(capital), Money(revenue)), Words(title, "en")


@settings(deadline=None)
@given(st.lists(st.integers(0, 10)).map(lambda results: sorted(results, reverse=True)))
def test_equals_share_a_place_and_nobody_moves_up_because_of_it(results):
    places = ranking.ranks(results)
    assert places == [1 + sum(other > each for other in results) for each in results]


asks = st.integers(0, 1000)


@st.composite
def lists(draw):
    """A ranked list with shared places, and rows without a result at its end."""
    results = sorted(draw(st.lists(st.integers(0, 12), max_size=14)), reverse=True)
    rows = [Row(place, draw(asks), draw(asks)) for place in ranking.ranks(results)]
    return rows + [Row(None, draw(asks), draw(asks)) for _ in range(draw(st.integers(0, 3)))]


@settings(max_examples=1500, deadline=None)
@given(lists(), st.integers(0, 5000), st.integers(0, 5000))
def test_the_line_stands_above_the_first_place_that_does_not_fit(rows, capital, revenue):
    left = Money(capital), Money(revenue)
    lined = ranking.against(rows, left)
    assert [each.row for each in lined] == rows
    within = [each for each in lined if each.place == "within"]
    spent = [sum(each.row.asked[kind].minor for each in within) for kind in (0, 1)]
    assert spent[0] <= capital
    assert spent[1] <= revenue
    lines = [at for at, each in enumerate(lined) if each.is_line]
    ranked = [each for each in lined if each.row.rank is not None]
    assert len(lines) == (1 if len(within) < len(ranked) else 0)
    if lines:
        assert all(each.place == "within" for each in lined[: lines[0]])
        first = [each for each in ranked if each.row.rank == lined[lines[0]].row.rank]
        wanted = [sum(each.row.asked[kind].minor for each in first) for kind in (0, 1)]
        assert spent[0] + wanted[0] > capital or spent[1] + wanted[1] > revenue
        for each in ranked[lines[0] :]:
            fits = spent[0] + each.row.asked[0].minor <= capital and spent[1] + each.row.asked[1].minor <= revenue
            assert each.place == ("fits" if fits else "beyond")
    over = ranking.money_over(lined, left)
    assert [each.minor for each in over] == [capital - spent[0], revenue - spent[1]]


@settings(deadline=None)
@given(lists())
def test_running_totals_count_everything_down_to_a_row_whatever_the_money(rows):
    ranked = [each for each in ranking.against(rows, None) if each.row.rank is not None]
    for before, after in pairwise(ranked):
        assert after.total[0] == before.total[0] + after.row.asked[0]
        assert after.total[1] == before.total[1] + after.row.asked[1]
    assert {each.place for each in ranked} <= {""}


def test_who_shares_a_place_stands_on_one_side_of_the_line():
    rows = [Row(1, 500), Row(2, 300, title="A"), Row(2, 300, title="B"), Row(4, 100)]
    lined = ranking.against(rows, (Money(1000), Money(0)))
    assert [each.place for each in lined] == ["within", "fits", "fits", "fits"]
    assert [each.is_line for each in lined] == [False, True, False, False]


def test_a_cheaper_one_below_the_line_is_shown_and_not_slipped_in():
    lined = ranking.against([Row(1, 900), Row(2, 200), Row(3, 100), Row(4, 101)], (Money(1000), Money(0)))
    assert [each.place for each in lined] == ["within", "beyond", "fits", "beyond"]
    assert ranking.money_over(lined, (Money(1000), Money(0))) == (Money(100), Money(0))
