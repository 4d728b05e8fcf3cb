"""What happens next with an award: one answer in every state, in words for staff and for the recipient."""

from itertools import product

import pytest

from civic.grants.rules.choices import (
    AGREEMENT_STATES,
    AWARD_STATES,
    INSTALMENT_STATES,
    REPAYMENT_STATES,
    REPORT_STATES,
)
from civic.grants.rules.next_step import Facts, next_for_recipient, next_for_staff
from civic.grants.wording import AWARD_PUBLIC, NEXT_FOR_RECIPIENT, NEXT_FOR_STAFF, PUBLIC_STATES

PUBLIC = ("announced", "due", "agreed", "completed", "stopped", "released")


def every(states, *, also=()):
    """Nothing, each state alone, and some together."""
    return [frozenset(), *(frozenset({each}) for each in states), *map(frozenset, also)]


def all_facts(statuses):
    """Every combination that can decide anything."""
    agreements = ("", *(each for each in AGREEMENT_STATES if each in ("draft", "offered")))
    yes_or_no = (False, True)
    for status, agreement, planned, covered, current, signed, opened, outcome in product(
        statuses, agreements, yes_or_no, yes_or_no, yes_or_no, yes_or_no, yes_or_no, yes_or_no
    ):
        for parts, reports, back in product(
            every(INSTALMENT_STATES, also=[{"planned", "claimed"}, {"paid", "instructed"}]),
            every(REPORT_STATES, also=[{"due", "submitted"}]),
            every(REPAYMENT_STATES),
        ):
            yield Facts(status, planned, covered, agreement, current, signed, opened, parts, reports, back, outcome)


@pytest.mark.parametrize("status", AWARD_STATES)
def test_staff_are_told_what_happens_next_in_every_state(status):
    told = {next_for_staff(facts) for facts in all_facts([status])}
    assert told <= set(NEXT_FOR_STAFF)


@pytest.mark.parametrize("status", PUBLIC)
def test_recipients_are_told_what_happens_next_in_every_public_state(status):
    told = {next_for_recipient(facts, report_is_near=near) for facts in all_facts([status]) for near in (False, True)}
    assert told <= set(NEXT_FOR_RECIPIENT)


def test_every_sentence_is_said_by_somebody():
    staff = {next_for_staff(facts) for facts in all_facts(AWARD_STATES)}
    theirs = {next_for_recipient(facts, report_is_near=near) for facts in all_facts(PUBLIC) for near in (False, True)}
    assert staff == set(NEXT_FOR_STAFF) and theirs == set(NEXT_FOR_RECIPIENT)
    assert set(AWARD_PUBLIC) == set(PUBLIC_STATES) == set(PUBLIC)


@pytest.mark.parametrize(
    ("facts", "staff", "theirs"),
    (
        (Facts("due"), "plan", "wait_for_agreement"),
        (Facts("due", is_planned=True), "draft", "wait_for_agreement"),
        (Facts("due", is_planned=True, agreement="draft"), "offer", "wait_for_agreement"),
        (Facts("due", is_planned=True, agreement="draft", is_up_to_date=False), "draft", "wait_for_agreement"),
        (Facts("due", is_planned=True, agreement="offered"), "recipient_signs", "sign"),
        (Facts("due", agreement="offered", recipient_signed=True), "authority_signs", "wait_for_signature"),
        (Facts("due", agreement="offered", is_up_to_date=False), "renew", "wait_for_agreement"),
        (Facts("agreed", True, True, instalments=frozenset({"planned", "claimed"})), "check_claim", "claimed"),
        (Facts("agreed", True, True, instalments=frozenset({"paid", "instructed"})), "pay", "confirm"),
        (Facts("agreed", True, True, has_open_decision=True), "decide_change", "finishing"),
        (Facts("agreed", True, False), "draft", "finishing"),
        (Facts("agreed", True, True, instalments=frozenset({"confirmed"}), has_outcome=True), "close", "finishing"),
        (Facts("stopped", reports=frozenset({"due"})), "report", "report"),
        (Facts("completed"), "done", "done"),
    ),
)
def test_the_most_urgent_comes_first(facts, staff, theirs):
    assert (next_for_staff(facts), next_for_recipient(facts, report_is_near=False)) == (staff, theirs)
