"""Proof (docs/proofs.md, P1, P9, P10, P13): whatever happens to a campaign, in whatever order and at whatever time, the books balance."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from civic.core.db import db, transaction
from civic.core.money import Money
from civic.crowdfund.actions import settlement, shortfall
from civic.crowdfund.models import Campaign, Pledge
from civic.crowdfund.queries import settlement as queries
from civic.payments.actions import refunds, transfers
from civic.payments.actions.refusals import NothingTaken, NotOwed, TooMuchToRefund, UnderDispute
from civic.payments.engine import recovery
from civic.payments.models import Charge, Dispute, Transfer
from civic.payments.provider import Succeeded
from tests.conftest import empty_database
from tests.crowdfund.street import Street, street
from tests.make import Make

CARDS = (
    "success",
    "success",
    "asks_always",
    "stolen_later",
    "insufficient_funds",
    "fails_at_charge",
    "processing",
    "refund_fails",
)
QUICK = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # one life takes a second: a failing one is told as it was, and not made smaller for minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip

cards = st.sampled_from(CARDS)
amounts = st.integers(100, 6_000).map(Money)
backers = st.lists(st.tuples(amounts, st.integers(0, 300).map(Money), cards), min_size=0, max_size=5)


@pytest.fixture
def lives(shared, now, monkeypatch):
    """A new street, empty of everything, as often as it is asked for."""

    def live():
        db.session.rollback()
        db.session.expunge_all()  # numbers begin anew, and nobody of the last life is known any more
        empty_database()
        return street(shared, Make(now), now)

    with shared.test_request_context("/en/", method="POST"):
        shared.preprocess_request()
        yield live


@QUICK
@given(backers, st.integers(-90, 10 * 24 * 60), st.integers(2_000, 15_000).map(Money))
def test_nobody_is_charged_before_the_deadline_or_for_a_campaign_that_failed(lives, made, minutes, target):
    """P9, on random clocks: minutes after the deadline, some of them before it."""
    with lives() as here:
        campaign = here.campaign(target=target)
        pledges = [here.pledge(campaign, amount, tip=tip, card=card) for amount, tip, card in made]
        here.until(campaign.closes_at + timedelta(minutes=minutes))
        here.minutes(3)
        reached = sum(pledge.amount_minor for pledge in pledges) >= target.minor
        if here.now() < campaign.closes_at or not reached:
            assert here.taken() == 0
            assert charges() == 0
        if not reached and here.now() > campaign.closes_at + timedelta(minutes=3):
            assert here.state(campaign) == "failed"
        is_as_agreed(here, pledges)
        here.is_in_order()


ACTS = (
    "wait a minute", "wait a day", "wait a week", "to the close", "to the end of grace", "bank says yes", "bank says no",
    "bank decides", "dispute", "dispute won", "dispute lost", "refund some", "refund all", "decide pay out", "decide extend",
    "decide refund", "release", "decline transfer", "die", "withdraw", "hear", "another pledge",
)  # fmt: skip


@QUICK
@given(st.data())
def test_random_lives_of_a_campaign_end_with_balanced_books(lives, data):
    with lives() as here:
        campaign = here.campaign(target=Money(data.draw(st.integers(1_000, 9_000))))
        for amount, tip, card in data.draw(backers):
            here.pledge(campaign, amount, tip=tip, card=card)
        acts = data.draw(st.lists(st.sampled_from(ACTS), max_size=14))
        for act in ["another pledge", *acts, "to the close", "wait a minute", *acts]:
            do(here, campaign, act, data)
            holds(here, campaign)
        here.hear()
        here.minutes(2)
        here.hear()
        assert never_twice(here)
        assert [each for each in here.problems() if not is_for_a_person(each)] == []


def do(here: Street, campaign: Campaign, act: str, data: Any) -> None:
    """One thing that may happen; nothing where it does not apply."""
    waits = {"wait a minute": {"minutes": 1}, "wait a day": {"days": 1}, "wait a week": {"days": 7}}
    if act in waits:
        here.world.advance(**waits[act])
        here.minutes(2)
    elif act == "to the close":
        here.to_the_close(campaign)
        here.minutes(2)
    elif act == "to the end of grace" and here.again(campaign).grace_until:
        here.to_the_end_of_grace(campaign)
        here.minutes(3)
    elif act == "hear":
        here.hear()
    elif act == "die":
        here.crash(
            data.draw(st.sampled_from(("closing.decided", "confirm.after_api", "settling.decided", "paying.posted")))
        )
    elif act == "withdraw" and here.state(campaign) == "live" and data.draw(st.integers(0, 5)) == 0:
        with transaction():
            settlement.withdraw(campaign, by=here.officer, why="Sold", now=here.now())
    elif act == "another pledge" and here.again(campaign).is_open(here.now()):
        here.pledge(campaign, data.draw(amounts), card=data.draw(cards))
    elif act.startswith("bank"):
        with_a_bank(here, act)
    elif act.startswith("dispute"):
        with_a_dispute(here, act)
    elif act.startswith("refund"):
        with_a_refund(here, Money(data.draw(st.integers(1, 3_000))) if act == "refund some" else None)
    elif act.startswith("decide"):
        with_a_decision(here, campaign, act.removeprefix("decide ").replace(" ", "_"))
    elif act in ("release", "decline transfer"):
        with_a_transfer(here, act)


def with_a_bank(here: Street, act: str) -> None:
    """A backer, or a slow bank, answers."""
    status = "processing" if act == "bank decides" else "requires_action"
    charge = found(sa.select(Charge).where(Charge.status == status))
    if charge is None:
        return
    if act == "bank decides":
        here.world.bank_decides(charge.provider_payment_id)
    else:
        recovery.start(charge, return_path="/en/back")
        here.world.answer_bank(charge.provider_payment_id, passes=act == "bank says yes")
    here.hear()


def with_a_dispute(here: Street, act: str) -> None:
    """A bank disputes, gives way, or wins."""
    if act == "dispute":
        charge = found(sa.select(Charge).where(Charge.status == "succeeded", Charge.refunded_minor == 0, ~disputed()))
        if charge is not None:
            taken = Succeeded(charge.provider_payment_id, charge.provider_charge_id, charge.amount, charge.succeeded_at)
            here.world.dispute(taken)
    else:
        dispute = found(sa.select(Dispute).where(Dispute.status == "open"))
        if dispute is not None:
            here.world.close_dispute(dispute.provider_dispute_id, won=act == "dispute won")
    here.hear()


def with_a_refund(here: Street, amount: Money | None) -> None:
    """Two officers give one backer money back."""
    charge = found(sa.select(Charge).where(Charge.status == "succeeded", Charge.refunded_minor < Charge.amount_minor))
    if charge is None:
        return
    left = charge.amount - Money(charge.refunded_minor)
    try:
        with transaction():
            mine = db.session.get_one(Charge, charge.id)
            refund = refunds.request(mine, min(amount or left, left), why="Asked", by=here.officer, now=here.now())
            refunds.approve(refund, by=here.second, now=here.now())
    except (UnderDispute, TooMuchToRefund, NothingTaken):
        return
    here.minutes(2)


def with_a_decision(here: Street, campaign: Campaign, choice: str) -> None:
    """Two officers decide about a shortfall."""
    if here.state(campaign) != "shortfall":
        return
    with transaction():
        facts = {"choice": choice, "days": 3 if choice == "extend" else None, "why": "We talked."}
        decision = shortfall.propose(campaign, **facts, by=here.officer, now=here.now())
    with transaction():
        shortfall.decide(decision, by=here.second, now=here.now())
    here.minutes(2)


def with_a_transfer(here: Street, act: str) -> None:
    """A finance officer releases the payment, or says no."""
    transfer = found(sa.select(Transfer).where(Transfer.status == "requested"))
    if transfer is None:
        return
    try:
        with transaction():
            mine = db.session.get_one(Transfer, transfer.id)
            if act == "release":
                transfers.release(mine, by=here.third, now=here.now())
            else:
                transfers.decline(mine, by=here.third, now=here.now(), why="Not yet")
    except NotOwed:
        return
    here.minutes(2)


def holds(here: Street, campaign: Campaign) -> None:
    """What must be true after every act (P13): never more is paid than came in and stayed."""
    with transaction():
        books = queries.books(campaign.id)
    assert books.paid <= max(books.collected - books.card_fees - books.platform_fee, Money(0)) or waits_for_reversal(
        campaign
    )
    assert here.state(campaign) in set(Campaign.TRANSITIONS.values()) | {"live"}


def waits_for_reversal(campaign: Campaign) -> bool:
    """Whether the organisation was paid already when money went back: it is called back, and may be in between."""
    with transaction():
        return any(each.status == "sent" for each in queries.transfers_of(campaign.id))


def is_as_agreed(here: Street, pledges: list[Pledge]) -> None:
    """P10: what was taken for a pledge is what was agreed to, or nothing."""
    taken = here.world.taken()
    with transaction():
        for pledge in pledges:
            mine = sa.select(Charge.id).where(
                Charge.reference == f"pledge:{pledge.public_id}", Charge.status == "succeeded"
            )
            for charge_id in db.session.scalars(mine):
                assert taken[f"charge:{charge_id}"] == (pledge.amount + pledge.tip).minor


def never_twice(here: Street) -> bool:
    """Nobody's card was charged twice, as the provider counts."""
    taken = here.world.taken()
    with transaction():
        amounts = dict(db.session.execute(sa.select(Charge.id, Charge.amount_minor)).all())
    return all(pence == amounts[int(name.removeprefix("charge:"))] for name, pence in taken.items())


def is_for_a_person(problem: str) -> bool:
    """Money that a bank sent back after a campaign had ended is found every night until a person has dealt with it."""
    return "its account stands at" in problem or "were not given back" in problem


def found(query: Any) -> Any:
    """The first row, if any."""
    db.session.expire_all()
    with transaction():
        return db.session.scalars(query.limit(1)).first()


def disputed() -> Any:
    """A charge that a bank has asked about before."""
    return sa.exists().where(Dispute.charge_id == Charge.id)


def charges() -> int:
    """How many charges there are."""
    with transaction():
        return int(db.session.scalar(sa.select(sa.func.count()).select_from(Charge)) or 0)
