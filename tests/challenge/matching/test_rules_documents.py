"""The file of a match: anybody computes it once more, and whatever was changed in it is found."""

import json
from copy import deepcopy

import pytest
from click.testing import CliRunner
from hypothesis import given

from civic.challenge.matching.commands import challenge_match
from civic.challenge.matching.rules.documents import decided, digest, essence, exported, faults, market_of
from civic.challenge.matching.rules.stable import ALGORITHM, BadMarket, Market, match
from tests.challenge.matching.markets import by_chance, small


def inputs_from(market: Market):
    return {
        "algorithm": ALGORITHM,
        "startups": {name: list(ranks) for name, ranks in market.startups.items()},
        "challenges": {
            name: {"places": market.places[name], "minimum": 0, "closed": False, "ranks": list(ranks)}
            for name, ranks in market.challenges.items()
        },
        "pairs": {},
        "names": {
            "startups": {name: f"S-{digest(name)[:8]}" for name in market.startups},
            "challenges": {name: f"C-{digest(name)[:8]}" for name in market.challenges},
        },
    }


def document(market: Market, overrides=()):
    return json.loads(
        json.dumps(exported(inputs_from(market), match(market), overrides, {"programme": "x", "number": 1}))
    )


@given(small())
def test_every_match_is_the_same_once_more(market):
    assert faults(document(market)) == []
    assert market_of(inputs_from(market)).startups == {name: list(ranks) for name, ranks in market.startups.items()}


def test_no_name_or_number_of_ours_is_in_it():
    market = by_chance(1, 20, 5)
    text = json.dumps(document(market))
    assert not any(f'"{name}"' in text for name in (*market.startups, *market.challenges))


@pytest.mark.parametrize("seed", range(10))
def test_whatever_is_changed_is_found(seed):
    whole = document(by_chance(seed, 12, 4))
    for change in (
        lambda d: d["startups"].update({next(iter(d["startups"])): []}),
        lambda d: d["result"].update({next(iter(d["result"])): "C-nobody"}),
        lambda d: d["challenges"][next(iter(d["challenges"]))].update(places=50),
        lambda d: d.update(algorithm="something else"),
        lambda d: d.update(about={}),
        lambda d: d["decided"].popitem(),
    ):
        broken = deepcopy(whole)
        change(broken)
        assert faults(broken)


def test_a_forged_result_with_a_fresh_seal_is_found():
    broken = document(by_chance(3, 12, 4))
    startup = next(name for name, got in broken["result"].items() if got)
    broken["result"][startup] = broken["decided"][startup] = None
    broken["sha256"] = digest({name: each for name, each in broken.items() if name != "sha256"})
    assert "Computed once more, the result is a different one." in faults(broken)


def test_overrides_are_a_part_of_it():
    market = Market({"a": ["x"], "b": ["x"]}, {"x": ["a", "b"]}, {"x": 1})
    found = document(market, [("leave", "a", "x"), ("match", "b", "x")])
    names = inputs_from(market)["names"]["startups"]
    assert faults(found) == [] and found["decided"] == {names["a"]: None, names["b"]: "C-" + digest("x")[:8]}
    found["overrides"].pop()
    found["sha256"] = digest({name: each for name, each in found.items() if name != "sha256"})
    assert faults(found) == ["The result and its overrides do not make what was decided."]


def test_an_override_undoes_only_what_it_names():
    assert decided({"a": "x"}, [("leave", "a", "y")]) == {"a": "x"}
    assert decided({"a": "x"}, [("match", "a", "y"), ("leave", "a", "x")]) == {"a": "y"}


@pytest.mark.parametrize("thing", [None, [], 3, {}, {"format": "civic-challenge-match/1"}, {"format": "other"}])
def test_what_is_no_file_is_told_so(thing):
    assert faults(thing)


@pytest.mark.parametrize(
    "wrong", [{}, {"startups": [], "challenges": {}}, {"startups": {"a": ["x"]}, "challenges": {}}]
)
def test_what_is_no_market_is_refused(wrong):
    with pytest.raises(BadMarket):
        market_of(wrong)


def test_made_up_names_do_not_decide():
    market = by_chance(5, 6, 3)
    one, other = inputs_from(market), inputs_from(market)
    other["names"] = {}
    assert digest(essence(one)) == digest(essence(other))


def test_the_command_says_equal_or_what_differs(tmp_path):
    whole = document(by_chance(2, 12, 4))
    file = tmp_path / "match.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    done = CliRunner().invoke(challenge_match, [str(file)])
    assert done.exit_code == 0 and done.output.startswith("Equal: ")
    whole["about"] = {"programme": "another"}
    file.write_text(json.dumps(whole), encoding="utf-8")
    done = CliRunner().invoke(challenge_match, [str(file)])
    assert done.exit_code == 1 and "SHA-256 differs" in done.output
    file.write_bytes(b"\xff\x00")
    assert "not a JSON file" in CliRunner().invoke(challenge_match, [str(file)]).output
