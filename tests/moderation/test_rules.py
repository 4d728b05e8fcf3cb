"""What is fair, by the thousand: what reports weigh, what a wave is, which texts are alike, what may be printed."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.moderation.rules import figures, likeness, newcomers, waves
from civic.moderation.rules.figures import Period, period_of, quarter_of, together
from civic.moderation.rules.house_rules import KEYS
from civic.moderation.rules.weighing import LEAST_FOLD, UNPROVEN_MOST, Weighed, counted, folds, weight_of
from civic.moderation.wording import HOUSE_RULES
from tests.conftest import NOW

OLD = NOW - timedelta(days=400)


def test_every_house_rule_has_a_name_and_a_sentence():
    assert tuple(HOUSE_RULES) == KEYS


# Weight.


@pytest.mark.parametrize(
    ("upheld", "decided", "days", "weight"),
    [
        (0, 0, 400, 100),
        (0, 0, 0, 25),
        (0, 0, 20, 50),
        (1, 1, 400, 120),
        (0, 1, 400, 80),
        (40, 40, 400, 191),
        (0, 40, 400, 9),
        (20, 40, 400, 100),
    ],
)
def test_what_a_report_weighs(upheld, decided, days, weight):
    made = NOW - timedelta(days=days)
    assert weight_of(upheld=upheld, decided=decided, created_at=made, now=NOW) == weight


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 2000))
def test_a_better_record_never_weighs_less_and_an_older_account_never_less(upheld, dismissed, days):
    made, decided = NOW - timedelta(days=days), upheld + dismissed

    def weight(up=upheld, of=decided, at=made):
        return weight_of(upheld=up, decided=of, created_at=at, now=NOW)

    assert 1 <= weight() <= 200
    assert weight(up=upheld + 1, of=decided + 1) >= weight()
    assert weight(of=decided + 1) <= weight()
    assert weight(at=made - timedelta(days=30)) >= weight()


reports = st.lists(st.tuples(st.integers(1, 200), st.booleans()), max_size=60).map(
    lambda many: [Weighed(number, weight, proven) for number, (weight, proven) in enumerate(many)]
)


@given(reports, st.randoms(use_true_random=False))
def test_nobody_counts_more_than_they_weigh_and_a_cohort_counts_as_one(many, chance):
    cohort = frozenset(each.number for each in many if chance.random() < 0.5)
    counts = counted(many, [cohort])
    assert set(counts) == {each.number for each in many}
    assert all(0 <= counts[each.number] <= each.weight for each in many)
    inside = [each.weight for each in many if each.number in cohort]
    assert sum(counts[number] for number in cohort) <= max(inside, default=0)
    assert sum(counts.values()) <= sum(counted(many).values()) + UNPROVEN_MOST


@given(st.lists(st.integers(1, 200), max_size=300))
def test_people_without_a_record_never_fold_a_text_however_many_they_are(weights):
    counts = counted([Weighed(number, weight, False) for number, weight in enumerate(weights)])
    assert sum(counts.values()) <= UNPROVEN_MOST
    assert not folds(sum(counts.values()), threshold=0, seen=False)


def test_a_text_is_never_folded_below_the_least_nor_after_a_moderator_saw_it():
    assert not folds(LEAST_FOLD - 1, threshold=100, seen=False)
    assert folds(LEAST_FOLD, threshold=100, seen=False)
    assert not folds(10_000, threshold=300, seen=True)


# Waves.


def reported(people, *, made=lambda n: OLD - timedelta(days=40 * n), at=lambda n: NOW + timedelta(minutes=n)):
    return [waves.Reported(n, n, at(n), made(n)) for n in range(people)]


def test_accounts_made_together_that_report_together_are_one_voice():
    puppets = reported(200, made=lambda n: OLD + timedelta(minutes=9 * n))
    assert waves.cohorts(puppets) == [frozenset(range(200))]


def test_people_who_came_at_different_times_are_no_wave():
    assert waves.cohorts(reported(50)) == []


def test_four_are_no_wave_and_five_are():
    together_ = lambda n: OLD + timedelta(hours=n)  # noqa: E731
    assert waves.cohorts(reported(4, made=together_)) == []
    assert waves.cohorts(reported(5, made=together_)) == [frozenset(range(5))]


def test_reports_far_apart_in_time_are_no_wave():
    spread = reported(20, made=lambda n: OLD, at=lambda n: NOW + timedelta(hours=7 * n))
    assert waves.cohorts(spread) == []


def test_one_person_who_reports_much_is_no_wave():
    one = [waves.Reported(n, 1, NOW, OLD) for n in range(30)]
    assert waves.cohorts(one) == []


def test_people_who_always_report_the_same_are_one_voice():
    always = frozenset({"remark:1", "remark:2", "remark:3", "remark:4"})
    earlier = {0: always, 1: always, 2: always | {"remark:5"}, 3: frozenset({"remark:9", "remark:8", "remark:7"})}
    assert waves.cohorts(reported(5), earlier) == [frozenset({0, 1, 2})]
    # Two are not yet a group, and one thing in common is chance.
    assert waves.cohorts(reported(2), {0: always, 1: always}) == []
    assert waves.cohorts(reported(4), {n: frozenset({"remark:1"}) for n in range(4)}) == []


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4000), st.integers(0, 3000)), max_size=60),
    st.randoms(use_true_random=False),
)
def test_each_report_stands_in_one_cohort_at_most_whatever_their_order(many, chance):
    every = [
        waves.Reported(n, who, NOW + timedelta(minutes=at), OLD + timedelta(hours=made))
        for n, (who, at, made) in enumerate(many)
    ]
    groups = waves.cohorts(every)
    numbers = [number for group in groups for number in group]
    assert len(numbers) == len(set(numbers)) and all(len(group) >= 2 for group in groups)
    shuffled = every[:]
    chance.shuffle(shuffled)
    assert set(waves.cohorts(shuffled)) == set(groups)


# Likeness.

LONG = "The bandstand in the park needs a new roof, and the benches around it want painting before the summer comes."


@pytest.mark.parametrize(
    "copy",
    [
        LONG.upper(),
        LONG.replace(" ", "  ").replace(",", " –"),
        "\u200b".join(LONG),
        LONG.replace("summer", "spring"),
        LONG + " Please!",
        LONG.replace("a", "ａ"),
    ],
)
def test_nearly_the_same_words_are_alike_and_found(copy):
    assert likeness.are_alike(LONG, copy)
    assert set(likeness.marks(LONG)) & set(likeness.marks(copy))


@pytest.mark.parametrize(
    "other",
    [
        "I agree with this, the bandstand should have been mended long ago, and so should the fountain.",
        "The benches want painting.",
        "",
        "💚" * 80,
    ],
)
def test_other_words_are_not_alike(other):
    assert not likeness.are_alike(LONG, other)


def test_short_texts_are_never_copies_but_are_the_same_when_said_again():
    assert not likeness.are_alike("I agree with this", "I agree with this") and likeness.marks("I agree") == []
    assert likeness.said(" Lovely! ") == likeness.said("lovely") != likeness.said("lonely")
    assert likeness.said("👍 👍") == likeness.said("👍👍") != likeness.said("👎👎")


@given(st.text(max_size=400), st.text(max_size=400))
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    share = likeness.likeness(likeness.pieces(one), likeness.pieces(other))
    assert 0 <= share <= 1 and share == likeness.likeness(likeness.pieces(other), likeness.pieces(one))
    if likeness.pieces(one):
        assert likeness.are_alike(one, one) and len(likeness.marks(one)) == likeness.MARKS
        assert all(0 <= mark < 2**63 for mark in likeness.marks(one))


def test_changed_copies_are_found_by_their_marks_nearly_always():
    chance, words = Random(7), [f"word{n}" for n in range(400)]
    found = tried = 0
    for _round in range(200):
        text = " ".join(chance.choices(words, k=60)).split()
        changed = text[:]
        changed[chance.randrange(60)] = "otherwise"
        one, other = " ".join(text), " ".join(changed)
        if likeness.are_alike(one, other):
            tried += 1
            found += bool(set(likeness.marks(one)) & set(likeness.marks(other)))
    assert tried > 150 and found >= 0.97 * tried


# Links and newcomers.


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see https://example.com/a and http://b.org", 2),
        ("www.example.com", 1),
        ("cheap at example.shop today", 1),
        ("EXAMPLE.COM", 1),
        ("It ended at 5.30 p.m. in the park.We went home", 0),
        ("write to me@example.com", 0),
        ("Node.js and e.g. this", 0),
        ("", 0),
    ],
)
def test_what_is_a_link(text, links):
    assert newcomers.links_in(text) == links == len(newcomers.links_of(text))


def test_an_account_is_new_for_so_many_days():
    assert newcomers.is_newcomer(NOW - timedelta(days=2), NOW, 3)
    assert not newcomers.is_newcomer(NOW - timedelta(days=3), NOW, 3)
    assert not newcomers.is_newcomer(NOW, NOW, 0)


# What may be printed.


@given(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 60)))
def test_no_part_of_a_printed_breakdown_is_smaller_than_ten_and_nothing_is_lost(counts):
    parts = together(counts)
    assert all(n >= figures.SMALLEST for _keys, n in parts)
    assert sum(n for _keys, n in parts) in (0, sum(counts.values()))
    if not parts:
        assert sum(counts.values()) < figures.SMALLEST
    for keys, n in parts:
        assert sum(counts[key] for key in keys) == n
        # A part that hides small numbers hides at least two kinds, so that none can be worked out.
        assert len(keys) > 1 or counts[keys[0]] >= figures.SMALLEST


@pytest.mark.parametrize(("n", "seen"), [(0, 0), (1, None), (9, None), (10, 10)])
def test_a_number_from_one_to_nine_is_not_printed(n, seen):
    assert figures.printed(n) == seen


@given(st.integers(0, 9), st.integers(10, 500))
def test_a_small_number_of_one_quarter_cannot_be_worked_out_from_the_year(small, large):
    year = figures.printed(small + large, exact=False)
    assert year is not None and year % 10 == 0
    assert abs(year - large - small) <= 5


def test_periods_follow_each_other_without_a_gap():
    quarter = quarter_of(date(2026, 11, 23))
    assert quarter.key == "2026-Q4" and period_of("2026-Q4") == quarter
    for _each in range(12):
        assert quarter.before().ends_at == quarter.starts_at
        quarter = quarter.before()
    assert Period(2026).ends_at == Period(2027).starts_at and Period(2026).before() == Period(2025)
    assert [period_of(bad) for bad in ("", "2026-Q5", "1999", "2026-Q1 ", "²026")] == [None] * 5
