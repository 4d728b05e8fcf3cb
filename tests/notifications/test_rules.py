"""Which way news goes, and when: every combination, and the weeks in which the clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

import pytest

from civic.core.clock import in_london
from civic.notifications import rules
from civic.notifications.rules import PACES, WAYS, Wishes, grouped, is_spent, next_morning, next_weekly, way

BOTH = (False, True)
EVERY = [Wishes(*each) for each in product(BOTH, repeat=3)]
THURSDAY = ("thursday", "08:00")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(("pace", "wishes", "took_part"), list(product(PACES, EVERY, BOTH)))
def test_what_is_owed_cannot_be_chosen_away(pace, wishes, took_part):
    assert way(owed=True, took_part=took_part, pace=pace, wishes=wishes) == "owed"


@pytest.mark.parametrize(("pace", "wishes", "took_part"), list(product(PACES, EVERY, BOTH)))
def test_news_is_sent_at_its_pace_unless_something_that_was_chosen_keeps_it_on_the_page(pace, wishes, took_part):
    kept = (
        pace == "never"
        or wishes.paused
        or (wishes.only_mine and not took_part)
        or (wishes.no_weekly and pace == "weekly")
    )
    assert way(owed=False, took_part=took_part, pace=pace, wishes=wishes) == ("page" if kept else pace)


def test_each_way_has_its_moment():
    monday = at(2026, 11, 23, 12)
    assert [rules.due_at(each, monday, THURSDAY) for each in WAYS] == [
        monday,
        monday + timedelta(minutes=5),
        at(2026, 11, 26, 8),
        None,
    ]


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (at(2026, 11, 26, 7, 59), at(2026, 11, 26, 8)),
        (at(2026, 11, 26, 8), at(2026, 12, 3, 8)),
        (at(2026, 11, 27, 0), at(2026, 12, 3, 8)),
        # Summer time ends on 25 October 2026 and begins on 28 March 2027: eight o'clock stays eight o'clock in London.
        (at(2026, 10, 22, 6, 59), at(2026, 10, 22, 7)),
        (at(2026, 10, 22, 7), at(2026, 10, 29, 8)),
        (at(2027, 3, 25, 8), at(2027, 4, 1, 7)),
        # Half past midnight in London is still yesterday in UTC.
        (at(2026, 7, 1, 23, 30), at(2026, 7, 2, 7)),
    ],
)
def test_the_weekly_letter_leaves_by_the_clocks_of_london(now, leaves):
    assert next_weekly(now, *THURSDAY) == leaves


@pytest.mark.parametrize("day", (24, 25, 26))
@pytest.mark.parametrize("month", ((2026, 10), (2027, 3)))
def test_an_hour_that_comes_twice_or_never_brings_one_letter_a_week(month, day):
    now, moments = at(*month, day), []
    for _ in range(5):
        now = next_weekly(now, "sunday", "01:30")
        moments.append(now)
    days = [in_london(each).date() for each in moments]
    assert [(later - earlier).days for earlier, later in pairwise(days)] == [7] * 4


def test_the_next_letter_is_always_ahead_and_at_most_a_week_and_an_hour():
    now = at(2026, 10, 20)
    for _ in range(24 * 14):
        now += timedelta(hours=1)
        assert now < next_weekly(now, *THURSDAY) <= now + timedelta(days=7, hours=1)


def test_the_day_of_the_budget_is_londons():
    summer_midnight = at(2026, 6, 30, 23)
    before, after = summer_midnight - timedelta(minutes=1), summer_midnight
    assert is_spent([before] * 5, before, 5)
    assert not is_spent([before] * 5, after, 5)
    assert not is_spent([after] * 4, after, 5)
    assert next_morning(before) == at(2026, 7, 1, 7)
    assert next_morning(after) == at(2026, 7, 2, 7)


def test_a_letter_tells_of_each_thing_once_and_of_no_more_than_one_can_read():
    items = [(f"thread:{number % 40}", number) for number in range(400)]
    groups, left_out = grouped(items)
    assert [group.about for group in groups] == [f"thread:{number}" for number in range(rules.THINGS)]
    assert left_out == 10
    assert groups[0].items == (0, 40, 80, 120, 160)
    assert groups[0].more == 5
