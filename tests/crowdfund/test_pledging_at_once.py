"""Many at once: a promise accepted is counted, or refused; one press is one promise; sums lose nothing."""

import random
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.core.money import GBP
from civic.crowdfund.actions import pledges as actions
from civic.crowdfund.actions import settlement, totals
from civic.crowdfund.actions.pledges import Backer, Wish
from civic.crowdfund.models import Campaign, Pledge
from civic.crowdfund.queries import figures
from civic.payments.events import CardNotWanted, CardSaved

MANY = 24


def at_once(app: Flask, *acts: Any) -> list[Any]:
    """Every act in a thread of its own, all starting together; what each gave, or the refusal it met."""
    together, given = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Any) -> None:
        with app.test_request_context("/en/", method="POST"):
            app.preprocess_request()
            together.wait()
            try:
                with transaction():
                    given[place] = act()
            except (CivicError, CardNotWanted) as refused:
                given[place] = refused

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def told(campaign: Campaign) -> tuple[int, list[Pledge]]:
    """The kept sum, and the pledges as they are."""
    db.session.rollback()
    db.session.expire_all()
    return figures.kept(campaign.id).pledged_minor, list(db.session.scalars(select(Pledge).order_by(Pledge.id)))


@pytest.fixture
def campaign(shared: Flask, make: Any) -> Campaign:
    made = make.campaign("live", target=GBP(1), closes_at=clock.now() + timedelta(days=1))
    db.session.commit()
    return made


@pytest.mark.parametrize("round", range(3))
def test_a_card_saved_at_the_closing_instant_is_counted_and_charged_or_not_wanted(shared, make, campaign, round):
    pledges = [make.pledge(campaign, status="awaiting_card") for _ in range(MANY)]
    cards = [make.payment_method().id for _ in pledges]
    db.session.commit()
    closes_at, campaign_id = campaign.closes_at, campaign.id
    events = [
        CardSaved(0, f"pledge:{each.public_id}", card, each.total) for each, card in zip(pledges, cards, strict=True)
    ]
    acts: list[Any] = [
        lambda event=each: actions.card_saved(event, closes_at - timedelta(seconds=1)) for each in events
    ]
    acts.append(lambda: settlement.close(campaign_id, closes_at))
    random.Random(round).shuffle(acts)
    given = at_once(shared, *acts)
    kept, after = told(campaign)
    states = {each.status for each in after}
    accepted = [each for each in after if each.status == "charging"]
    assert states <= {"charging", "refused", "released"}
    refused = sum(isinstance(each, CardNotWanted) for each in given)
    assert len(accepted) + refused == MANY or (states == {"refused"} and refused == MANY)
    assert db.session.get_one(Campaign, campaign_id).pledged_at_close_minor == sum(
        each.amount_minor for each in accepted
    )
    assert kept == sum(each.amount_minor for each in accepted)


def test_one_member_pressing_many_times_promises_once(shared, make, campaign):
    ada = make.member()
    db.session.commit()
    wish, backer = Wish(GBP(20)), Backer(ada, ada.email, "en")
    given = at_once(shared, *[lambda: actions.pledge(campaign, wish, backer=backer, now=clock.now())[0].id] * 8)
    assert len({each for each in given if isinstance(each, int)}) == 1
    assert len(told(campaign)[1]) == 1


def test_sums_lose_nothing_when_many_change_at_once(shared, make, campaign):
    pledges = [make.pledge(campaign) for _ in range(MANY)]
    db.session.commit()
    backer = Backer(None, "a@example.org", "en")

    def change(pledge: Pledge, place: int) -> Any:
        if place % 3 == 0:
            return actions.cancel(pledge, by=None, now=clock.now())
        return actions.change(pledge, GBP(1 + place), GBP(0), backer=backer, now=clock.now())

    at_once(shared, *[lambda each=each, i=i: change(each, i) for i, each in enumerate(pledges)])
    kept, after = told(campaign)
    standing = [each for each in after if each.status == "authorised"]
    assert len(standing) == MANY - MANY // 3
    assert kept == sum(each.amount_minor for each in standing)
    assert list(totals.wrong_totals()) == []


def test_a_cancel_and_a_raise_at_once_leave_one_or_the_other(shared, make, campaign):
    pledge = make.pledge(campaign, pending_amount_minor=9000, pending_tip_minor=0)
    card = make.payment_method().id
    db.session.commit()
    event = CardSaved(0, f"pledge:{pledge.public_id}", card, GBP(90))
    at_once(
        shared,
        lambda: actions.cancel(pledge, by=None, now=clock.now()),
        lambda: actions.card_saved(event, clock.now()),
    )
    kept, (after,) = told(campaign)
    assert (after.status, kept) == ("cancelled", 0)
