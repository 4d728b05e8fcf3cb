"""A crowd for the demo: how much each backer promises, and what they say."""

from random import Random

USUAL = (5, 10, 10, 15, 20, 20, 20, 25, 25, 30, 40, 50, 50, 75, 100, 100, 150, 250)  # pounds
WORDS = (
    "Good luck from number 14.",
    "My gran would have loved this.",
    "For the children on our stairs.",
    "We walk past every day. About time!",
    "Happy to lend a hand with the painting, too.",
    "From all of us at the bakery.",
    "Here is to neighbours.",
    "I moved away ten years ago and still miss this street.",
)


def amounts(total: int, backers: int, chance: Random) -> list[int]:
    """Pledges in whole pounds, at least one each, that sum to exactly `total`; raises ValueError where they cannot."""
    if backers < 1 or total < backers:
        raise ValueError("at least a pound from each backer")
    wanted = [chance.choice(USUAL) * chance.uniform(0.75, 1.35) for _ in range(backers)]
    scale = total / sum(wanted)
    made = [max(1, round(each * scale / 5) * 5 if each * scale > 10 else round(each * scale)) for each in wanted]
    step = 1 if sum(made) < total else -1
    while (missing := total - sum(made)) != 0:
        index = chance.randrange(backers)
        change = step * min(abs(missing), 5)
        if made[index] + change >= 1:
            made[index] += change
    return made
