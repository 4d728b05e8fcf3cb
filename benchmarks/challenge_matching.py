"""`python -m benchmarks.challenge_matching [startups] [challenges]`: how long a match takes, and its reasons for everybody.

The goal: 500 startups × 60 challenges, every one of them ranked by everybody, in at most one second each.
"""

import json
import random
import sys
from time import process_time

from civic.challenge.matching.rules import stable
from civic.challenge.matching.rules.explaining import for_challenge, for_startup
from civic.challenge.matching.rules.stable import Market
from civic.challenge.matching.rules.whatif import Change, compared

GOAL = 1.0  # seconds of the processor
ROUNDS = 5


def market(startups: int, challenges: int, seed: int, *, alike: bool) -> Market:
    """Everybody ranks everybody; `alike`: all startups want the same, which is the most work."""
    dice = random.Random(seed)
    s, c = [f"s{n}" for n in range(startups)], [f"c{n}" for n in range(challenges)]
    same = dice.sample(c, challenges)
    return Market(
        {each: same if alike else dice.sample(c, challenges) for each in s},
        {each: dice.sample(s, startups) for each in c},
        dict.fromkeys(c, max(1, startups // challenges)),
    )


def least(act, *arguments) -> tuple[float, object]:
    """The quickest of some rounds, and what came of it."""
    best, found = float("inf"), None
    for _ in range(ROUNDS):
        began = process_time()
        found = act(*arguments)
        best = min(best, process_time() - began)
    return best, found


def reasons(here: Market, found: dict) -> int:
    """Every reason of everybody."""
    those = stable.members(here, found)
    told = sum(len(for_startup(here, found, each, here.challenges, found[each])) for each in list(here.startups)[:20])
    return told + sum(len(for_challenge(here, found, each, here.startups, those[each])) for each in here.challenges)


def main() -> int:
    """Match, check, explain, think again; the figures."""
    startups, challenges = (int(n) for n in (*sys.argv[1:], *("500", "60")[len(sys.argv) - 1 :]))
    figures = {}
    for name, alike in (("by chance", False), ("all want the same", True)):
        here = market(startups, challenges, 7, alike=alike)
        matching, found = least(stable.match, here)
        checking, blocked = least(stable.blocking, here, found)
        thinking, _ = least(compared, here, Change(closed=frozenset({"c0"})))
        telling, _ = least(reasons, here, found)
        assert not blocked
        figures[name] = {
            "match": round(matching, 4), "check": round(checking, 4), "what if": round(thinking, 4),
            "reasons of every challenge and 20 startups": round(telling, 4),
        }  # fmt: skip
    print(json.dumps({"startups": startups, "challenges": challenges, "seconds": figures, "goal": GOAL}, indent=1))
    return 0 if all(each["match"] <= GOAL for each in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
