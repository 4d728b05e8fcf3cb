"""Small and large markets by chance, and every match that there could be in a small one."""

import random
from collections.abc import Iterator
from itertools import permutations, product

from hypothesis import strategies as st

from civic.challenge.matching.rules.stable import Market, Match


def by_chance(seed: int, startups: int, challenges: int, *, most_places: int = 3, share: float = 0.7) -> Market:
    """A market in which everybody ranks a part of the others, in an order of their own."""
    dice = random.Random(seed)
    s, c = [f"s{n:03}" for n in range(startups)], [f"c{n:02}" for n in range(challenges)]

    def ranks(names: list[str]) -> list[str]:
        return dice.sample(names, dice.randint(0 if dice.random() < 0.1 else 1, max(1, round(len(names) * share))))

    return Market(
        {each: ranks(c) for each in s},
        {each: ranks(s) for each in c},
        {each: dice.randint(0, most_places) for each in c},
        {each: dice.randint(0, 2) for each in c},
    )


@st.composite
def small(draw: st.DrawFn) -> Market:
    """A market small enough to look at every match: at most four startups and three challenges."""
    s = [f"s{n}" for n in range(draw(st.integers(1, 4)))]
    c = [f"c{n}" for n in range(draw(st.integers(1, 3)))]

    def ranks(names: list[str]) -> list[str]:
        order = draw(st.permutations(names))
        return list(order)[: draw(st.integers(0, len(names)))]

    return Market(
        {each: ranks(c) for each in s}, {each: ranks(s) for each in c}, {each: draw(st.integers(0, 3)) for each in c}
    )


def every_match(market: Market) -> Iterator[Match]:
    """Every way to give each startup one challenge or none."""
    names = sorted(market.startups)
    for choice in product((None, *sorted(market.challenges)), repeat=len(names)):
        yield dict(zip(names, choice, strict=True))


def every_list(names: list[str]) -> Iterator[list[str]]:
    """Every list that somebody could hand in."""
    for length in range(len(names) + 1):
        for each in permutations(names, length):
            yield list(each)


def is_fair(market: Market, found: Match) -> bool:
    """Stability in the words of its definition, written without a look at the house's own check."""
    for challenge in market.challenges:
        if sum(1 for each in found.values() if each == challenge) > market.places[challenge]:
            return False
    for startup, challenge in found.items():
        ranked = market.startups[startup]
        if challenge is not None and (challenge not in ranked or startup not in market.challenges[challenge]):
            return False
    for startup, challenge in product(market.startups, market.challenges):
        wish, theirs = list(market.startups[startup]), list(market.challenges[challenge])
        if challenge not in wish or startup not in theirs:
            continue
        has = found[startup]
        would_go = has is None or wish.index(challenge) < wish.index(has)
        inside = [each for each, where in found.items() if where == challenge]
        free = len(inside) < market.places[challenge]
        better = any(theirs.index(each) > theirs.index(startup) for each in inside)
        if would_go and (free or better):
            return False
    return True


def by_partners(market: Market) -> Match:
    """The other algorithm: challenges ask their startups from the top of their lists; the stable match that is best for them.

    Written for the tests alone, in rounds in which everybody asks at once, so that it shares no step with the house's own.
    """
    refused: set[tuple[str, str]] = set()
    while True:
        asked: dict[str, list[str]] = {each: [] for each in market.startups}
        for challenge, ranks in market.challenges.items():
            for startup in [each for each in ranks if (each, challenge) not in refused][: market.places[challenge]]:
                asked[startup].append(challenge)
        before = len(refused)
        kept: Match = {}
        for startup, suitors in asked.items():
            wish = list(market.startups[startup])
            fine = sorted((each for each in suitors if each in wish), key=wish.index)
            kept[startup] = fine[0] if fine else None
            refused |= {(startup, each) for each in suitors if each != kept[startup]}
        if len(refused) == before:
            return kept
