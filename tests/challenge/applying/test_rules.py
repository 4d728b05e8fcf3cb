"""Applying's arithmetic: conditions, questions, the last result, reminders, what a call lacks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.challenge.applying.rules import calls, eligibility, questions, ranking, reminding
from civic.challenge.applying.rules.choices import told_status
from civic.challenge.applying.rules.eligibility import Facts

WHOLE = Facts(
    organisation_kind="company", has_number=True, is_verified=True, borough="E09000012", stage="first_users",
    declared=frozenset(eligibility.DECLARED),
)  # fmt: skip
NOON = datetime(2026, 10, 1, 11, tzinfo=UTC)


def finding(kind, facts, value=None):
    return eligibility.check([{"kind": kind, "value": value}], facts)[0]


def test_a_startup_that_meets_everything_is_eligible():
    findings = eligibility.check(eligibility.USUAL, WHOLE)
    assert eligibility.is_eligible(findings) and all(each.why == "" for each in findings)
    assert len(findings) == len(eligibility.USUAL)


@pytest.mark.parametrize(
    ("kind", "facts", "value", "holds", "why"),
    [
        ("organisation_kinds", replace(WHOLE, organisation_kind="public_body"), ["company"], False, "kind"),
        ("registered", replace(WHOLE, has_number=False), None, None, "no_number"),
        ("verified", replace(WHOLE, is_verified=False), None, None, "not_verified"),
        ("in_london", replace(WHOLE, borough=None), None, None, "no_borough"),
        ("stage_at_least", replace(WHOLE, stage=""), "prototype", None, "no_stage"),
        ("stage_at_least", replace(WHOLE, stage="idea"), "prototype", False, "stage"),
        ("no_connection", replace(WHOLE, works_for_us=True), None, False, "works_for_us"),
        ("no_connection", replace(WHOLE, acts_for_partner=True), None, False, "acts_for_partner"),
        *((kind, replace(WHOLE, declared=frozenset()), None, None, "not_declared") for kind in eligibility.DECLARED),
    ],
)
def test_each_condition_says_why_it_does_not_hold(kind, facts, value, holds, why):
    found = finding(kind, facts, value)
    assert (found.holds, found.why) == (holds, why)
    assert eligibility.may_begin([found]) == (holds is not False)
    assert not eligibility.is_eligible([found])


def test_every_kind_can_be_judged_and_every_usual_condition_is_a_kind():
    assert {
        finding(kind, WHOLE, ["company"] if kind == "organisation_kinds" else "idea").holds
        for kind in eligibility.KINDS
    } == {True}
    assert {each["kind"] for each in eligibility.USUAL} <= set(eligibility.KINDS)


def test_a_connection_that_data_show_cannot_be_declared_away():
    assert finding("no_connection", replace(WHOLE, works_for_us=True)).is_no


def test_what_is_missing_is_named_and_a_long_answer_is_too_long():
    whole = {each.key: "word" for each in questions.QUESTIONS}
    assert questions.gaps("A title", whole) == []
    assert questions.gaps(" ", whole) == ["title"]
    assert questions.gaps("A title", whole | {"test": ""}) == ["answer:test"]
    assert questions.gaps("A title", whole | {"evidence": ""}) == []
    assert questions.gaps("A title", whole | {"summary": "word " * 60}) == []
    assert questions.gaps("A title", whole | {"summary": "word " * 61}) == ["words:summary"]


def test_every_gap_leads_to_a_step():
    found = [*questions.gaps("", {}), "profile"]
    assert {questions.step_of(each) for each in found} == {"startup", "about", "solution", "test", "after"}
    assert questions.state_of("test", ["answer:test"], {}) == "new"
    assert questions.state_of("test", ["answer:test"], {"users": "They meet."}) == "missing"
    assert questions.state_of("test", [], {}) == "done"


@pytest.mark.parametrize(
    ("written", "heard", "weight", "final"),
    [
        (8000, None, 50, 8000), (None, 9000, 50, None), (8000, 9000, 50, 8500), (8000, 9001, 50, 8501),
        (8000, 9000, 0, 8000), (8000, 9000, 100, 9000),
    ],
)  # fmt: skip
def test_the_last_result_is_put_together_by_the_published_share(written, heard, weight, final):
    assert ranking.final_of(written, heard, weight) == final


def test_whoever_was_heard_stands_before_whoever_was_not_and_equals_share_a_place():
    found = [
        ranking.Judged(1, "a", 9000), ranking.Judged(2, "b", 6000, 6000), ranking.Judged(3, "c", 7000, 7000),
        ranking.Judged(4, "d", 9000), ranking.Judged(5, "e", None),
    ]  # fmt: skip
    placed = ranking.placed(found, 50, 2)
    assert [(each.number, each.rank) for each in placed] == [(3, 1), (2, 2), (1, 3), (4, 3), (5, None)]
    assert [each.is_within for each in placed] == [True, True, False, False, False]


def test_those_on_either_side_of_the_line_by_three_points_are_near_it():
    placed = ranking.placed([ranking.Judged(n, "x", bps) for n, bps in enumerate((9000, 8000, 7700, 7699), 1)], 50, 2)
    assert [each.is_near for each in placed] == [False, True, True, False]


@given(
    st.lists(st.tuples(st.none() | st.integers(0, 10_000), st.none() | st.integers(0, 10_000)), max_size=12),
    st.integers(0, 100),
    st.integers(1, 5),
    st.randoms(),
)
def test_the_order_does_not_depend_on_the_order_of_the_input(results, weight, places, random):
    found = [ranking.Judged(number, "x", *pair) for number, pair in enumerate(results)]
    mixed = random.sample(found, len(found))
    assert ranking.placed(found, weight, places) == ranking.placed(mixed, weight, places)


def test_writers_hear_a_week_and_a_day_before_the_deadline_and_never_after():
    begun, deadline = NOON - timedelta(days=20), NOON
    assert not reminding.is_due(deadline, begun, None, NOON - timedelta(days=8))
    assert reminding.is_due(deadline, begun, None, NOON - timedelta(days=7))
    told = NOON - timedelta(days=7)
    assert not reminding.is_due(deadline, begun, told, NOON - timedelta(days=2))
    assert reminding.is_due(deadline, begun, told, NOON - timedelta(days=1))
    assert not reminding.is_due(deadline, begun, None, NOON)
    assert not reminding.is_due(deadline, NOON - timedelta(hours=3), None, NOON - timedelta(hours=2))


def test_a_call_says_what_it_lacks():
    facts = {"opens_at": NOON, "closes_at": NOON + timedelta(days=30)}
    assert calls.gaps(facts, challenges=1, is_announced=True, now=NOON) == []
    assert calls.gaps({}, challenges=0, is_announced=False, now=NOON) == [
        "opens_at",
        "closes_at",
        "challenges",
        "programme",
    ]
    assert calls.gaps(facts, challenges=1, is_announced=True, now=NOON + timedelta(days=30)) == ["past"]
    early = facts | {
        "scores_by": date(2026, 10, 30),
        "interviews_on": date(2026, 11, 20),
        "answers_by": date(2026, 11, 10),
    }
    assert calls.gaps(early, challenges=1, is_announced=True, now=NOON) == ["order:scores_by", "order:answers_by"]


def test_an_open_call_moves_its_deadline_only_to_a_later_moment_and_before_it_has_passed():
    may, later = calls.may_change, NOON + timedelta(days=1)
    assert may("open", "closes_at", NOON, later, NOON - timedelta(seconds=1))
    assert not may("open", "closes_at", NOON, later, NOON)
    assert not may("open", "closes_at", later, NOON, NOON - timedelta(days=1))
    assert not may("open", "grant_minor", 1, 2, NOON) and may("draft", "grant_minor", 1, 2, NOON)
    assert not may("open", "conditions", [], [{"kind": "verified"}], NOON)
    assert may("assessing", "answers_by", None, date(2026, 12, 1), NOON)


def test_nobody_hears_of_the_shortlist_before_everybody_does():
    assert told_status("shortlisted", "assessing") == told_status("not_shortlisted", "assessing") == "submitted"
    assert told_status("shortlisted", "shortlisted") == "shortlisted"
    assert told_status("ineligible", "assessing") == "ineligible"
