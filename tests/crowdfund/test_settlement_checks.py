"""`flask civic check` finds what must not be: each fault is put there by hand, and told in a sentence."""

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.crowdfund import checks
from civic.ledger.actions import post
from tests.crowdfund.street import Street, street


@pytest.fixture
def here(in_request, make, now):
    with street(in_request, make, now) as made:
        yield made


@pytest.fixture
def funded(here):
    """A campaign that was paid out, and its pledge."""
    campaign = here.campaign()
    pledge = here.pledge(campaign, GBP(100), tip=GBP(1))
    here.to_the_close(campaign)
    here.minutes()
    here.later(days=8)
    here.release(campaign)
    assert here.state(campaign) == "funded"
    assert told() == []
    return campaign, pledge


def told():
    with transaction():
        return [each for check in checks.CHECKS for each in check()]


def spoil(statement, **facts):
    with transaction():
        db.session.execute(sa.text(statement), facts)


def test_a_pledge_that_says_another_sum_than_the_books(funded):
    spoil("UPDATE pledge SET collected_minor = collected_minor - 1")
    assert told() == [f"campaign:{funded[0].id}: pledges say 9999 pence were collected, the ledger says 10000"]


def test_a_charge_of_another_sum_than_was_promised(funded):
    _, pledge = funded
    spoil("UPDATE pledge SET tip_minor = 0, collected_minor = 10000")
    assert told() == [f"pledge {pledge.public_id}: 10100 pence were charged, 10000 promised, 10100 agreed to"]


def test_a_charge_of_more_than_was_agreed_to(funded):
    _, pledge = funded
    spoil("UPDATE pledge_consent SET tip_minor = 99")
    assert told() == [f"pledge {pledge.public_id}: 10100 pence were charged, 10100 promised, 10099 agreed to"]


@pytest.mark.parametrize("status", ["live", "withdrawn", "failed"])
def test_a_charge_for_a_campaign_that_may_charge_nobody(funded, status):
    campaign, _ = funded
    spoil("UPDATE campaign SET status = :status", status=status)
    assert f"campaign {campaign.slug} is {status} and has 1 charges that were not given back" in told()


def test_money_that_was_not_paid_out(funded, here: Street):
    campaign, _ = funded
    with transaction():
        post("test", "1", {f"campaign:{campaign.id}": Money(-5), "bank": Money(5)}, at=here.now())
    assert f"campaign {campaign.slug} has ended and its account stands at -5 pence" in told()


@pytest.mark.parametrize("status", ["charging", "released", "dropped"])
def test_a_pledge_whose_charge_is_in_another_state(funded, status):
    _, pledge = funded
    spoil("UPDATE pledge SET status = :status", status=status)
    assert f"pledge {pledge.public_id} is {status} and its charge is succeeded" in told()


def test_a_pledge_that_is_charged_without_a_charge(here: Street, make):
    with transaction():
        campaign = make.campaign("collecting")
    pledge = here.pledge(campaign, GBP(10), status="charging")
    assert f"pledge {pledge.public_id} is charging and its charge is none" in told()


def test_money_being_called_back_is_no_fault(funded, here: Street):
    from civic.payments.actions import refunds

    campaign, pledge = funded
    with transaction():
        refund = refunds.request(here.charge_row(pledge), GBP(40), why="Asked", by=here.officer, now=here.now())
        refunds.approve(refund, by=here.second, now=here.now())
    here.minutes(2)
    assert told() == []
    assert here.collected(campaign) == GBP(60)
