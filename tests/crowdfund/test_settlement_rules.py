"""Closing and settling as arithmetic, by the thousand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from civic.core.clock import in_london
from civic.core.money import GBP, Money
from civic.crowdfund.models import Pledge
from civic.crowdfund.rules import references, settlement
from civic.crowdfund.rules.progress import Progress
from civic.crowdfund.rules.settlement import Secured

pence = st.integers(0, 10_000_000).map(Money)
five = st.tuples(pence, pence, pence, pence, pence)
targets = st.integers(100, 10_000_000).map(Money)
SHARES = {"campaign:1": 2500, "income:tips": 200}


def progress(target, *parts):
    return Progress(target, *parts)


@given(targets, five)
def test_a_target_is_reached_to_the_penny_or_not_at_all(target, parts):
    reached = settlement.outcome(progress(target, *parts)) == "reach"
    assert reached == (sum(part.minor for part in parts) >= target.minor)


@given(targets)
def test_a_penny_decides(target):
    none = Money(0)
    assert settlement.outcome(progress(target, target, none, none, none, none)) == "reach"
    assert settlement.outcome(progress(target, target - Money(1), none, none, none, none)) == "expire"


@given(targets, st.integers(0, 100), five)
@example(Money(10_000), 95, (Money(9_500), *[Money(0)] * 4))
@example(Money(10_001), 95, (Money(9_500), *[Money(0)] * 4))
def test_enough_is_the_published_share_of_the_target_and_not_a_penny_less(target, percent, parts):
    secured = Secured(target, *parts)
    enough = settlement.is_enough(secured, minimum_percent=percent)
    assert enough == (100 * secured.total.minor >= percent * target.minor)
    assert settlement.after_grace(secured, minimum_percent=percent) == ("settle" if enough else "fall_short")
    if secured.percent > percent:
        assert enough


@given(pence, pence, st.integers(0, 10_000))
def test_what_is_paid_and_what_is_kept_is_what_was_collected(collected, fees, bps):
    fees = min(fees, collected)
    payout = settlement.payout(collected, fees, bps)
    assert payout.card_fees + payout.platform_fee + payout.amount == collected
    assert payout.amount.minor >= 0
    assert payout.platform_fee.minor >= 0


def test_our_fee_is_taken_of_collected_money_only():
    assert settlement.payout(GBP(1000), GBP(20), 250).platform_fee == GBP(25)
    assert settlement.payout(GBP(0), GBP(0), 250).platform_fee == GBP(0)


@given(st.integers(1, 5_000).map(Money), st.integers(1, 100_000), st.integers(0, 10_000))
def test_the_fee_of_a_charge_falls_on_each_by_its_share_and_no_penny_is_lost(fee, amount, tip):
    shares = {"campaign:1": amount} | ({"income:tips": tip} if tip else {})
    parts = [settlement.share_of_fee(fee, shares, account) for account in shares]
    assert sum(part.minor for part in parts) == fee.minor
    assert abs(parts[0].minor * (amount + tip) - fee.minor * amount) <= amount + tip


def test_the_fee_of_a_charge_without_a_share_is_nobodys_of_ours():
    assert settlement.share_of_fee(GBP(1), SHARES, "campaign:2") == GBP(0)
    assert settlement.fees_of([(Money(58), SHARES), (Money(58), SHARES)], "campaign:1") == Money(108)


@given(st.integers(0, 4 * 366 * 24 * 60), st.integers(1, 30))
def test_the_window_ends_late_on_a_london_evening_however_the_clocks_change(minutes, days):
    closed = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    end = in_london(settlement.grace_end(closed, days))
    assert (end.hour, end.minute) == (23, 59)
    assert end.date() == in_london(closed).date() + timedelta(days=days)


def test_nobody_has_less_than_48_hours():
    end = datetime(2026, 12, 25, 23, 59, tzinfo=UTC)
    assert settlement.fair_grace(end, end - timedelta(days=5)) == end
    assert settlement.fair_grace(end, end - timedelta(hours=1)) == end + timedelta(hours=47)


@pytest.mark.parametrize("status", ["collected", "partly_refunded", "refunded", "disputed"])
@pytest.mark.parametrize("stays", [0, 1, 2499, 2500])
@pytest.mark.parametrize("disputed", [True, False])
def test_from_every_state_of_taken_money_there_is_a_way_to_what_is_true(status, stays, disputed):
    wanted = settlement.state_of_money(Money(stays), Money(2500), is_disputed=disputed)
    for verb in settlement.verbs_between(status, wanted):
        status = Pledge.TRANSITIONS[status, verb]
    assert status == wanted


@given(st.text(max_size=80))
def test_a_statement_is_what_banks_print(title):
    words = references.statement_words(title)
    assert 1 <= len(words) <= 22
    assert all(letter == " " or (letter.isascii() and letter.isalnum() and not letter.islower()) for letter in words)
    assert any(letter.isalpha() for letter in words)


def test_references_are_read_as_they_are_written():
    assert references.pledge_named(references.of_pledge("ab12")) == "ab12"
    assert references.campaign_named(references.of_campaign(7)) == 7
    for strange in ("", "pledge:", "campaign:7", "other:7", "campaign:seven"):
        assert references.pledge_named(strange) is None
    for strange in ("", "campaign:", "pledge:7", "campaign:-1", "campaign:7x"):
        assert references.campaign_named(strange) is None


class Kept:
    grace_days, minimum_percent = 7, 95


def test_the_rule_is_published_in_words(in_request):
    assert "7 days" in str(settlement.grace_sentence(Kept()))
    assert "at least 95% of the target" in str(settlement.shortfall_rule_sentence(Kept()))
    assert "two members of our staff" in str(settlement.shortfall_rule_sentence(Kept()))
