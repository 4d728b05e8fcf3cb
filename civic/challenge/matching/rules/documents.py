"""A match as a file: what went in, what came out, and how to compute it once more. Names in it are made up for the file alone."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from civic.challenge.matching.rules.stable import ALGORITHM, BadMarket, Market, is_stable, match

FORMAT = "civic-challenge-match/1"
Inputs = dict[str, Any]
"""What is pinned with a run: {"algorithm", "startups": {number: [challenges]}, "challenges": {number: {"places", "minimum", "closed",
"ranks"}}, "pairs": {"startup:challenge": application}, "names": {"startups": {number: name}, "challenges": {number: name}}}."""


def digest(thing: Any) -> str:
    """SHA-256 of a thing written in the one way in which equal things look equal."""
    return sha256(json.dumps(thing, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def market_of(inputs: Mapping[str, Any]) -> Market:
    """The market that an input describes; a closed challenge has no places. Raises BadMarket for one that is none."""
    try:
        challenges = {str(name): dict(each) for name, each in inputs["challenges"].items()}
        return Market(
            {str(name): [str(each) for each in ranks] for name, ranks in inputs["startups"].items()},
            {name: [str(startup) for startup in each["ranks"]] for name, each in challenges.items()},
            {name: 0 if each["closed"] else int(each["places"]) for name, each in challenges.items()},
            {name: int(each["minimum"]) for name, each in challenges.items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as broken:
        raise BadMarket(str(broken)) from broken


def essence(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """What of an input decides the match: made-up names do not."""
    return {name: inputs[name] for name in ("algorithm", "startups", "challenges", "pairs")}


def decided(result: Mapping[str, str | None], overrides: Iterable[tuple[str, str, str]]) -> dict[str, str | None]:
    """The match after overrides, each (kind, startup, challenge), in their order."""
    final = dict(result)
    for kind, startup, challenge in overrides:
        if kind == "match":
            final[startup] = challenge
        elif final.get(startup) == challenge:
            final[startup] = None
    return final


def exported(
    inputs: Mapping[str, Any],
    result: Mapping[str, str | None],
    overrides: Iterable[tuple[str, str, str]],
    about: Mapping[str, Any],
) -> dict[str, Any]:
    """The file: the same market under its made-up names, sealed with the digest of everything in it."""
    s, c = inputs["names"]["startups"], inputs["names"]["challenges"]
    overrides = list(overrides)

    def renamed(found: Mapping[str, str | None]) -> dict[str, str | None]:
        return {s[startup]: None if challenge is None else c[challenge] for startup, challenge in found.items()}

    body = {
        "format": FORMAT,
        "algorithm": inputs["algorithm"],
        "about": dict(about),
        "startups": {s[name]: [c[each] for each in ranks] for name, ranks in inputs["startups"].items()},
        "challenges": {
            c[name]: dict(each) | {"ranks": [s[startup] for startup in each["ranks"]]}
            for name, each in inputs["challenges"].items()
        },
        "result": renamed(result),
        "overrides": [[kind, s[startup], c[challenge]] for kind, startup, challenge in overrides],
        "decided": renamed(decided(result, overrides)),
    }
    return body | {"sha256": digest(body)}


def faults(document: Any) -> list[str]:
    """What does not hold of a file; nothing where computing it once more gives the same. In plain English, for the command line."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return [f"This is no file of the format {FORMAT}."]
    found = []
    if document.get("algorithm") != ALGORITHM:
        found.append(f"It was made by “{document.get('algorithm')}”; this is “{ALGORITHM}”.")
    if digest({name: each for name, each in document.items() if name != "sha256"}) != document.get("sha256"):
        found.append("It was changed since it was written: its SHA-256 differs.")
    try:
        market = market_of(document)
        again = match(market)
        if again != document.get("result"):
            found.append("Computed once more, the result is a different one.")
        elif not is_stable(market, again):
            found.append("The result is not stable.")
        overrides = [(str(kind), str(startup), str(challenge)) for kind, startup, challenge in document["overrides"]]
        if decided(again, overrides) != document.get("decided"):
            found.append("The result and its overrides do not make what was decided.")
    except (BadMarket, KeyError, TypeError, ValueError) as broken:
        found.append(f"It describes no market: {broken}.")
    return found
