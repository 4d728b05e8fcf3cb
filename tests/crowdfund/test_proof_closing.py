"""Proof (docs/proofs.md, P8): a pledge is accepted, counted and charged, or it is refused; nothing stands between, whoever is faster."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.crowdfund import jobs
from civic.crowdfund.actions import pledges, settlement, totals
from civic.crowdfund.checks import CHECKS
from civic.crowdfund.models import Campaign, Pledge, PledgeConsent
from civic.payments.events import CardNotWanted, CardSaved
from civic.payments.models import Charge, PaymentMethod

BACKERS, REPEATS = 40, 15


def promised(make, campaign, count):
    """So many promises whose cards are being saved at this moment: (public id, payment method)."""
    made = []
    for number in range(count):
        card = make.payment_method()
        pledge = Pledge(
            public_id=f"c{campaign.id}n{number}", campaign_id=campaign.id, email=f"b{number}@example.org", language="en",
            amount_minor=1000, is_anonymous=True, status="awaiting_card", created_at=make.now,
        )  # fmt: skip
        db.session.add(pledge)
        db.session.flush()
        db.session.add(
            PledgeConsent(
                pledge_id=pledge.id, amount_minor=1000, tip_minor=0, text="I promise.", text_version="1", language="en",
                given_at=make.now, ip="", user_agent="",
            )
        )  # fmt: skip
        made.append((pledge.public_id, card.id))
    return made


def at_once(app, number, act):
    """Run `act(i)` in that many threads at the same moment; what goes wrong in one goes wrong here."""
    ready, wrong = threading.Barrier(number), []

    def run(i):
        ready.wait()
        try:
            with app.app_context():
                act(i)
        except Exception as error:  # told below
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(i,)) for i in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def rows(model):
    return db.session.scalars(sa.select(model).order_by(model.id)).all()


@pytest.fixture
def clock(monkeypatch, now):
    """A clock that all threads read, and that a test moves."""
    time = [now]
    monkeypatch.setattr("civic.core.clock.now", lambda: time[0])
    return time


@pytest.mark.parametrize("repeat", range(REPEATS))
def test_40_backers_race_the_close(shared, make, now, repeat):
    campaign = make.campaign("live", target=GBP(10), closes_at=now)
    cards = promised(make, campaign, BACKERS)
    db.session.commit()
    campaign_id, in_time = campaign.id, now - timedelta(milliseconds=1)
    accepted, lock = set(), threading.Lock()

    def save(which):
        public_id, card_id = which
        try:
            with transaction():
                pledges.card_saved(CardSaved(0, f"pledge:{public_id}", card_id, GBP(10)), now=in_time)
            with lock:
                accepted.add(public_id)
        except CardNotWanted:
            pass

    def close(_):
        with transaction():
            settlement.close(campaign_id, now)

    middle = BACKERS // 2
    acts = [(save, each) for each in cards]
    acts[middle:middle] = [(close, None), (close, None)]  # two closers at once
    at_once(shared, len(acts), lambda number: acts[number][0](acts[number][1]))

    db.session.expire_all()
    closed = db.session.get_one(Campaign, campaign_id)
    charged = {each.reference.removeprefix("pledge:") for each in rows(Charge)}
    states = {each.public_id: each.status for each in rows(Pledge)}
    assert closed.status == ("collecting" if accepted else "failed")
    assert charged == accepted
    assert closed.pledged_at_close_minor == 1000 * len(accepted)
    assert all(states[each] == ("charging" if each in accepted else "refused") for each in states)
    assert [each for check in CHECKS for each in check()] == []
    assert list(totals.wrong_totals()) == []


def test_a_card_saved_a_moment_after_the_deadline_is_refused_though_nobody_has_closed_yet(shared, make, now):
    campaign = make.campaign("live", target=GBP(10), closes_at=now)
    ((public_id, card_id),) = promised(make, campaign, 1)
    db.session.commit()
    with pytest.raises(CardNotWanted), transaction():
        pledges.card_saved(CardSaved(0, f"pledge:{public_id}", card_id, GBP(10)), now=now)
    db.session.expire_all()
    assert [each.status for each in rows(Pledge)] == ["awaiting_card"]


def test_workers_that_all_look_at_once_close_each_campaign_once(shared, make, now, clock):
    for _ in range(6):
        campaign = make.campaign("live", target=GBP(10), closes_at=now)
        make.pledge(campaign, amount=GBP(20))
    db.session.commit()
    at_once(shared, 8, lambda _: jobs.close_campaigns(clock[0]))
    db.session.expire_all()
    assert [each.status for each in rows(Campaign)] == ["collecting"] * 6
    assert len(rows(Charge)) == 6
    assert [each for check in CHECKS for each in check()] == []


def test_a_withdrawal_and_a_close_at_once_are_one_or_the_other(shared, make, now):
    for _ in range(5):
        campaign = make.campaign("live", target=GBP(10), closes_at=now)
        make.pledge(campaign, amount=GBP(20))
        db.session.commit()
        campaign_id = campaign.id

        def act(number, campaign_id=campaign_id):
            with transaction():
                if number % 2:
                    settlement.close(campaign_id, now)
                else:
                    found = db.session.get_one(Campaign, campaign_id)
                    settlement.withdraw(found, by=None, why="Sold", now=now)

        at_once(shared, 4, lambda number, act=act: _calmly(act, number))
    db.session.expire_all()
    for campaign in rows(Campaign):
        assert campaign.status in ("collecting", "withdrawn")
    assert [each for check in CHECKS for each in check()] == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PaymentMethod)) == 5


def _calmly(act, number):
    from civic.core.states import IllegalMove

    try:
        act(number)
    except IllegalMove:
        db.session.rollback()
