"""When a brief may become final."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from civic.challenge.rules.brief import BriefFacts, missing, weigh_up

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
WHOLE = BriefFacts("Carers are tired.", "They rest.", "The council buys it.", (60, 40), NOW - timedelta(days=1), 0)


def test_a_whole_brief_lacks_nothing():
    assert missing(WHOLE, NOW) == ()


@pytest.mark.parametrize(
    "change, lacks",
    [
        ({"statement": " "}, "statement"),
        ({"success": ""}, "success"),
        ({"adoption": "\n"}, "adoption"),
        ({"weights": ()}, "criteria"),
        ({"weights": (60, 39)}, "criteria"),
        ({"comments_close_at": None}, "still_open"),
        ({"comments_close_at": NOW + timedelta(seconds=1)}, "still_open"),
        ({"unanswered": 1}, "unanswered"),
    ],
)
def test_each_lack_is_named(change, lacks):
    assert missing(replace(WHOLE, **change), NOW) == (lacks,)


def test_at_the_closing_minute_comments_have_closed():
    assert missing(replace(WHOLE, comments_close_at=NOW), NOW) == ()


def test_weights_share_exactly_a_hundred_and_none_is_nothing():
    chance = Random(6)
    for _ in range(2000):
        cuts = sorted(chance.sample(range(1, 100), chance.randrange(0, 6)))
        weights = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
        assert weigh_up(weights)
        at = chance.randrange(len(weights))
        weights[at] += chance.choice((-1, 1))
        assert not weigh_up(weights)
    assert not weigh_up([]) and not weigh_up([100, 0]) and not weigh_up([150, -50])
