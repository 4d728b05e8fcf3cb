"""When too many cards failed: two officers decide, and what they decide is carried out to the penny."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.crowdfund.actions import shortfall
from civic.crowdfund.models import ShortfallDecision
from civic.crowdfund.queries import settlement as queries
from civic.payments.engine import recovery
from civic.payments.models import Refund
from tests.crowdfund.street import Street, street

WHY = "The square can be built with fewer trees."


@pytest.fixture
def here(in_request, make, now):
    with street(in_request, make, now) as made:
        yield made


@pytest.fixture
def short(here):
    """A campaign of which £60 came and £40 did not: (campaign, who paid, who did not)."""
    campaign = here.campaign()
    paid, failed = here.pledge(campaign, GBP(60), tip=GBP(3)), here.pledge(campaign, GBP(40), card="asks_always")
    here.to_the_close(campaign)
    here.minutes()
    here.to_the_end_of_grace(campaign)
    here.minutes()
    assert here.state(campaign) == "shortfall"
    return campaign, paid, failed


def propose(here, campaign, choice="pay_out", days=None):
    with transaction():
        return shortfall.propose(campaign, choice=choice, days=days, why=WHY, by=here.officer, now=here.now())


def decide(here, campaign, choice, days=None):
    decision = propose(here, campaign, choice, days)
    with transaction():
        shortfall.decide(decision, by=here.second, now=here.now())
    here.minutes()


def names(outbox, address):
    return [each.name.removeprefix("crowdfund/") for each in outbox() if each.to_address == address]


def test_94_percent_is_short_and_95_is_enough(here: Street):
    for paid, state in ((94, "shortfall"), (95, "paying")):
        campaign = here.campaign()
        here.pledge(campaign, GBP(paid))
        here.pledge(campaign, GBP(100 - paid), card="stolen_later")
        here.to_the_close(campaign)
        here.minutes()
        here.to_the_end_of_grace(campaign)
        here.minutes()
        assert here.state(campaign) == state
        here.is_in_order()


def test_nobodys_promise_ends_and_no_card_is_asked_while_officers_think(here: Street, short, outbox):
    _, _, failed = short
    asked = here.charge_of(failed).attempts
    here.later(days=10)
    assert here.states(failed) == ["past_due"]
    assert here.charge_of(failed).attempts == asked
    (organiser,) = [each for each in outbox() if each.name == "crowdfund/organiser_shortfall"]
    assert "60%" in organiser.text
    here.is_in_order()


def test_a_card_that_would_be_asked_again_rests_once_the_window_is_over(here: Street):
    campaign = here.campaign(grace_days=1)
    here.pledge(campaign, GBP(60))
    poor = here.pledge(campaign, GBP(40), card="insufficient_funds")
    here.to_the_close(campaign)
    here.minutes()
    here.later(days=3)
    assert here.state(campaign) == "shortfall"
    assert here.charge_of(poor).status == "declined"
    asked = here.charge_of(poor).attempts
    here.later(days=5)
    assert here.charge_of(poor).attempts == asked
    here.is_in_order()


def test_paid_out_all_the_same(here: Street, short, outbox):
    campaign, paid, failed = short
    decide(here, campaign, "pay_out")
    assert here.states(paid, failed) == ["collected", "dropped"]
    assert names(outbox, failed.email)[-1] == "charge_dropped"
    here.later(days=8)
    here.release(campaign)
    assert here.state(campaign) == "funded"
    assert here.collected(campaign) == GBP(60)
    here.is_in_order()


def test_more_time_and_the_card_is_put_right(here: Street, short, outbox):
    campaign, _, failed = short
    decide(here, campaign, "extend", days=5)
    assert here.state(campaign) == "collecting"
    assert names(outbox, failed.email)[-1] == "charge_reminder"
    charge = here.charge_of(failed)
    recovery.start(charge, return_path="/en/back")
    here.world.answer_bank(charge.provider_payment_id)
    recovery.sync(charge.id)
    here.minutes()
    assert here.state(campaign) == "paying"
    assert here.states(failed) == ["collected"]
    here.is_in_order()


def test_more_time_that_does_not_help_is_decided_once_more(here: Street, short):
    campaign, _, failed = short
    decide(here, campaign, "extend", days=2)
    here.later(days=4)
    assert here.state(campaign) == "shortfall"
    assert here.states(failed) == ["past_due"]
    decide(here, campaign, "refund")
    here.minutes()
    assert here.state(campaign) == "failed"
    here.is_in_order()


def test_everybody_gets_everything_back_tips_too(here: Street, short, outbox):
    campaign, paid, failed = short
    decide(here, campaign, "refund")
    here.minutes()
    assert here.state(campaign) == "failed"
    assert here.states(paid, failed) == ["refunded", "dropped"]
    assert here.owed(campaign) == Money(0)
    assert here.collected(campaign) == Money(0)
    with transaction():
        assert db.session.scalars(sa.select(Refund.amount_minor)).all() == [6300]
    told = names(outbox, paid.email)
    assert told[-2:] == ["campaign_refunding", "charge_refunded"]
    assert "crowdfund/organiser_refunded" in [each.name for each in outbox()]
    here.is_in_order()


def test_a_refund_that_a_bank_sends_back_is_owed_again_and_found_every_night(here: Street):
    campaign = here.campaign()
    paid = here.pledge(campaign, GBP(60), card="refund_fails")
    here.pledge(campaign, GBP(40), card="stolen_later")
    here.to_the_close(campaign)
    here.minutes()
    here.to_the_end_of_grace(campaign)
    here.minutes()
    decide(here, campaign, "refund")
    here.later(days=3)
    here.hear()
    here.minutes()
    assert here.states(paid) == ["collected"]
    assert here.owed(campaign) == GBP(60)
    found = " ".join(here.problems())
    assert "was charged" in found or "were not given back" in found
    assert "its account stands at -6000 pence" in found


def test_nobody_decides_what_they_proposed(here: Street, short):
    campaign, _, _ = short
    decision = propose(here, campaign)
    with pytest.raises(shortfall.NeedsSomebodyElse), transaction():
        shortfall.decide(decision, by=here.officer, now=here.now())
    assert here.again(decision).status == "proposed"
    assert here.state(campaign) == "shortfall"


def test_the_database_itself_wants_four_eyes(here: Street, short):
    campaign, _, _ = short
    decision = propose(here, campaign)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction():
        db.session.execute(sa.update(ShortfallDecision).values(decided_by_id=here.officer.id))
    assert here.again(decision).decided_by_id is None


def test_one_proposal_at_a_time_and_no_is_an_answer(here: Street, short):
    campaign, _, _ = short
    decision = propose(here, campaign)
    with pytest.raises(shortfall.AlreadyProposed):
        propose(here, campaign, "refund")
    with transaction():
        shortfall.decline(decision, by=here.second, now=here.now())
    propose(here, campaign, "refund")
    with transaction():
        assert [each.status for each in queries.decisions(campaign.id)] == ["proposed", "declined"]


def test_what_is_decided_is_decided_once(here: Street, short):
    campaign, _, _ = short
    decision = propose(here, campaign)
    with transaction():
        shortfall.decide(decision, by=here.second, now=here.now())
    with pytest.raises(shortfall.NotShort), transaction():
        shortfall.decide(decision, by=here.third, now=here.now())


@pytest.mark.parametrize("days", [None, 0, -1, 31, 10**9])
def test_more_time_has_a_length(here: Street, short, days):
    campaign, _, _ = short
    with pytest.raises(shortfall.BadDays):
        propose(here, campaign, "extend", days)


@pytest.mark.parametrize("status", ["live", "collecting", "paying", "funded", "failed"])
def test_there_is_nothing_to_propose_for_a_campaign_that_is_not_short(here: Street, make, status):
    with transaction():
        campaign = make.campaign(status)
    with pytest.raises(shortfall.NotShort):
        propose(here, campaign)
