"""From the close to the money paid out, with a provider outside: what comes of cards that work, fail, come back."""

import pytest
import sqlalchemy as sa

from civic.core import audit
from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.crowdfund.actions import payout
from civic.crowdfund.queries import settlement as queries
from civic.ledger.queries import balance
from civic.payments.actions import refunds, transfers
from civic.payments.actions.refusals import NotOwed
from civic.payments.engine import recovery
from civic.payments.models import Charge, PaymentMethod, Transfer
from civic.payments.provider import Succeeded
from tests.crowdfund.street import Street, street

BANK = "/en/pledges/back"


@pytest.fixture
def here(in_request, make, now):
    with street(in_request, make, now) as made:
        yield made


def closed(here, *pledges, **facts):
    """A campaign of £100 that has just closed with these pledges: (amount, card)."""
    campaign = here.campaign(**facts)
    made = [here.pledge(campaign, amount, card=card) for amount, card in pledges]
    here.to_the_close(campaign)
    here.minutes()
    return campaign, made


def transfers_of(campaign):
    with transaction():
        return [(each.status, each.amount) for each in queries.transfers_of(campaign.id)]


def names(outbox, address=None):
    return [each.name.removeprefix("crowdfund/") for each in outbox() if address in (None, each.to_address)]


def test_a_campaign_that_reached_its_target_is_charged_and_paid_out(here: Street, outbox):
    campaign = here.campaign()
    pledges = [here.pledge(campaign, GBP(60), tip=GBP(2)), here.pledge(campaign, GBP(40))]
    here.to_the_close(campaign)
    here.minutes()
    assert here.states(*pledges) == ["collected", "collected"]
    assert here.state(campaign) == "paying"
    here.later(days=8)
    here.release(campaign)
    assert here.state(campaign) == "funded"
    assert here.owed(campaign) == Money(0)
    assert here.taken() == GBP(102).minor
    assert names(outbox, pledges[0].email) == ["campaign_reached", "charge_receipt", "campaign_funded"]
    here.is_in_order()


def test_the_organisation_gets_what_was_collected_less_the_fees_to_the_penny(here: Street):
    campaign, _ = closed(here, (GBP(100), "success"), platform_fee_bps=250)
    here.later(days=8)
    here.release(campaign)
    with transaction():
        books = queries.books(campaign.id)
        fee = db.session.scalar(sa.select(sa.func.sum(Charge.fee_minor)))
        ours = balance("income:platform")
    assert books.card_fees == Money(int(fee))
    assert books.platform_fee == GBP("2.50") == -ours
    assert books.paid == GBP(100) - books.card_fees - books.platform_fee
    assert books.owed == Money(0)
    here.is_in_order()


def test_the_fee_on_a_tip_is_not_the_campaigns(here: Street):
    campaign = here.campaign(target=GBP(50))
    here.pledge(campaign, GBP(50), tip=GBP(50))
    here.to_the_close(campaign)
    here.minutes()
    here.later(days=8)
    here.release(campaign)
    with transaction():
        fee = db.session.scalar(sa.select(Charge.fee_minor))
        assert abs(queries.books(campaign.id).card_fees.minor * 2 - fee) <= 1
    here.is_in_order()


def test_it_waits_until_the_organisation_can_be_paid(here: Street):
    campaign, _ = closed(here, (GBP(100), "success"), registered=False)
    here.later(days=8)
    assert transfers_of(campaign) == []
    here.register(campaign)
    here.minutes()
    assert [status for status, _ in transfers_of(campaign)] == ["requested"]


def test_it_waits_until_the_money_is_available(here: Street):
    campaign, _ = closed(here, (GBP(100), "success"))
    assert transfers_of(campaign) == []
    with transaction():
        assert queries.readiness(campaign, here.now()).not_available == 1
    here.later(days=8)
    assert len(transfers_of(campaign)) == 1


def test_a_card_that_needs_its_bank_is_mended_by_its_backer(here: Street, outbox):
    campaign, (_, late) = closed(here, (GBP(60), "success"), (GBP(40), "asks_always"))
    assert here.states(late) == ["past_due"]
    assert here.state(campaign) == "collecting"
    assert names(outbox, late.email) == ["campaign_reached", "charge_needs_you"]
    charge = here.charge_of(late)
    recovery.start(charge, return_path=BANK)
    here.world.answer_bank(charge.provider_payment_id)
    recovery.sync(charge.id)
    here.minutes()
    assert here.states(late) == ["collected"]
    assert here.state(campaign) == "paying"
    assert names(outbox, late.email)[-1] == "charge_receipt"
    here.is_in_order()


def test_a_card_that_fails_for_good_ends_the_promise_and_not_the_project(here: Street, outbox):
    campaign, (_, failed) = closed(here, (GBP(98), "success"), (GBP(2), "stolen_later"))
    here.to_the_end_of_grace(campaign)
    here.minutes()
    assert here.states(failed) == ["dropped"]
    assert here.state(campaign) == "paying"
    assert names(outbox, failed.email)[-1] == "charge_dropped"
    with transaction():
        assert db.session.get_one(PaymentMethod, failed.payment_method_id, populate_existing=True).detached_at
    here.is_in_order()


def test_nobody_is_given_up_before_the_window_ends(here: Street):
    campaign, (_, failed) = closed(here, (GBP(98), "success"), (GBP(2), "stolen_later"))
    here.until(here.again(campaign).grace_until)
    here.world.advance(-60)
    here.minute()
    assert here.states(failed) == ["past_due"]
    assert here.state(campaign) == "collecting"


def test_a_bank_that_takes_days_is_waited_for(here: Street):
    campaign, (_, slow) = closed(here, (GBP(60), "success"), (GBP(40), "processing"))
    assert here.states(slow) == ["charging"]
    here.world.bank_decides(here.charge_of(slow).provider_payment_id)
    here.later(hours=1)
    assert here.states(slow) == ["collected"]
    assert here.state(campaign) == "paying"


def test_nobody_is_given_up_before_their_card_was_asked_and_everybody_has_48_hours(here: Street):
    campaign = here.campaign()
    here.pledge(campaign, GBP(98))
    failing = here.pledge(campaign, GBP(2), card="stolen_later")
    here.to_the_close(campaign)
    for _ in range(3):
        here.minute(charge=False)  # the provider is away
    here.to_the_end_of_grace(campaign)
    for _ in range(3):
        here.minute(charge=False)
    assert here.state(campaign) == "collecting"
    assert here.states(failing) == ["charging"]
    here.minutes()
    assert here.states(failing) == ["past_due"]
    assert here.again(campaign).grace_until > here.now()
    here.later(hours=49)
    assert here.states(failing) == ["dropped"]
    here.is_in_order()


def test_backers_are_reminded_every_48_hours_and_no_more(here: Street, outbox):
    campaign, (_, failed) = closed(here, (GBP(60), "success"), (GBP(40), "asks_always"))
    for _ in range(9):
        here.later(days=1)
    told = names(outbox, failed.email)
    assert told.count("charge_needs_you") == 1
    assert told.count("charge_reminder") == 3
    assert here.states(failed) == ["past_due"]
    assert here.state(campaign) == "shortfall"


def test_a_try_that_would_come_after_the_window_comes_in_its_last_day(here: Street):
    campaign, (_, poor) = closed(here, (GBP(98), "success"), (GBP(2), "insufficient_funds"), grace_days=2)
    here.later(hours=25)
    assert here.charge_of(poor).attempts == 2
    assert here.charge_of(poor).next_attempt_at > here.again(campaign).grace_until
    here.mend(poor)
    here.later(hours=23)
    assert here.states(poor) == ["collected"]
    here.is_in_order()


def test_a_disputed_charge_is_waited_for_and_won(here: Street):
    closed(here, (GBP(100), "success"))  # the bank's fee for a dispute is ours, and comes out of what we hold
    campaign, (first, _) = closed(here, (GBP(60), "success"), (GBP(40), "success"))
    dispute = dispute_of(here, first)
    here.later(days=8)
    assert here.states(first) == ["disputed"]
    assert transfers_of(campaign) == []
    here.world.close_dispute(dispute, won=True)
    here.hear()
    here.minutes()
    assert here.states(first) == ["collected"]
    here.release(campaign)
    assert here.state(campaign) == "funded"
    here.is_in_order()


def test_a_dispute_that_is_lost_is_the_banks_and_the_rest_the_organisations(here: Street):
    closed(here, (GBP(100), "success"))  # the bank's fee for a dispute is ours, and comes out of what we hold
    campaign, (first, _) = closed(here, (GBP(60), "success"), (GBP(40), "success"))
    dispute = dispute_of(here, first)
    here.world.close_dispute(dispute, won=False)
    here.hear()
    here.later(days=8)
    assert here.states(first) == ["refunded"]
    assert here.collected(campaign) == GBP(40)
    here.release(campaign)
    assert here.state(campaign) == "funded"
    here.is_in_order()


def test_money_given_back_while_the_payment_waits_is_not_paid_out(here: Street):
    campaign, (first, _) = closed(here, (GBP(60), "success"), (GBP(40), "success"))
    here.later(days=8)
    ((_, asked),) = transfers_of(campaign)
    give_back(here, first, GBP(10))
    here.minutes()
    assert [status for status, _ in transfers_of(campaign)] == ["declined", "requested"]
    here.release(campaign)
    assert transfers_of(campaign)[-1] == ("sent", asked - GBP(10))
    assert here.states(first) == ["partly_refunded"]
    here.is_in_order()


def test_money_given_back_after_the_payment_is_called_back_from_the_organisation(here: Street):
    campaign, (first, _) = closed(here, (GBP(60), "success"), (GBP(40), "success"))
    here.later(days=8)
    here.release(campaign)
    give_back(here, first, GBP(60))
    here.minutes()
    assert here.states(first) == ["refunded"]
    assert here.collected(campaign) == GBP(40)
    assert here.state(campaign) == "funded"
    here.is_in_order()


def test_a_payment_that_an_officer_declined_is_asked_for_again_by_a_person_only(here: Street):
    campaign, _ = closed(here, (GBP(100), "success"))
    here.later(days=8)
    with transaction():
        waiting = db.session.scalars(sa.select(Transfer)).one()
        transfers.decline(waiting, by=here.third, now=here.now(), why="Let me look at the papers first")
    here.minutes()
    assert [status for status, _ in transfers_of(campaign)] == ["declined"]
    with transaction():
        payout.ask_again(campaign, by=here.officer, now=here.now())
    assert [status for status, _ in transfers_of(campaign)] == ["declined", "requested"]
    here.release(campaign)
    assert here.state(campaign) == "funded"
    here.is_in_order()


def test_nothing_is_paid_twice_however_often_it_is_asked(here: Street):
    campaign, _ = closed(here, (GBP(100), "success"))
    here.later(days=8)
    here.release(campaign)
    with pytest.raises(NotOwed), transaction():
        payout.ask_again(campaign, by=here.officer, now=here.now())
    here.minutes(6)
    assert [status for status, _ in transfers_of(campaign)] == ["sent"]


def test_cards_are_let_go_once_the_campaign_is_funded(here: Street):
    campaign, _ = closed(here, (GBP(60), "success"), (GBP(40), "success"))
    here.later(days=8)
    here.release(campaign)
    with transaction():
        kept = sa.select(sa.func.count()).select_from(PaymentMethod).where(PaymentMethod.detached_at.is_(None))
        assert db.session.scalar(kept) == 0


def test_what_officers_do_with_money_is_on_record(here: Street):
    campaign, _ = closed(here, (GBP(100), "success"))
    here.later(days=8)
    with transaction():
        transfers.decline(db.session.scalars(sa.select(Transfer)).one(), by=here.third, now=here.now(), why="no")
        payout.ask_again(campaign, by=here.officer, now=here.now())
        entry = db.session.scalars(
            sa.select(audit.AuditEntry).where(audit.AuditEntry.verb == "ask_for_payout_again")
        ).one()
    assert entry.actor_id == here.officer.id
    assert entry.thing_id == str(campaign.id)


def dispute_of(here, pledge):
    """The backer's bank disputes the charge, and we hear of it."""
    charge = here.charge_of(pledge)
    taken = Succeeded(charge.provider_payment_id, charge.provider_charge_id, charge.amount, charge.succeeded_at)
    dispute = here.world.dispute(taken)
    here.hear()
    return dispute


def give_back(here, pledge, amount):
    """Two officers give money back to a backer."""
    with transaction():
        refund = refunds.request(here.charge_row(pledge), amount, why="They asked", by=here.officer, now=here.now())
        refunds.approve(refund, by=here.second, now=here.now())
    here.minutes(2)
