"""Steps, ways to begin, what is due, and the beginning of an answer: values in, values out."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from civic.crowdfund.rounds.rules.beginning import Ways, ways
from civic.crowdfund.rounds.rules.dates import Dates, has_come, in_order, may_take
from civic.crowdfund.rounds.rules.due import Facts, due
from civic.crowdfund.rounds.rules.eligibility import Finding, Rule
from civic.crowdfund.rounds.rules.steps import Draft, states, step_of, step_of_gap, steps_of
from civic.crowdfund.rounds.wording.feedback import weakest

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("flags", product((True, False), repeat=5))
def test_a_draft_has_the_steps_that_it_needs(flags):
    draft = Draft(*flags)
    steps = steps_of(draft)
    assert steps[0] == "money" and len(set(steps)) == len(steps)
    assert ("project" in steps) is not draft.has_campaign
    assert ("referee" in steps) is (draft.is_of_a_person and draft.asks_referee)
    assert ("public" in steps, "assessors" in steps) == (draft.has_public, draft.has_private)


def test_what_is_missing_belongs_to_a_step():
    publics = frozenset({"difference"})
    assert step_of_gap("ask", publics) == "money" and step_of_gap("borough", publics) == "project"
    assert step_of_gap("answer:difference", publics) == "public" and step_of_gap("words:bank", publics) == "assessors"


def test_a_condition_is_put_right_where_its_facts_are_told():
    steps = ["money", "public", "assessors"]
    assert step_of(Finding(Rule("ask_at_most"), None, "no_ask"), steps, frozenset()) == "money"
    assert step_of(Finding(Rule("referee"), None, "no_referee"), steps, frozenset()) == ""
    assert step_of(Finding(Rule("yes_to", "bank"), None, "not_said_yes"), steps, frozenset({"bank"})) == "public"
    assert step_of(Finding(Rule("yes_to", "bank"), None, "not_said_yes"), steps, frozenset()) == "assessors"
    assert step_of(Finding(Rule("organisation_verified"), False, "not_verified"), steps, frozenset()) == ""


def test_a_step_is_empty_missing_or_done():
    found = [("money", Finding(Rule("turnover_below"), None, "no_turnover"))]
    known = states(["money", "public", "assessors"], {"public": ["answer:x"]}, found, frozenset({"money"}))
    assert known == {"money": "missing", "public": "empty", "assessors": "done"}


@pytest.mark.parametrize(
    "needs_target, conditions, found",
    (
        (True, [], Ways()),
        (False, [], Ways(True, True)),
        (False, [("campaign_live", None)], Ways()),
        (False, [("campaign_closes", None)], Ways()),
        (False, [("organisation_kinds", ["cic"])], Ways(True, False)),
        (False, [("individuals", False)], Ways(True, False)),
        (False, [("individuals", True)], Ways(True, True)),
    ),
)
def test_one_may_begin_as_the_tiers_allow(needs_target, conditions, found):
    assert ways([(needs_target, conditions)]) == found
    assert ways([(True, []), (needs_target, conditions)]) == found


def test_dates_stand_in_order_and_a_day_has_come_when_it_is_over():
    dates = Dates(
        applications_close_at=NOON,
        decided_by=date(2026, 12, 1),
        announced_on=date(2026, 11, 1),
        targets_by=NOON + timedelta(1),
    )
    assert [name for name, _value in in_order(dates)] == [
        "announced_on",
        "applications_close_at",
        "decided_by",
        "targets_by",
    ]
    assert has_come(NOON, NOON) and not has_come(NOON, NOON - timedelta(seconds=1))
    assert not has_come(date(2026, 12, 1), NOON) and has_come(date(2026, 11, 30), NOON)


def test_a_campaign_is_in_time_or_not():
    dates = Dates(campaigns_live_by=NOON, targets_by=NOON + timedelta(days=30))
    assert may_take(dates, None, None) and may_take(dates, NOON, NOON + timedelta(days=30))
    assert not may_take(dates, NOON + timedelta(seconds=1), None)
    assert not may_take(dates, None, NOON + timedelta(days=30, seconds=1))
    assert may_take(Dates(), NOON, NOON)


def test_before_the_deadline_only_ideas_wait():
    assert due(Facts(ideas=2, panel="draft", lacking=3, unanswered=4, recommended=5)) == [("ideas", 2, "officers")]


def test_after_it_everything_waits_in_order_until_it_can_be_closed():
    facts = Facts(
        is_unsealed=True, panel="open", lacking=1, to_score=2, to_agree=3, unanswered=4, recommended=5, approved=6
    )
    assert [each.task for each in due(facts)] == ["share_out", "score", "agree", "recommend", "decide", "announce"]
    assert [each.task for each in due(Facts(is_unsealed=True, panel="draft", unanswered=1, is_announced=True))] == [
        "panel",
        "answer",
    ]
    assert [each.task for each in due(Facts(is_unsealed=True, panel="open"))] == ["close"]


@dataclass
class A:
    title: str
    value: int
    scale: int = 5
    anchors: dict = field(default_factory=dict)


def test_an_answer_begins_with_what_was_weakest():
    criteria = [A("full", 5), A("middle", 3), A("low", 1), A("lowest", 0), A("high", 4)]
    assert [each.title for each, _result in weakest(criteria, criteria)] == ["lowest", "low", "middle"]
    assert weakest([A("full", 5)], [A("full", 5)]) == []
