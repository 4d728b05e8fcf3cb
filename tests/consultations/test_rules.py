"""What is fair, case by case: Gunning's principles, London's days, four eyes, and the sums of the report card."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import median

import pytest

from civic.consultations import wording
from civic.consultations.rules import choices, dates, gunning, outcome, report_card
from civic.core.clock import in_london, london_minute, london_today

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FAIR = gunning.Facts(
    can_change="Which streets come first.",
    background="Summers grow hotter.",
    decision_maker="The Mayor",
    has_officer=True,
    opens_at=london_minute(date(2027, 1, 11), "09:00"),
    closes_at=london_minute(date(2027, 3, 7)),
    decision_on=date(2027, 5, 3),
    equality_note="Older people suffer most.",
    documents=frozenset({("summary", "en"), ("summary", "pl")}),
    activities=(gunning.Holds("survey:1", True),),
    quiet=((date(2028, 3, 23), date(2028, 5, 4)),),
)
TABLE = {
    "no_can_change": {"can_change": " \n"},
    "decided_already": {"decided_already": True},
    "no_background": {"background": ""},
    "no_equality": {"equality_note": ""},
    "no_opening_date": {"opens_at": None},
    "no_closing_date": {"closes_at": None},
    "closes_in_the_past": {"opens_at": NOW - timedelta(days=90), "closes_at": NOW, "decision_on": None},
    "closes_before_opening": {"opens_at": london_minute(date(2027, 3, 8), "09:00")},
    "no_decision_maker": {"decision_maker": ""},
    "no_officer": {"has_officer": False},
    "no_activity": {"activities": ()},
    "hidden_activity": {"activities": (gunning.Holds("survey:1", False),)},
    "decided_before_closing": {"decision_on": date(2027, 3, 7)},
    "no_documents": {"documents": frozenset()},
    "one_language": {"documents": frozenset({("summary", "en")})},
    "short_run": {"closes_at": london_minute(date(2027, 2, 20))},
    "august": {
        "opens_at": london_minute(date(2027, 8, 31), "09:00"),
        "closes_at": london_minute(date(2027, 10, 31)),
        "decision_on": None,
    },
    "christmas": {"opens_at": london_minute(date(2027, 1, 3), "09:00")},
    "pre_election": {
        "opens_at": london_minute(date(2028, 1, 20), "09:00"),
        "closes_at": london_minute(date(2028, 3, 23)),
        "decision_on": None,
    },
    "activity_shorter": {"activities": (gunning.Holds("survey:1", True, closes_at=london_minute(date(2027, 3, 1))),)},
    "activity_longer": {"activities": (gunning.Holds("survey:1", True, closes_at=london_minute(date(2027, 3, 8))),)},
    "hurried_decision": {"decision_on": date(2027, 3, 20)},
}
AND_ALSO = {"no_documents": {"one_language"}}


def codes(facts: gunning.Facts, now: datetime = NOW) -> set[str]:
    return {point.code for point in gunning.points(facts, now)}


def test_a_fair_consultation_has_nothing_against_it():
    assert codes(FAIR) == set()


@pytest.mark.parametrize("code", sorted(TABLE))
def test_each_rule_finds_its_own_fault_and_no_other(code):
    assert codes(replace(FAIR, **TABLE[code])) == {code} | AND_ALSO.get(code, set())


def test_the_table_names_every_rule_and_every_rule_has_its_sentence_and_its_source():
    assert set(TABLE) == set(wording.BLOCKS) | set(wording.WARNINGS)
    for code, facts in TABLE.items():
        for point in gunning.points(replace(FAIR, **facts), NOW):
            assert point.blocks is (point.code in wording.BLOCKS), code
            assert point.source in wording.SOURCES


def test_blocks_come_before_what_needs_a_reason():
    found = gunning.points(gunning.Facts(), NOW)
    assert [point.blocks for point in found] == sorted((point.blocks for point in found), reverse=True)
    assert set(gunning.blocks(found)) >= {"no_can_change", "no_closing_date", "no_activity", "no_decision_maker"}


def test_an_equality_impact_assessment_stands_in_for_the_note():
    papers = FAIR.documents | {("equality", "en")}
    assert codes(replace(FAIR, equality_note="", documents=papers)) == set()


def test_days_are_counted_from_the_first_to_the_last_on_which_one_can_take_part():
    opens = london_minute(date(2027, 1, 11), "09:00")
    assert dates.days_open(opens, london_minute(date(2027, 1, 11))) == 1
    assert dates.days_open(opens, london_minute(date(2027, 1, 13), "00:00")) == 2
    six_weeks = london_minute(date(2027, 2, 21))
    assert dates.days_open(opens, six_weeks) == 42
    assert "short_run" not in codes(replace(FAIR, closes_at=six_weeks))
    assert "short_run" in codes(replace(FAIR, closes_at=six_weeks - timedelta(days=1)))


@pytest.mark.parametrize(
    ("first", "last", "august", "christmas"),
    (
        (date(2027, 6, 1), date(2027, 7, 31), False, False),
        (date(2027, 6, 1), date(2027, 8, 1), True, False),
        (date(2027, 8, 31), date(2027, 9, 30), True, False),
        (date(2027, 9, 1), date(2027, 12, 19), False, False),
        (date(2027, 9, 1), date(2027, 12, 20), False, True),
        (date(2027, 1, 3), date(2027, 2, 3), False, True),
        (date(2027, 1, 4), date(2027, 2, 3), False, False),
        (date(2026, 9, 1), date(2027, 9, 1), True, True),
    ),
)
def test_august_and_christmas_are_met_by_a_single_day(first, last, august, christmas):
    assert (gunning.meets_august(first, last), gunning.meets_christmas(first, last)) == (august, christmas)


# The clock.


@pytest.mark.parametrize(
    ("closes_on", "due_on"),
    (
        (date(2026, 1, 15), date(2026, 4, 9)),  # the clocks go forward on 29 March
        (date(2026, 8, 20), date(2026, 11, 12)),  # and back on 25 October
        (date(2026, 3, 28), date(2026, 6, 20)),
        (date(2026, 10, 25), date(2027, 1, 17)),
        (date(2027, 12, 10), date(2028, 3, 3)),  # over a 29 February
    ),
)
def test_the_answer_is_due_twelve_london_weeks_after_closing_whatever_the_clocks_do(closes_on, due_on):
    due = dates.due_at(london_minute(closes_on))
    assert (london_today(due), f"{in_london(due):%H:%M}") == (due_on, "23:59")


def test_it_is_overdue_only_when_the_promised_day_is_over():
    closes = london_minute(date(2026, 8, 20))
    due = dates.due_at(closes)
    assert not dates.is_overdue("considering", closes, due)
    assert dates.is_overdue("considering", closes, due + timedelta(minutes=1))
    assert not dates.is_overdue("answered", closes, due + timedelta(days=9))
    assert [dates.days_over(closes, due + timedelta(days=n)) for n in (-1, 0, 1, 30)] == [0, 0, 1, 30]


def test_reminders_come_in_the_eighth_the_eleventh_and_the_twelfth_week():
    closes = london_minute(date(2026, 9, 1))
    seen = [dates.reminder(closes, closes + timedelta(weeks=week)) for week in range(14)]
    assert seen == [None] * 8 + [8, 8, 8, 11, 12, 12]


def test_the_stage_is_what_the_clock_says_whatever_was_noted():
    opens, closes = NOW, NOW + timedelta(days=50)
    minute = timedelta(minutes=1)
    for status, at, stage in (
        ("coming_up", opens - minute, "coming_up"),
        ("coming_up", opens, "open"),
        ("coming_up", closes, "considering"),
        ("open", closes - minute, "open"),
        ("open", closes, "considering"),
        ("draft", closes, "draft"),
        ("withdrawn", opens, "withdrawn"),
        ("answered", closes, "answered"),
    ):
        assert dates.stage(status, opens, closes, at) == stage, (status, at)


def test_a_short_run_never_closes_soon_on_the_day_it_opens():
    opens = NOW
    assert not dates.closes_soon(opens, opens + timedelta(days=5), opens + timedelta(days=1))
    assert dates.closes_soon(opens, opens + timedelta(days=40), opens + timedelta(days=34))
    assert not dates.closes_soon(opens, opens + timedelta(days=40), opens + timedelta(days=32))
    assert not dates.closes_soon(opens, opens + timedelta(days=40), opens + timedelta(days=40))


# Four eyes.


@pytest.mark.parametrize("roles", (("researcher",), ("approver",), ("researcher", "approver")))
def test_whoever_had_a_hand_in_it_does_not_sign(roles):
    assert outcome.may_sign(7, roles, writers=(1, 2), submitted_by=2)
    assert not outcome.may_sign(7, roles, writers=(1, 7), submitted_by=2)
    assert not outcome.may_sign(7, roles, writers=(1,), submitted_by=7)


@pytest.mark.parametrize("roles", ((), ("moderator",), ("administrator",), ("finance_officer", "assessor")))
def test_other_roles_do_not_sign(roles):
    assert not outcome.may_sign(7, roles, writers=(), submitted_by=2)


def test_an_outcome_lacks_what_nobody_can_read_from_it():
    assert outcome.lacks(outcome.Outcome("", frozenset(), frozenset(), frozenset())) == [
        "no_summary", "no_themes", "no_decisions",
    ]  # fmt: skip
    both = outcome.Outcome("In short.", frozenset({1, 2}), frozenset({5, 6}), frozenset({(1, 5)}))
    assert outcome.lacks(both) == ["theme_without_decision", "decision_without_theme"]
    assert outcome.lacks(replace(both, ties=frozenset({(1, 5), (2, 6)}))) == []
    assert outcome.lacks(replace(both, ties=frozenset({(1, 5), (2, 5), (1, 6)}))) == []


@pytest.mark.parametrize("fate", (*choices.FATES, "burnt"))
def test_a_no_needs_its_reason(fate):
    expected = "unknown" if fate == "burnt" else "why" if fate in choices.NEED_WHY else ""
    assert outcome.fate_faults(fate, "short") == expected
    assert outcome.fate_faults(fate, "because there is no money") == ("unknown" if fate == "burnt" else "")


# The report card.


def test_the_report_card_is_what_a_slow_count_finds():
    chance = Random(1)
    for _ in range(200):
        lines = []
        for number in range(chance.randrange(12)):
            closes = NOW - timedelta(days=chance.randrange(1, 300), hours=chance.randrange(24))
            answered = chance.choice((None, closes + timedelta(days=chance.randrange(1, 200))))
            given = chance.choice((0, chance.randrange(1, 900)))
            fate = chance.randrange(given + 1) if answered else 0
            lines.append(report_card.Line(f"c{number}", "?", "en", closes, answered, given, fate))
        card = report_card.card(lines, NOW)
        days = [(london_today(x.answered_at) - london_today(x.closes_at)).days for x in lines if x.answered_at]
        late = [x for x in lines if not x.answered_at and (london_today(NOW) - london_today(x.closes_at)).days > 84]
        assert card.median_days == (median(days) if days else None)
        assert {x.slug for x in card.overdue} == {x.slug for x in late}
        assert card.in_time == sum(number <= 84 for number in days)
        total = sum(x.given for x in lines)
        assert card.share == (sum(x.with_fate for x in lines) / total if total else None)
