"""Why a match came out as it did, for each startup and each challenge: codes and facts, which wording turns into sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from civic.challenge.matching.rules.stable import Market, members


@dataclass(frozen=True)
class Why:
    """What became of one choice: the other side's name, on which place of one's own list it stands (0: not in it), and the code.

    To startups: matched, not_yours (they did not rank it), closed, not_ranked (the partner did not rank them), filled (by startups
    that the partner ranked higher), not_needed (they have a choice that they ranked higher), added and taken (by an override).
    To partners: matched, not_theirs (they did not rank it), filled, elsewhere (it has a challenge that it ranked higher,
    or did not rank this one: which of both is its own affair), withheld (the challenge was closed), added, taken.
    """

    name: str
    place: int
    code: str


def for_startup(
    market: Market, found: Mapping[str, str | None], startup: str, offered: Iterable[str], final: str | None
) -> list[Why]:
    """Each challenge that a startup could rank: its own choices in order, then those that it left out.

    `found` is the stable match; `final` what was decided, which differs only by an override.
    """
    ranks, standing = market.startups.get(startup, ()), market.standing
    mine, is_reached, said = found.get(startup), False, []
    for place, challenge in enumerate(ranks, 1):
        if challenge in (final, mine):
            code = "matched" if mine == final else "added" if challenge == final else "taken"
        elif is_reached:
            code = "not_needed"
        elif market.places[challenge] == 0:
            code = "closed"
        else:
            code = "filled" if startup in standing[challenge] else "not_ranked"
        is_reached = is_reached or challenge == mine
        said.append(Why(challenge, place, code))
    return said + [
        Why(each, 0, "added" if each == final else "not_yours") for each in sorted(offered) if each not in ranks
    ]


def for_challenge(
    market: Market, found: Mapping[str, str | None], challenge: str, offered: Iterable[str], final: Iterable[str]
) -> list[Why]:
    """Each startup that a partner could rank: its own choices in order, then those that it left out."""
    ranks, decided = market.challenges.get(challenge, ()), set(final)
    those = set(members(market, found).get(challenge, ()))
    said = [
        Why(startup, place, _to_partner(market, found, challenge, startup, startup in those, startup in decided))
        for place, startup in enumerate(ranks, 1)
    ]
    return said + [
        Why(each, 0, "added" if each in decided else "not_theirs") for each in sorted(offered) if each not in ranks
    ]


def _to_partner(
    market: Market, found: Mapping[str, str | None], challenge: str, startup: str, is_found: bool, is_final: bool
) -> str:
    if is_found or is_final:
        return "matched" if is_found and is_final else "added" if is_final else "taken"
    if market.places[challenge] == 0:
        return "withheld"
    choices = list(market.startups.get(startup, ()))
    theirs = found.get(startup)
    is_elsewhere = challenge not in choices or (theirs is not None and choices.index(theirs) < choices.index(challenge))
    return "elsewhere" if is_elsewhere else "filled"


def choice_of(market: Market, startup: str, final: str | None) -> int:
    """Which of its choices a startup got: 1 for its first, 0 for none."""
    ranks = list(market.startups.get(startup, ()))
    return ranks.index(final) + 1 if final in ranks else 0
