"""Who suits whom, and when is asked: arithmetic that anybody can add up."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from civic.challenge.support.rules.choices import TOPICS
from civic.challenge.support.rules.outcomes import answer_by, months_after, reminders_due
from civic.challenge.support.rules.suggesting import Need, Offer, barrier_to, suggest

NEED = Need(7, frozenset({"pricing", "evidence"}), frozenset({"en", "pl"}), "E09000012")
OFFER = Offer(1, frozenset({"pricing"}), frozenset({"en"}), 180)


def test_points_are_what_the_page_says():
    (found,) = suggest(NEED, [OFFER])
    assert (found.points, found.topics, found.reasons, found.barrier) == (
        10 + 3 + 2 + 3,
        ("pricing",),
        ("topics", "language", "online"),
        "",
    )
    (near,) = suggest(NEED, [Offer(1, NEED.topics, frozenset({"pl"}), 6000, "E09000012", False, startups=2)])
    assert (near.points, near.reasons) == (20 + 3 + 2 + 5 - 4, ("topics", "language", "near"))
    (far,) = suggest(NEED, [Offer(1, frozenset(), frozenset({"pl"}), 59, "E09000001", False)])
    assert (far.points, far.reasons) == (3, ("language",))


def test_what_stands_between_them_comes_first():
    assert barrier_to(NEED, Offer(1, NEED.topics, frozenset({"en"}), 60, conflicts=frozenset({7}))) == "conflict"
    assert barrier_to(NEED, Offer(1, NEED.topics, frozenset({"en"}), 60, paired=True)) == "paired"
    assert barrier_to(NEED, Offer(1, NEED.topics, frozenset({"en"}), 0)) == "no_hours"
    assert barrier_to(NEED, Offer(1, NEED.topics, frozenset({"ar"}), 60)) == "no_language"


offers = st.builds(
    Offer,
    key=st.integers(1, 10_000),
    topics=st.frozensets(st.sampled_from(TOPICS)),
    languages=st.frozensets(st.sampled_from(("en", "pl", "ar"))),
    minutes_left=st.integers(-100, 3000),
    borough=st.sampled_from(("", "E09000012", "E09000001")),
    online=st.booleans(),
    conflicts=st.frozensets(st.sampled_from((7, 8))),
    startups=st.integers(0, 5),
    paired=st.booleans(),
)


@given(st.lists(offers, max_size=12, unique_by=lambda each: each.key), st.randoms())
def test_the_order_is_the_same_however_they_come_and_nobody_is_lost(given_offers, chance):
    mixed = list(given_offers)
    chance.shuffle(mixed)
    found = suggest(NEED, given_offers)
    assert found == suggest(NEED, mixed)
    assert {each.key for each in found} == {each.key for each in given_offers}
    free = [each for each in found if not each.barrier]
    assert found[: len(free)] == free
    assert [each.points for each in free] == sorted((each.points for each in free), reverse=True)
    assert not [
        each for each in free if NEED.startup_id in next(o for o in given_offers if o.key == each.key).conflicts
    ]


def test_months_later_is_the_same_day_or_the_months_last():
    assert months_after(date(2018, 10, 5), 6) == date(2019, 4, 5)
    assert months_after(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert months_after(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert months_after(date(2018, 12, 31), 24) == date(2020, 12, 31)


@given(st.dates(date(2018, 1, 1), date(2090, 1, 1)), st.sampled_from((6, 12, 24)))
def test_months_later_lies_in_the_month_so_many_later(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months and later.day <= day.day


def test_reminders_come_after_two_weeks_and_three_days_before_the_end():
    asked = date(2026, 11, 1)
    counts = [reminders_due(asked, asked + timedelta(days=days)) for days in (0, 13, 14, 24, 25, 40)]
    assert counts == [0, 0, 1, 1, 2, 2] and answer_by(asked) == date(2026, 11, 29)
