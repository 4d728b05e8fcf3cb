"""The reasons agree with the match, in every market; and what-if tells exactly what would be different."""

import pytest
from hypothesis import given

from civic.challenge.matching.rules.explaining import Why, choice_of, for_challenge, for_startup
from civic.challenge.matching.rules.stable import Market, match, members
from civic.challenge.matching.rules.whatif import Change, Moved, changed, compared
from tests.challenge.matching.markets import by_chance, small

MARKET = Market(
    {"north": ["care", "bus", "air"], "south": ["care", "bus"], "east": ["bus", "care"], "west": ["air"]},
    {"care": ["south", "north"], "bus": ["north", "south", "east"], "air": ["north", "west"]},
    {"care": 1, "bus": 1, "air": 0},
)


def codes(whys):
    return [(each.name, each.place, each.code) for each in whys]


def test_a_startup_reads_why_for_each_of_its_choices():
    found = match(MARKET)
    assert found == {"north": "bus", "south": "care", "east": None, "west": None}
    assert codes(for_startup(MARKET, found, "north", ["care", "bus", "air"], "bus")) == [
        ("care", 1, "filled"), ("bus", 2, "matched"), ("air", 3, "not_needed"),
    ]  # fmt: skip
    assert codes(for_startup(MARKET, found, "east", ["care", "bus", "air"], None)) == [
        ("bus", 1, "filled"), ("care", 2, "not_ranked"), ("air", 0, "not_yours"),
    ]  # fmt: skip
    assert codes(for_startup(MARKET, found, "west", ["air"], None)) == [("air", 1, "closed")]


def test_a_partner_reads_why_for_each_of_its_choices():
    found, all_of_them = match(MARKET), ["north", "south", "east", "west"]
    assert codes(for_challenge(MARKET, found, "bus", all_of_them, ["north"])) == [
        ("north", 1, "matched"), ("south", 2, "elsewhere"), ("east", 3, "filled"), ("west", 0, "not_theirs"),
    ]  # fmt: skip
    assert codes(for_challenge(MARKET, found, "air", ["north", "west"], [])) == [
        ("north", 1, "withheld"), ("west", 2, "withheld"),
    ]  # fmt: skip


def test_an_override_is_told_as_one_to_both_sides():
    found = match(MARKET)
    assert Why("bus", 1, "added") in for_startup(MARKET, found, "east", ["bus"], "bus")
    assert Why("bus", 2, "taken") in for_startup(MARKET, found, "north", ["bus"], None)
    said = for_challenge(MARKET, found, "bus", ["north", "south", "east"], ["east"])
    assert codes(said) == [("north", 1, "taken"), ("south", 2, "elsewhere"), ("east", 3, "added")]


@given(small())
def test_every_reason_is_true(market):
    found = match(market)
    those = members(market, found)
    for startup in market.startups:
        said = for_startup(market, found, startup, market.challenges, found[startup])
        assert {each.name for each in said} == set(market.challenges)
        assert [each.name for each in said if each.code == "matched"] == [found[startup]] * bool(found[startup])
        for each in said:
            ranks = list(market.challenges[each.name])
            if each.code == "filled":
                assert market.places[each.name] == len(those[each.name])
                assert all(ranks.index(other) < ranks.index(startup) for other in those[each.name])
            if each.code == "not_ranked":
                assert startup not in ranks
            if each.code == "not_needed":
                assert choice_of(market, startup, found[startup]) < each.place
    for challenge in market.challenges:
        said = for_challenge(market, found, challenge, market.startups, those[challenge])
        assert [each.name for each in said if each.code == "matched"] == those[challenge]
        for each in said:
            if each.code == "filled":
                assert len(those[challenge]) == market.places[challenge]
            if each.code == "elsewhere":
                wish = list(market.startups[each.name])
                assert challenge not in wish or wish.index(found[each.name]) < wish.index(challenge)


def test_what_if_a_challenge_closed_or_a_startup_went_away_or_there_was_one_more_place():
    after, moved = compared(MARKET, Change(closed=frozenset({"care"})))
    assert after["south"] is None and moved == [Moved("south", "care", None, False)]
    _, moved = compared(MARKET, Change(gone=frozenset({"north"})))
    assert moved == [Moved("east", None, "bus", True), Moved("north", "bus", None, None)]
    _, moved = compared(MARKET, Change(places={"care": 2, "not there": 9}))
    assert moved == [Moved("east", None, "bus", True), Moved("north", "bus", "care", True)]
    assert compared(MARKET, Change())[1] == [] and not Change()


@pytest.mark.parametrize("seed", range(30))
def test_one_more_startup_never_helps_another_and_one_more_place_never_harms_one(seed):
    market = by_chance(seed, 12, 4)
    first = next(iter(sorted(market.challenges)))
    _, moved = compared(market, Change(places={first: market.places[first] + 1}))
    assert all(each.is_better for each in moved)
    _, moved = compared(market, Change(gone=frozenset({"s000"})))
    assert all(each.is_better for each in moved if each.startup != "s000")
    assert set(changed(market, Change(gone=frozenset({"s000"}))).startups) == set(market.startups) - {"s000"}
