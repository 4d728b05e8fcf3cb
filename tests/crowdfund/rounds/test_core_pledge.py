"""The Mayor's pledge, live: it counts when it is announced, is owed when the target is there, and goes back by itself when it is not."""

from datetime import timedelta

import pytest
from flask import Flask

from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.crowdfund.actions.pledges import CampaignClosed
from civic.crowdfund.rounds.models import Application
from civic.grants.actions import awards, decisions
from civic.grants.models import Award
from civic.grants.proposing import Terms
from civic.grants.queries import funds
from civic.grants.queries.funds import pot_by_owner
from civic.grants.rules.amounts import Amounts
from tests.crowdfund.rounds.town import RoundTown, counted
from tests.crowdfund.street import Street, street


def pot(town):
    return pot_by_owner(town.round.name)


def test_it_counts_from_its_announcement_and_not_before(town):
    campaign = town.campaign()
    application = town.applied(campaign)
    town.after_the_deadline()
    award = town.given(application, capital=8_000_00)
    assert counted(campaign) == GBP(0)
    assert application.status == "submitted"  # nobody learns of it before the announcement
    awards.announce(award, by=town.officer, now=town.now)
    assert counted(campaign) == GBP(8_000)
    assert (application.status, award.status) == ("awarded", "announced")
    assert town.problems() == []


def test_a_new_decision_changes_what_counts(town):
    campaign = town.campaign()
    application = town.applied(campaign)
    town.after_the_deadline()
    award = town.announced(application, capital=8_000_00)
    change = decisions.recommend_change(
        award, Terms(Amounts.of(5_000_00, 1_000_00), "x"), by=town.officer, now=town.now
    )
    town.consult(change)
    town.decide(change)
    assert counted(campaign) == GBP(6_000)


def test_it_is_not_announced_on_a_campaign_that_has_closed(town):
    campaign = town.campaign()
    application = town.applied(campaign)
    town.after_the_deadline()
    award = town.given(application)
    with pytest.raises(CampaignClosed), db.session.begin_nested():
        awards.announce(award, by=town.officer, now=campaign.closes_at)
    db.session.expire_all()
    assert db.session.get(Award, award.id).status == "approved"


def test_a_small_pledge_waits_for_no_target(town):
    campaign = town.campaign()
    application = town.applied(campaign, tier=0, capital=4_000_00, turnover_minor=1_000_00)
    town.after_the_deadline()
    award = town.announced(application, capital=4_000_00)
    assert (award.status, counted(campaign)) == ("due", GBP(4_000))


def test_an_expired_offer_counts_no_more(town):
    campaign = town.campaign()
    application = town.applied(campaign)
    town.after_the_deadline()
    until = town.now + timedelta(days=5)
    award = town.announced(application, expires_at=until)
    awards.expire(award.id, now=until)
    assert counted(campaign) == GBP(0)
    assert db.session.get(Application, application.id).status == "lost"
    assert funds.left_in(pot(town).id) == Amounts.of(80_000_00, 30_000_00)


# With the real closing and settlement.


@pytest.fixture
def here(shared: Flask, app, make, now):
    with shared.test_request_context("/en/", method="POST"):
        shared.preprocess_request()
        with street(app, make, now) as made:
            yield made


@pytest.fixture
def pledged(here: Street, app, make):
    """A campaign with a target of £100 for which the Mayor pledged £40, and the town."""
    from tests.grants.office import DEMO, DEMO_SUBJECT

    app.extensions["civic"].subjects[DEMO] = DEMO_SUBJECT
    try:
        with transaction():
            town = RoundTown(app, make)
        campaign = here.campaign(target=GBP(100), closes_at=here.now() + timedelta(days=30))
        with transaction():
            application = town.applied(campaign, capital=40_00)
            town.after_the_deadline()
        here.until(town.now)
        with transaction():
            award = town.announced(application, capital=40_00)
        yield town, campaign, award
    finally:
        app.extensions["civic"].subjects.pop(DEMO)


def test_with_it_the_campaign_reaches_its_target_and_it_is_owed_once_cards_are_charged(here, pledged):
    town, campaign, award = pledged
    here.pledge(campaign, GBP(60))
    here.to_the_close(campaign)
    here.minutes()
    assert here.state(campaign) == "paying"
    assert here.again(award).status == "due"
    assert here.taken() == 60_00
    with transaction():
        assert town.problems() == []
    here.is_in_order()


def test_without_the_rest_it_goes_back_to_the_fund_in_the_same_moment(here, pledged):
    town, campaign, award = pledged
    here.pledge(campaign, GBP(59))
    here.to_the_close(campaign)
    here.minutes()
    assert here.state(campaign) == "failed"
    with transaction():
        ended = db.session.get_one(Award, award.id, populate_existing=True)
        assert ended.status == "released"
        assert funds.left_in(pot(town).id) == Amounts.of(80_000_00, 30_000_00)
        assert town.problems() == []
    here.is_in_order()


def test_when_too_many_cards_fail_it_waits_and_goes_back_with_the_refunds(here, pledged):
    town, campaign, award = pledged
    here.pledge(campaign, GBP(60), card="fails_at_charge")
    here.to_the_close(campaign)
    here.minutes()
    here.to_the_end_of_grace(campaign)
    here.minutes()
    assert (here.state(campaign), here.again(award).status) == ("shortfall", "announced")
    from civic.crowdfund.actions import shortfall

    with transaction():
        proposed = shortfall.propose(campaign, choice="refund", days=None, why="x", by=here.officer, now=here.now())
        shortfall.decide(proposed, by=here.second, now=here.now())
    here.minutes()
    assert (here.state(campaign), here.again(award).status) == ("failed", "released")
    with transaction():
        assert town.problems() == []
    here.is_in_order()


def test_a_withdrawn_campaign_loses_it_and_its_open_applications_are_over(here, pledged):
    from civic.crowdfund.actions import settlement

    town, campaign, award = pledged
    with transaction():
        settlement.withdraw(campaign, by=here.officer, why="Sold", now=here.now())
    assert here.again(award).status == "released"
    with transaction():
        assert town.problems() == []
    here.is_in_order()
