"""The run of charges: what each answer of a bank leads to, and that the books say so."""

import random
from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.money import Money
from civic.payments import events
from civic.payments.actions import charges
from civic.payments.engine import recovery
from civic.payments.models import Charge
from civic.payments.queries.charges import by_reference, progress


def test_a_charge_is_taken_once_and_booked(here):
    (charge,) = here.queue(here.card())
    assert here.run() is False
    (charge,) = here.charges()
    assert (charge.status, charge.attempts, charge.lease_until, charge.next_attempt_at) == ("succeeded", 1, None, None)
    assert here.provider.charged == {f"charge:{charge.id}": 1}
    assert here.told == [events.ChargeSucceeded(charge.id, charge.reference, "campaign:1", Money(2500))]
    here.books_balance()


def test_a_reference_is_queued_once(here):
    card = here.card()
    here.queue(card)
    here.queue(card)
    assert here.states() == ["queued"]


def test_queueing_tells_how_many_are_new_and_takes_provider_and_mode_from_the_card(here):
    old, new = here.card(), here.card()
    here.queue(old)
    wanted = [
        charges.ChargeRequest(
            f"pledge:{card.id}", card.id, Money(2500), {"campaign:1": 2500, "income:tips": 0}, 'A "g"', "G"
        )
        for card in (old, new)
    ]
    with transaction():
        assert charges.queue(wanted, group="campaign:1", now=here.now) == 1
        assert charges.queue(wanted, group="campaign:1", now=here.now) == 0
    charge = here.charges()[-1]
    assert (charge.provider, charge.mode, charge.payment_method_id) == ("sandbox", "sandbox", new.id)
    assert (charge.shares, charge.description, charge.statement) == ({"campaign:1": 2500}, 'A "g"', "G")
    assert (charge.created_at, charge.next_attempt_at, charge.calls, charge.attempts) == (here.now, here.now, 1, 0)


def test_charges_stand_in_the_order_in_which_they_were_asked_for(here):
    cards = [here.card() for _ in range(30)]
    random.Random(1).shuffle(cards)
    here.queue(*cards)
    assert [charge.payment_method_id for charge in here.charges()] == [card.id for card in cards]


def test_a_card_that_does_not_exist_is_a_surprise_and_no_charge_is_lost_silently(here):
    card = here.card()
    wanted = [charges.ChargeRequest(f"pledge:{i}", i, Money(2500), {"campaign:1": 2500}, "", "") for i in (card.id, -1)]
    with pytest.raises(sa.exc.IntegrityError), transaction():
        charges.queue(wanted, group="campaign:1", now=here.now)
    assert here.states() == []


def test_a_request_that_does_not_add_up_is_refused(here):
    card = here.card()
    for wrong in (
        charges.ChargeRequest("p", card.id, Money(2500), {"campaign:1": 2499}, "", ""),
        charges.ChargeRequest("p", card.id, Money(2500), {"campaign:1": 2600, "income:tips": -100}, "", ""),
        charges.ChargeRequest("p", card.id, Money(29), {"campaign:1": 29}, "", ""),
        charges.ChargeRequest("p", card.id, Money(2500), {"campaign:1": 2500}, "", "x" * 23),
    ):
        with pytest.raises(ValueError), transaction():
            charges.queue([wrong], group="campaign:1", now=here.now)
    assert here.states() == []


def test_a_bank_that_wants_to_see_the_person_is_not_asked_again_by_itself(here):
    here.queue(here.card("ask"))
    here.run()
    (charge,) = here.charges()
    assert (charge.status, charge.next_attempt_at) == ("requires_action", None)
    assert here.told == [
        events.ChargeNeedsPerson(charge.id, charge.reference, "campaign:1", "authentication_required", False)
    ]


@pytest.mark.parametrize("answer", ["stolen_card", "lost_card", "expired_card", "generic_decline/do_not_try_again"])
def test_a_card_that_is_refused_for_good_is_never_asked_again(here, answer):
    card = here.card(answer)
    here.queue(card)
    for _ in range(10):
        here.run()
        here.later(days=1)
    assert here.states() == ["declined"]
    assert here.provider.asked[card.provider_id] == 1
    assert [told.will_retry for told in here.told] == [False]


def test_a_soft_refusal_is_tried_on_the_days_of_the_rule_and_four_times_at_most(here):
    card, start = here.card("insufficient_funds"), here.now
    here.queue(card)
    asked = []
    for _ in range(20):
        before = here.provider.asked[card.provider_id]
        here.run()
        if here.provider.asked[card.provider_id] > before:
            asked.append(here.now - start)
        here.later(hours=12)
    assert asked == [timedelta(days=day) for day in (0, 1, 3, 5)]
    assert here.states() == ["declined"]
    assert [told.will_retry for told in here.told] == [True, True, True, False]


def test_a_card_that_works_on_the_second_day_is_charged_then(here):
    here.queue(here.card(["insufficient_funds/try_again_later", "works"]))
    here.run()
    assert here.states() == ["retry_wait"]
    here.later(days=1)
    here.run()
    assert here.states() == ["succeeded"]
    here.books_balance()


def test_a_slow_bank_is_asked_until_it_has_decided(here):
    here.queue(here.card("slow"))
    here.run()
    here.run()
    assert here.states() == ["processing"]
    here.provider.pay(here.charges()[0].provider_payment_id)
    here.later(minutes=11)
    here.run()
    assert here.states() == ["succeeded"]
    here.books_balance()


def test_another_card_mends_a_refused_charge(here):
    here.queue(here.card("stolen_card"))
    here.run()
    other = here.card()
    with transaction():
        assert charges.try_again(here.charges()[0], payment_method_id=other.id, now=here.now)
    here.run()
    assert here.states() == ["succeeded"]
    assert here.provider.asked[other.provider_id] == 1


def test_a_charge_that_was_paid_is_not_tried_again(here):
    here.queue(here.card())
    here.run()
    with transaction():
        assert not charges.try_again(here.charges()[0], now=here.now)
    here.run()
    assert sum(here.provider.charged.values()) == 1


def test_a_card_that_the_provider_no_longer_knows_asks_for_another_one(here):
    here.queue(here.card("gone"))
    for _ in range(3):
        here.run()
        here.later(minutes=5)
    assert here.states() == ["declined"]
    assert [told.code for told in here.told] == ["unusable_card"]


def test_a_charge_of_another_mode_is_left_alone(here):
    here.queue(here.card())
    db.session.execute(sa.update(Charge).values(mode="live"))
    db.session.commit()
    here.run()
    assert here.states() == ["queued"]
    assert here.provider.calls == []


def test_a_charge_given_up_before_it_was_asked_is_cancelled_here(here, run_jobs):
    (charge,) = here.queue(here.card())
    with transaction():
        charges.give_up([charge.id], now=here.now)
    assert recovery.give_up(charge.id)
    here.run()
    assert here.states() == ["cancelled"]
    assert here.provider.charged == {}
    assert here.told == [events.ChargeCancelled(charge.id, charge.reference, "campaign:1")]


def test_a_charge_given_up_while_it_waits_is_cancelled_at_the_provider_too(here):
    (charge,) = here.queue(here.card("insufficient_funds"))
    here.run()
    assert recovery.give_up(charge.id)
    assert here.states() == ["cancelled"]
    assert [payment.status for payment in here.provider.payments.values()] == ["cancelled"]
    assert type(here.told[-1]) is events.ChargeCancelled


def test_what_was_paid_meanwhile_is_not_given_up(here):
    (charge,) = here.queue(here.card("ask"))
    here.run()
    here.provider.pay(here.charges()[0].provider_payment_id)
    assert recovery.give_up(charge.id)
    assert here.states() == ["succeeded"]
    here.books_balance()


def test_a_charge_whose_cancelling_has_no_answer_is_given_up_later_and_not_taken_meanwhile(here):
    (charge,) = here.queue(here.card("insufficient_funds"))
    here.run()
    here.provider.faults[len(here.provider.writes()) + 1] = "drop_before"
    assert not recovery.give_up(charge.id)
    here.run()
    assert recovery.give_up(charge.id)
    assert here.states() == ["cancelled"]


def test_a_run_stops_at_its_end(here):
    here.queue(here.card(), here.card())
    from civic.payments.engine import run

    assert run.work(until=here.now, threads=1) is True
    assert here.states() == ["queued", "queued"]


def test_progress_counts_states_and_pounds(here):
    here.queue(here.card(), here.card(), here.card("ask"), here.card("stolen_card"))
    before = progress("campaign:1", now=here.now)
    assert (before.total, before.left, before.seconds_left) == (4, 4, None)
    here.run()
    here.later(seconds=30)
    after = progress("campaign:1", now=here.now)
    assert (after.count("succeeded"), after.money("succeeded")) == (2, Money(5000))
    assert (after.count("requires_action", "declined"), after.left, after.seconds_left) == (2, 0, 0)
    assert after.rate == pytest.approx(4 / 60)


def test_the_living_charge_of_a_reference_is_found(here):
    one, two = here.queue(here.card(), here.card("stolen_card"))
    recovery.give_up(two.id)
    found = by_reference([one.reference, two.reference, "pledge:none"])
    assert list(found) == [one.reference]
