"""A stable match of startups with challenges: nobody who would rather have each other is kept apart.

Startups ask, challenges hold whom they rank highest and let the others ask on: D. Gale and L. S. Shapley, "College Admissions and
the Stability of Marriage", American Mathematical Monthly 69 (1962); with places A. E. Roth, "The Evolution of the Labor Market
for Medical Interns and Residents", Journal of Political Economy 92 (1984). Of all stable matches this one is best for every startup,
and no startup gains by ranking otherwise than it thinks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappush, heappushpop

ALGORITHM = "startup-proposing deferred acceptance, version 1"
Match = dict[str, str | None]
"""For every startup the challenge that it is matched with, or nothing."""


class BadMarket(ValueError):
    """A list names somebody twice or somebody who is not there, or a number of places is negative."""


@dataclass(frozen=True)
class Market:
    """Who ranks whom, best first, and how many places each challenge has. Whoever is not in a list is not acceptable to its writer."""

    startups: Mapping[str, Sequence[str]]
    challenges: Mapping[str, Sequence[str]]
    places: Mapping[str, int]
    minimums: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what could not be matched: ties cannot be written, and nobody is ranked who is not there."""
        _refuse_bad_lists(self.startups, self.challenges)
        _refuse_bad_lists(self.challenges, self.startups)
        if set(self.places) != set(self.challenges) or any(places < 0 for places in self.places.values()):
            raise BadMarket("every challenge has a number of places, which is not negative")

    @cached_property
    def standing(self) -> dict[str, dict[str, int]]:
        """Of each challenge: on which place of its list each startup stands, the best on 0."""
        return {
            name: {startup: place for place, startup in enumerate(ranks)} for name, ranks in self.challenges.items()
        }


def _refuse_bad_lists(lists: Mapping[str, Sequence[str]], others: Mapping[str, Sequence[str]]) -> None:
    for name, ranks in lists.items():
        if len(set(ranks)) != len(ranks):
            raise BadMarket(f"{name} ranks somebody twice")
        if strange := [each for each in ranks if each not in others]:
            raise BadMarket(f"{name} ranks {strange[0]}, who is not there")


def match(market: Market) -> Match:
    """The stable match that is best for every startup; the order in which anybody is written down changes nothing.

    Each pair is asked about at most once, so it takes no longer than all lists together are long.
    """
    standing = market.standing
    next_choice = dict.fromkeys(market.startups, 0)
    # What a challenge holds, as a heap with the one that it ranks lowest on top.
    held: dict[str, list[tuple[int, str]]] = {name: [] for name in market.challenges}
    found: Match = dict.fromkeys(market.startups)
    asking = sorted(market.startups)
    while asking:
        startup = asking.pop()
        ranks = market.startups[startup]
        if next_choice[startup] == len(ranks):
            continue
        challenge = ranks[next_choice[startup]]
        next_choice[startup] += 1
        refused = _ask(startup, standing[challenge], held[challenge], market.places[challenge])
        if refused != startup:
            found[startup] = challenge
        if refused is not None:
            found[refused] = None
            asking.append(refused)
    return found


def _ask(startup: str, standing: Mapping[str, int], held: list[tuple[int, str]], places: int) -> str | None:
    """A startup asks a challenge; whoever has to ask on, which may be the startup itself."""
    if startup not in standing or places == 0:
        return startup
    entry = (-standing[startup], startup)
    if len(held) < places:
        heappush(held, entry)
        return None
    return heappushpop(held, entry)[1]


def members(market: Market, found: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Of each challenge: its startups, those that it ranks highest first."""
    standing = market.standing
    those: dict[str, list[str]] = {name: [] for name in market.challenges}
    for startup, challenge in found.items():
        if challenge is not None:
            those[challenge].append(startup)
    last = len(market.startups)
    return {name: sorted(each, key=lambda s: (standing[name].get(s, last), s)) for name, each in those.items()}


@dataclass(frozen=True, order=True)
class Pair:
    """A startup and a challenge."""

    startup: str
    challenge: str


def unacceptable(market: Market, found: Mapping[str, str | None]) -> list[Pair]:
    """Pairs in a match of whom one did not rank the other."""
    standing = market.standing
    return sorted(
        Pair(startup, challenge)
        for startup, challenge in found.items()
        if challenge is not None and (challenge not in market.startups[startup] or startup not in standing[challenge])
    )


def blocking(market: Market, found: Mapping[str, str | None]) -> list[Pair]:
    """Pairs who would rather have each other than what a match gives them: in a stable match there are none."""
    standing, those = market.standing, members(market, found)
    pairs = []
    for startup, ranks in market.startups.items():
        for challenge in ranks:
            if found.get(startup) == challenge:
                break
            if startup in standing[challenge] and _would_take(
                market, standing[challenge], those[challenge], challenge, startup
            ):
                pairs.append(Pair(startup, challenge))
    return sorted(pairs)


def _would_take(
    market: Market, standing: Mapping[str, int], those: Sequence[str], challenge: str, startup: str
) -> bool:
    if len(those) < market.places[challenge]:
        return True
    last = len(market.startups)
    return market.places[challenge] > 0 and any(standing.get(each, last) > standing[startup] for each in those)


def overfull(market: Market, found: Mapping[str, str | None]) -> list[str]:
    """Challenges with more startups than places."""
    return sorted(name for name, those in members(market, found).items() if len(those) > market.places[name])


def is_stable(market: Market, found: Mapping[str, str | None]) -> bool:
    """Whether everybody accepts what they have, no challenge is too full, and no pair would rather have each other."""
    return not (unacceptable(market, found) or overfull(market, found) or blocking(market, found))


def below_minimum(market: Market, found: Mapping[str, str | None]) -> list[str]:
    """Challenges that take part with fewer startups than they need.

    No other stable match fills them better: every stable match fills each challenge that has places left with the same startups
    (Roth, "On the Allocation of Residents to Rural Hospitals", Econometrica 54, 1986). So it is for people to decide: to
    go ahead with fewer, or to close the challenge and match again.
    """
    those = members(market, found)
    return sorted(
        name
        for name, least in market.minimums.items()
        if market.places.get(name, 0) > 0 and len(those.get(name, ())) < least
    )


def without(market: Market, startups: Iterable[str]) -> Market:
    """The same market after some startups went away."""
    gone = set(startups)
    return Market(
        {name: ranks for name, ranks in market.startups.items() if name not in gone},
        {name: [each for each in ranks if each not in gone] for name, ranks in market.challenges.items()},
        dict(market.places),
        dict(market.minimums),
    )
