"""The match against every match there could be, against a second algorithm, and against an independent library."""

import random
from time import process_time

import pytest
from hypothesis import given, settings
from matching.games import HospitalResident

from civic.challenge.matching.rules import stable
from civic.challenge.matching.rules.stable import BadMarket, Market, Pair, match
from tests.challenge.matching.markets import by_chance, by_partners, every_list, every_match, is_fair, small


def better(market: Market, startup: str, one: str | None, other: str | None) -> bool:
    """Whether a startup likes the first at least as much; whatever it did not rank it likes less than nothing."""
    ranks = [*market.startups[startup], None]
    return (ranks.index(one) if one in ranks else len(ranks)) <= (ranks.index(other) if other in ranks else len(ranks))


@given(small())
@settings(max_examples=400)
def test_of_all_stable_matches_it_is_the_best_for_every_startup_and_the_worst_for_every_partner(market):
    found, fair = match(market), [each for each in every_match(market) if is_fair(market, each)]
    assert found in fair
    for other in fair:
        assert all(better(market, each, found[each], other[each]) for each in market.startups)
        for challenge, ranks in market.challenges.items():
            here = [list(ranks).index(s) for s, c in found.items() if c == challenge]
            there = [list(ranks).index(s) for s, c in other.items() if c == challenge]
            assert all(a >= b for a, b in zip(sorted(here), sorted(there), strict=True))


@given(small())
@settings(max_examples=300)
def test_every_stable_match_takes_the_same_startups_and_fills_as_many_places(market):
    """The rural hospitals theorem: no stable match helps a challenge that is below its minimum."""
    fair = [each for each in every_match(market) if is_fair(market, each)]
    assert len({frozenset(s for s, c in each.items() if c) for each in fair}) == 1
    for challenge, places in market.places.items():
        those = {frozenset(s for s, c in each.items() if c == challenge) for each in fair}
        assert len({len(each) for each in those}) == 1
        assert len(those) == 1 or len(next(iter(those))) == places


@given(small())
@settings(max_examples=200)
def test_the_houses_own_check_is_the_definition(market):
    for found in every_match(market):
        assert stable.is_stable(market, found) == is_fair(market, found)


@given(small())
@settings(max_examples=60)
def test_no_startup_gains_by_ranking_otherwise_than_it_thinks(market):
    honest = match(market)
    for startup in market.startups:
        for lie in every_list(sorted(market.challenges)):
            told = Market(dict(market.startups) | {startup: lie}, market.challenges, market.places)
            assert better(market, startup, honest[startup], match(told)[startup])


@given(small())
def test_the_order_in_which_anybody_is_written_down_changes_nothing(market):
    turned = Market(
        dict(reversed(list(market.startups.items()))),
        dict(reversed(list(market.challenges.items()))),
        dict(reversed(list(market.places.items()))),
    )
    assert match(turned) == match(market)


@pytest.mark.parametrize("seed", range(60))
def test_large_markets_are_stable_and_lie_above_what_partners_would_choose(seed):
    market = by_chance(seed, 40, 9)
    found, theirs = match(market), by_partners(market)
    assert is_fair(market, found) and is_fair(market, theirs) and stable.is_stable(market, found)
    assert all(better(market, each, found[each], theirs[each]) for each in market.startups)
    assert {s for s, c in found.items() if c} == {s for s, c in theirs.items() if c}


@pytest.mark.parametrize("seed", range(60))
def test_an_independent_library_finds_the_same(seed):
    market = by_chance(seed, 30, 8)
    # The library takes only pairs that accept each other, and challenges with a place.
    kept = {c: [s for s in ranks if c in market.startups[s]] for c, ranks in market.challenges.items()}
    kept = {c: ranks for c, ranks in kept.items() if market.places[c] and ranks}
    wishes = {s: [c for c in ranks if s in kept.get(c, ())] for s, ranks in market.startups.items()}
    wishes = {s: ranks for s, ranks in wishes.items() if ranks}
    game = HospitalResident.create_from_dictionaries(wishes, kept, {c: market.places[c] for c in kept})
    theirs = {str(s): str(c) for c, those in game.solve(optimal="resident").items() for s in those}
    assert theirs == {s: c for s, c in match(market).items() if c}


def test_an_example_that_can_be_followed_on_paper():
    market = Market(
        {"north": ["care", "bus"], "south": ["care", "bus"], "east": ["care"]},
        {"care": ["south", "north", "east"], "bus": ["north"]},
        {"care": 1, "bus": 1},
    )
    assert match(market) == {"north": "bus", "south": "care", "east": None}


def test_who_is_not_ranked_is_never_matched():
    market = Market({"north": ["care"], "south": []}, {"care": ["south"]}, {"care": 2})
    assert match(market) == {"north": None, "south": None}
    assert stable.unacceptable(market, {"north": "care", "south": "care"}) == [
        Pair("north", "care"),
        Pair("south", "care"),
    ]


def test_a_challenge_without_places_takes_nobody_and_nobody_is_asked_twice():
    market = Market({"north": ["care"]}, {"care": ["north"]}, {"care": 0})
    assert match(market) == {"north": None} and stable.blocking(market, {"north": None}) == []


def test_an_override_shows_who_would_rather_have_each_other():
    market = Market({"north": ["care"], "south": ["care"]}, {"care": ["north", "south"]}, {"care": 1})
    assert stable.blocking(market, {"north": None, "south": "care"}) == [Pair("north", "care")]
    assert stable.overfull(market, {"north": "care", "south": "care"}) == ["care"]


def test_below_its_minimum_is_told_and_a_closed_challenge_needs_nobody():
    market = Market({"north": ["care"]}, {"care": ["north"], "bus": []}, {"care": 3, "bus": 0}, {"care": 2, "bus": 1})
    assert stable.below_minimum(market, match(market)) == ["care"]


@pytest.mark.parametrize(
    "startups, challenges, places",
    [
        ({"a": ["x", "x"]}, {"x": []}, {"x": 1}),
        ({"a": ["y"]}, {"x": []}, {"x": 1}),
        ({"a": []}, {"x": ["b"]}, {"x": 1}),
        ({"a": []}, {"x": []}, {"x": -1}),
        ({"a": []}, {"x": []}, {}),
    ],
)
def test_ties_strangers_and_impossible_places_are_refused(startups, challenges, places):
    with pytest.raises(BadMarket):
        Market(startups, challenges, places)


def test_five_hundred_startups_and_sixty_partners_take_less_than_a_second():
    dice = random.Random(7)
    startups, challenges = [f"s{n}" for n in range(500)], [f"c{n}" for n in range(60)]
    market = Market(
        {each: dice.sample(challenges, 60) for each in startups},
        {each: dice.sample(startups, 500) for each in challenges},
        dict.fromkeys(challenges, 8),
    )
    began = process_time()
    found = match(market)
    assert process_time() - began < 1
    assert stable.is_stable(market, found) and sum(1 for each in found.values() if each) == 480
