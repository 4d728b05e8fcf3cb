"""The closing instant: one transaction, decided once, for everybody alike."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from civic.core.clock import london_minute
from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.crowdfund.actions import funders, payout, settlement
from civic.crowdfund.models import Campaign, Pledge
from civic.crowdfund.queries import figures
from civic.payments.engine import visits
from civic.payments.models import Charge, PaymentMethod
from tests.crowdfund.street import Street, street
from tests.support.sql import statements


@pytest.fixture
def here(in_request, make, now):
    with street(in_request, make, now) as made:
        yield made


def close(campaign, at):
    with transaction():
        return settlement.close(campaign.id, at)


def charges():
    with transaction():
        return list(db.session.scalars(sa.select(Charge).order_by(Charge.id)))


@pytest.mark.parametrize(
    "day", [date(2027, 3, 27), date(2027, 3, 28), date(2026, 10, 24), date(2026, 10, 25), date(2026, 12, 18)]
)
@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_nothing_is_decided_a_second_before_the_deadline_also_when_the_clocks_change(here: Street, day, seconds):
    deadline = london_minute(day)
    campaign = here.campaign(closes_at=deadline, opened_at=deadline - timedelta(days=20))
    here.pledge(campaign, GBP(100))
    at = deadline + timedelta(seconds=seconds)
    assert close(campaign, at) == (None if seconds < 0 else "reach")
    assert here.again(campaign).is_open(at) is (seconds < 0)
    assert len(charges()) == (0 if seconds < 0 else 1)


def test_it_is_decided_once_however_often_it_is_asked(here: Street):
    campaign = here.campaign()
    here.pledge(campaign, GBP(100))
    at = campaign.closes_at
    assert [close(campaign, at), close(campaign, at), close(campaign, at + timedelta(days=3))] == ["reach", None, None]
    assert len(charges()) == 1


def test_what_counted_is_written_down_and_stays(here: Street):
    campaign = here.campaign(target=GBP(100))
    here.pledge(campaign, GBP(70), tip=GBP(10))
    here.offline(campaign, GBP(30))
    close(campaign, campaign.closes_at)
    closed = here.again(campaign)
    assert (closed.pledged_at_close_minor, closed.offline_at_close_minor) == (7000, 3000)
    assert figures.progress(closed).counted == GBP(100)
    assert (closed.status, closed.closed_at) == ("collecting", campaign.closes_at)


def test_tips_do_not_bring_a_campaign_to_its_target(here: Street):
    campaign = here.campaign(target=GBP(100))
    here.pledge(campaign, GBP(95), tip=GBP(5))
    assert close(campaign, campaign.closes_at) == "expire"
    assert charges() == []


def test_a_charge_takes_pledge_and_tip_and_says_whose_is_what(here: Street):
    campaign = here.campaign()
    pledge = here.pledge(campaign, GBP(100), tip=GBP(7))
    close(campaign, campaign.closes_at)
    (charge,) = charges()
    assert charge.amount == GBP(107)
    assert charge.shares == {f"campaign:{campaign.id}": 10000, "income:tips": 700}
    assert charge.reference == f"pledge:{pledge.public_id}"
    assert charge.group == f"campaign:{campaign.id}"
    assert here.states(pledge) == ["charging"]


def test_a_sum_that_was_kept_wrong_decides_nothing(here: Street):
    campaign = here.campaign(target=GBP(100))
    here.pledge(campaign, GBP(60))
    with transaction():
        db.session.execute(sa.text("UPDATE campaign_total SET pledged_minor = 99999"))
    assert close(campaign, campaign.closes_at) == "expire"


def test_a_promise_without_a_card_is_refused_and_its_backer_told(here: Street, outbox):
    campaign = here.campaign()
    here.pledge(campaign, GBP(100))
    late = here.pledge(campaign, GBP(30), status="awaiting_card", payment_method_id=None)
    here.to_the_close(campaign)
    here.minutes()
    assert here.states(late) == ["refused"]
    assert [each.name for each in outbox() if each.to_address == late.email] == ["crowdfund/campaign_missed"]
    here.is_in_order()


def test_a_card_saved_after_the_close_is_let_go(here: Street, make):
    campaign = here.campaign()
    pledge = here.pledge(campaign, GBP(30), status="awaiting_card", payment_method_id=None)
    with transaction():
        setup = make.card_setup(
            reference=f"pledge:{pledge.public_id}", amount_minor=3000, created_at=here.now(), **here.facts
        )
        setup.expires_at = here.now() + timedelta(hours=40)
    visits.start(setup)
    here.to_the_close(campaign)
    here.minutes()
    here.world.complete_setup(here.again(setup).setup_id)
    with transaction():
        db.session.expire_all()
    visits.sync(setup.key)
    here.minutes()
    ended = here.again(setup)
    assert ended.status == "refused"
    with transaction():
        card = db.session.get_one(PaymentMethod, ended.payment_method_id, populate_existing=True)
        assert card.detached_at is not None
    assert here.states(pledge) == ["refused"]


def test_a_raise_whose_card_was_not_saved_is_not_taken(here: Street):
    campaign = here.campaign(target=GBP(100))
    pledge = here.pledge(campaign, GBP(100), pending_amount_minor=20000, pending_tip_minor=0)
    here.to_the_close(campaign)
    here.minutes()
    assert here.charge_of(pledge).amount == GBP(100)
    assert here.again(pledge).pending_amount_minor is None


def test_a_card_that_went_away_before_the_close_is_asked_for_and_not_charged(here: Street, outbox):
    campaign = here.campaign()
    here.pledge(campaign, GBP(100))
    gone = here.pledge(campaign, GBP(50))
    with transaction():
        db.session.get_one(PaymentMethod, gone.payment_method_id).detached_at = here.now()
    here.to_the_close(campaign)
    here.minutes()
    assert here.states(gone) == ["past_due"]
    assert len(charges()) == 1
    assert "crowdfund/charge_needs_you" in [each.name for each in outbox() if each.to_address == gone.email]
    here.is_in_order()
    here.to_the_end_of_grace(campaign)
    here.minutes()
    assert here.states(gone) == ["dropped"]
    here.is_in_order()


def test_when_it_fails_every_card_is_let_go_and_everybody_is_told(here: Street, outbox):
    campaign = here.campaign(target=GBP(1000))
    pledges = [here.pledge(campaign, GBP(320)) for _ in range(3)]
    here.to_the_close(campaign)
    here.minutes()
    assert here.states(*pledges) == ["released"] * 3
    with transaction():
        kept = sa.select(sa.func.count()).select_from(PaymentMethod).where(PaymentMethod.detached_at.is_(None))
        assert db.session.scalar(kept) == 0
    told = {each.to_address: each for each in outbox() if each.name == "crowdfund/campaign_failed"}
    assert set(told) == {pledge.email for pledge in pledges}
    mail = told[pledges[0].email]
    assert "96%" in mail.text
    assert "Nothing has left your account, and nothing will." in mail.text
    assert [each.name for each in outbox()].count("crowdfund/organiser_failed") == 1


def test_when_it_is_withdrawn_nobody_is_charged_and_everybody_is_told(here: Street, outbox):
    campaign = here.campaign()
    pledge = here.pledge(campaign, GBP(500))
    with transaction():
        settlement.withdraw(campaign, by=here.officer, why="The site was sold", now=here.now())
    here.to_the_close(campaign)
    here.minutes()
    assert here.state(campaign) == "withdrawn"
    assert here.states(pledge) == ["released"]
    assert charges() == []
    assert [each.name for each in outbox()].count("crowdfund/campaign_withdrawn") == 1
    here.is_in_order()


def test_a_campaign_with_money_from_elsewhere_alone_is_funded_without_a_card(here: Street):
    campaign = here.campaign(target=GBP(100), registered=False)
    here.offline(campaign, GBP(60))
    with transaction():
        award = {"kind": "award", "source": "award:1", "key": "a1", "funder": "Mayor of London"}
        funders.promise(campaign.id, **award, amount=GBP(40), now=here.now())
    here.to_the_close(campaign)
    here.minutes()
    assert here.state(campaign) == "funded"
    assert charges() == []
    here.is_in_order()


def test_a_close_takes_as_many_statements_for_a_hundred_backers_as_for_two(here: Street):
    counts = []
    for backers in (2, 100):
        campaign = here.campaign(target=GBP(backers))
        card = here.pledge(campaign, GBP(1)).payment_method_id
        with transaction():
            for number in range(1, backers):
                db.session.add(
                    Pledge(
                        public_id=f"{backers}x{number}",
                        campaign_id=campaign.id,
                        email="a@example.org",
                        language="en",
                        amount_minor=100,
                        is_anonymous=True,
                        status="authorised",
                        payment_method_id=card,
                        created_at=here.now(),
                        authorised_at=here.now(),
                    )
                )
        with statements() as seen:
            assert close(campaign, campaign.closes_at) == "reach"
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 45, counts


def test_nothing_is_mailed_while_the_money_is_decided(here: Street, outbox):
    campaign = here.campaign()
    here.pledge(campaign, GBP(100))
    close(campaign, campaign.closes_at)
    assert outbox() == []


def test_who_has_been_erased_is_charged_as_promised_and_written_to_by_nobody(here: Street, outbox):
    campaign = here.campaign()
    pledge = here.pledge(campaign, GBP(100))
    with transaction():
        db.session.get_one(Pledge, pledge.id).email = ""
    here.to_the_close(campaign)
    here.minutes()
    assert here.states(pledge) == ["collected"]
    assert [each for each in outbox() if not each.name.startswith("crowdfund/organiser")] == []


def test_a_stretch_of_backers_follows_another_and_nobody_is_told_twice(here: Street, outbox, monkeypatch):
    from civic.crowdfund.actions import telling

    monkeypatch.setattr(telling, "STRETCH", 2)
    campaign = here.campaign(target=GBP(10_000))
    pledges = [here.pledge(campaign, GBP(10)) for _ in range(5)]
    here.to_the_close(campaign)
    here.minutes()
    told = [each.to_address for each in outbox() if each.name == "crowdfund/campaign_failed"]
    assert sorted(told) == sorted(pledge.email for pledge in pledges)


def test_a_campaign_that_is_not_closed_pays_nothing(here: Street):
    campaign = here.campaign()
    here.pledge(campaign, GBP(100))
    with transaction():
        assert settlement.move_on(campaign.id, here.now()) is None
    assert payout.payout_of(campaign).amount == Money(0)
    assert here.state(campaign) == "live"
    assert db.session.get_one(Campaign, campaign.id).closed_at is None
