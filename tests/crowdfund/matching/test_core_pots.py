"""What the pots hold: no gift is promised money that has left them, and what comes back is given to those who waited."""

from typing import Any

import pytest

from civic.core.clock import london_today
from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund import events
from civic.crowdfund.matching import listeners
from civic.crowdfund.matching.actions import gifts
from civic.grants.actions import funds, repayments
from civic.grants.models import Award
from civic.grants.rules.amounts import Amounts


@pytest.fixture
def paid(avenue, monkeypatch) -> Any:
    """A scheme of £50 with two campaigns; £30 of it was paid for the gift to the first, and the second is open."""
    monkeypatch.setattr("civic.grants.actions.telling.send", lambda *a, **k: None)
    first, second = avenue.live(), avenue.live()
    scheme = avenue.running(first, second, contributions=(GBP(50),))
    gift = avenue.gift(first, GBP(30))
    award = secure(avenue, first, gift)
    avenue.plan(award)
    avenue.agree(award)
    avenue.pay(award)
    assert avenue.problems() == []
    return scheme, first, second, gift, award


def secure(avenue, campaign, gift) -> Award:
    """The campaign closes, the card is charged, and what it was matched with becomes an award."""
    listeners.closing(events.CampaignClosing(campaign.id, avenue.now))
    avenue.becomes(gift, status="charging")
    avenue.becomes(gift, status="collected", collected_minor=gift.amount_minor)
    listeners.secured(events.CampaignSecured(campaign.id, avenue.now))
    return db.session.query(Award).one()


def give_back(avenue, award, pounds):
    asked = repayments.ask(
        award,
        kind="reclaim",
        amounts=Amounts.of(0, pounds * 100),
        why="A gift was given back.",
        language="en",
        by=avenue.officer,
        now=avenue.now,
    )
    repayments.approve(asked, by=avenue.approver, now=avenue.now)
    repayments.receive(
        asked, received_on=london_today(avenue.now), bank_reference="B2", by=avenue.finance, now=avenue.now
    )


def test_what_was_paid_for_a_gift_that_went_back_is_promised_to_nobody_until_it_is_returned(avenue, paid):
    scheme, first, second, gift, award = paid
    avenue.becomes(gift, status="partly_refunded", collected_minor=10_00)
    assert avenue.match(first) == GBP(10)
    assert avenue.problems() == []
    avenue.gift(second, GBP(50))
    assert avenue.match(second) == GBP(20)
    assert avenue.scheme(scheme).funders[0].left == GBP(0)
    assert avenue.problems() == []
    give_back(avenue, award, 20)
    avenue.gift(second, GBP(1))
    assert avenue.match(second) == GBP(40)
    assert avenue.problems() == []


def test_money_that_officers_take_out_of_a_pot_is_matched_with_no_more(avenue):
    campaign = avenue.live()
    scheme = avenue.running(campaign, contributions=(GBP(50),))
    avenue.gift(campaign, GBP(30))
    pot = avenue.scheme(scheme).funders[0].pot
    funds.allot(pot, Amounts.of(0, -15_00), why="Needed elsewhere.", by=avenue.officer, now=avenue.now)
    avenue.gift(campaign, GBP(30))
    assert avenue.match(campaign) == GBP(35)
    assert avenue.problems() == []


def test_money_that_officers_move_is_followed_by_a_job(avenue, run_jobs):
    campaign = avenue.live()
    scheme = avenue.running(campaign, contributions=(GBP(50),))
    avenue.gift(campaign, GBP(45))
    pot = avenue.scheme(scheme).funders[0].pot
    db.session.commit()
    run_jobs()
    funds.allot(pot, Amounts.of(0, -5_00), why="Needed elsewhere.", by=avenue.officer, now=avenue.now)
    db.session.commit()
    assert run_jobs() == 1
    assert (avenue.scheme(scheme).funders[0].left, avenue.match(campaign)) == (GBP(0), GBP(45))
    assert avenue.problems() == []
    avenue.gift(campaign, GBP(5))
    assert avenue.match(campaign) == GBP(45)
    funds.allot(pot, Amounts.of(0, 3_00), why="Not needed after all.", by=avenue.officer, now=avenue.now)
    db.session.commit()
    assert run_jobs() == 1
    assert avenue.match(campaign) == GBP(48), "who waited has it"
    assert avenue.problems() == []


def test_a_decision_that_made_an_award_smaller_is_undone_by_no_rule(avenue):
    campaign = avenue.live()
    avenue.running(campaign, contributions=(GBP(50),))
    gift = avenue.gift(campaign, GBP(30))
    award = secure(avenue, campaign, gift)
    db.session.query(Award).update({"revenue_minor": 20_00})  # as a change that was decided leaves it
    db.session.expire_all()
    avenue.becomes(gift, status="partly_refunded", collected_minor=25_00)
    assert db.session.get_one(Award, award.id).amounts == Amounts.of(0, 20_00)


def test_nothing_is_worked_out_anew_where_nothing_has_left_the_pots(avenue, monkeypatch):
    campaign = avenue.live()
    avenue.running(campaign)
    monkeypatch.setattr(gifts, "rework", lambda *a, **k: pytest.fail("worked out anew"))
    avenue.gift(campaign, GBP(5))
    assert avenue.match(campaign) == GBP(5)
