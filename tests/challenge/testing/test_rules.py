"""The arithmetic of test grants: the ceiling of the law to the penny, plans that are exactly the grant, who is reminded when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.challenge.testing.rules import changes, chasing, plans, subsidy
from civic.challenge.testing.rules.choices import CHANGE_KINDS, SIDES
from civic.challenge.testing.rules.next_step import Facts, next_step
from civic.challenge.testing.rules.plans import Line, Step
from civic.challenge.testing.rules.subsidy import CEILING, Aid
from civic.challenge.testing.wording import NEXT
from civic.core.money import GBP, Money

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
AIDS = st.lists(st.builds(Aid, DAYS, st.integers(1, 40_000_000).map(Money)), max_size=8)


@pytest.mark.parametrize(
    ("day", "begins", "since"),
    [
        (date(2026, 3, 31), date(2025, 4, 1), date(2023, 4, 1)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2024, 4, 1)),
        (date(2026, 11, 23), date(2026, 4, 1), date(2024, 4, 1)),
        (date(2024, 2, 29), date(2023, 4, 1), date(2021, 4, 1)),
    ],
)
def test_the_period_is_the_elapsed_part_of_the_year_and_the_two_whole_years_before(day, begins, since):
    assert subsidy.year_begins(day) == begins
    assert subsidy.period_begins(day) == since


def test_exactly_the_ceiling_is_within_it_and_a_penny_more_is_not():
    on = date(2026, 11, 23)
    before = [Aid(date(2024, 4, 1), GBP(300_000))]
    assert subsidy.check(before, GBP(15_000), on).fits
    assert not subsidy.check(before, Money(15_000_01), on).fits
    assert subsidy.check(before, Money(15_000_01), on).left == Money(-1)


def test_what_was_given_the_day_before_the_period_does_not_count():
    on = date(2026, 11, 23)
    assert subsidy.check([Aid(date(2024, 3, 31), GBP(315_000))], GBP(15_000), on).earlier == Money(0)
    assert subsidy.check([Aid(date(2026, 11, 24), GBP(315_000))], GBP(15_000), on).earlier == Money(0)


@given(AIDS, st.integers(1, 40_000_000), DAYS)
def test_the_sum_is_what_counts_and_the_grant_whatever_the_order(aids, gross, on):
    found = subsidy.check(aids, Money(gross), on)
    assert found == subsidy.check(list(reversed(aids)), Money(gross), on)
    counted = sum(aid.amount.minor for aid in aids if found.since <= aid.given_on <= on)
    assert found.together.minor == counted + gross
    assert found.fits == (counted + gross <= CEILING.minor)
    assert found.left + found.together == CEILING


@given(AIDS, st.builds(Aid, DAYS, st.integers(1, 40_000_000).map(Money)), st.integers(1, 40_000_000), DAYS)
def test_more_that_was_given_never_makes_a_refusal_a_yes(aids, another, gross, on):
    if not subsidy.check(aids, Money(gross), on).fits:
        assert not subsidy.check([*aids, another], Money(gross), on).fits


@given(DAYS)
def test_the_period_is_two_to_three_years_long_and_begins_on_the_first_of_april(day):
    since = subsidy.period_begins(day)
    assert (since.month, since.day) == (4, 1)
    assert 2 * 365 <= (day - since).days < 3 * 366


@given(DAYS)
def test_a_record_is_kept_for_three_years(day):
    until = subsidy.keep_until(day)
    assert until.year == day.year + 3 and (until.month, until.day) in ((day.month, day.day), (2, 28))


@given(st.integers(1, 5_000_000), st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_any_split_of_a_grant_adds_up_and_a_penny_more_or_less_does_not(minor, weights):
    grant, today = Money(minor), date(2026, 11, 23)
    parts = [part for part in grant.split(weights) if part]
    steps = [Step("A", "B", today, part) for part in parts]
    assert plans.adds_up(steps, grant) and plans.adds_up([Line("people", "A", part) for part in parts], grant)
    assert not plans.adds_up(steps, grant + Money(1)) and not plans.adds_up(steps, grant - Money(1))


def test_a_part_of_nothing_or_less_is_none():
    today = date(2026, 11, 23)
    assert not plans.adds_up([], Money(0))
    assert not plans.adds_up([Step("A", "B", today, GBP(10)), Step("A", "B", today, Money(0))], GBP(10))
    assert not plans.adds_up([Step("A", "B", today, GBP(20)), Step("A", "B", today, GBP(-10))], GBP(10))


@pytest.mark.parametrize(("spent", "wanted"), [(10_000, False), (11_000, False), (11_001, True), (0, False)])
def test_a_change_is_needed_from_the_first_penny_over_a_tenth(spent, wanted):
    assert plans.needs_change(Money(10_000), Money(spent)) is wanted


def test_reports_come_after_milestones_and_one_final_one_comes_last():
    first = date(2026, 12, 1)
    steps = [Step("A", "B", first + timedelta(days=30 * n), GBP(1)) for n in range(3)]
    days = plans.report_days(steps)
    assert [kind for _, kind in days] == ["progress", "progress", "final"]
    assert days[-1][0] == max(day for day, _ in days) == steps[-1].due_on + timedelta(days=30)


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_nobody_is_asked_for_more_than_is_left(paid, spent, asked):
    left = plans.unspent(Money(paid), Money(spent), Money(asked)).minor
    assert 0 <= left <= paid and left == max(paid - spent - asked, 0)


@pytest.mark.parametrize(
    ("days", "steps"),
    [
        (-8, ()),
        (-7, ("startup_soon",)),
        (0, ("startup_soon",)),
        (1, ("startup_late",)),
        (6, ("startup_late",)),
        (7, ("startup_late", "manager_late")),
    ],
)
def test_a_planned_milestone_asks_the_startup_and_then_the_manager(days, steps):
    due = date(2026, 12, 1)
    assert chasing.steps_due("planned", due, None, due + timedelta(days=days)) == steps


@pytest.mark.parametrize(
    ("days", "steps"),
    [(4, ()), (5, ("partner_waits",)), (11, ("partner_waits",)), (12, ("partner_waits", "manager_waits"))],
)
def test_what_is_handed_in_asks_the_partner_and_then_the_manager(days, steps):
    day = date(2026, 12, 1)
    assert chasing.steps_due("handed_in", date(2026, 1, 1), day, day + timedelta(days=days)) == steps


def test_what_is_signed_off_asks_nobody():
    for status in ("signed_off", "cancelled"):
        assert chasing.steps_due(status, date(2020, 1, 1), date(2020, 1, 1), date(2026, 1, 1)) == ()


def test_every_change_is_agreed_by_exactly_the_sides_that_it_needs():
    for kind in CHANGE_KINDS:
        agreed: set[str] = set()
        for side in SIDES:
            assert changes.is_agreed(kind, agreed) == (changes.NEEDED[kind] <= agreed)
            agreed.add(side)
        assert changes.is_agreed(kind, agreed)
        assert changes.may_ask(kind, "startup") and changes.may_ask(kind, "manager")
    assert changes.may_ask("pivot", "partner") and changes.may_ask("stop", "partner")
    assert not changes.may_ask("milestones", "partner") and not changes.may_ask("budget", "partner")


def test_every_state_has_a_next_step_with_words_for_every_side():
    for status in ("planned", "running", "finished", "stopped", "ended"):
        for award in ("proposed", "approved", "announced", "due", "agreed"):
            for notice in ("notified", "confirmed", "exceeded", "given", "void"):
                for planned in (False, True):
                    for agreement in ("", "offered"):
                        for steps in ((), ("planned",), ("handed_in",), ("signed_off",)):
                            facts = Facts(status, award, notice, planned, agreement, False, frozenset(steps))
                            code = next_step(facts)
                            assert all(code in NEXT[side] for side in SIDES)
