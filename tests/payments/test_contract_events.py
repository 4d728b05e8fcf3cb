"""What every payment provider keeps about its announcements: signed, fresh, ours, and about things that can be read again."""

from datetime import timedelta

import pytest

from civic.core.money import GBP
from civic.payments.provider import BadEvent
from tests.payments.worlds import PAGE


def told(world):
    return [world.provider.verify_event(raw, headers, connect=connect) for raw, headers, connect in world.deliveries()]


def test_a_saved_card_is_announced_with_its_page(world):
    setup = world.setup(reference="pledge:abc")
    world.complete_setup(setup.setup_id)
    done = next(each for each in told(world) if each.kind == "checkout.session.completed")
    assert (done.object_id, done.facts["setup"]) == (setup.setup_id, setup.setup_id)
    assert done.created_at == world.now


def test_a_charge_is_announced_and_then_its_fee(world):
    paid = world.paid()
    done = next(each for each in told(world) if each.kind == "payment_intent.succeeded")
    assert (done.object_id, done.facts["payment"], done.facts["charge"]) == (
        *(paid.payment_id, paid.payment_id),
        paid.charge_id,
    )
    world.advance(hours=1)
    fee = next(each for each in told(world) if each.kind == "charge.updated")
    assert (fee.facts["payment"], fee.facts["charge"]) == (paid.payment_id, paid.charge_id)


def test_what_becomes_of_a_payment_is_announced_with_its_name(world):
    customer, asks = world.saved_card("asks_always")
    payment = world.prepared(customer)
    world.provider.confirm_payment(payment, asks, key="1")
    world.provider.start_recovery(payment, asks, return_url=PAGE, key="2")
    world.answer_bank(payment, passes=False)
    world.provider.cancel_payment(payment, key="3")
    _, slow = world.saved_card("processing", customer)
    under_way = world.prepared(customer)
    world.provider.confirm_payment(under_way, slow, key="4")
    found = {(each.kind, each.object_id) for each in told(world)}
    assert found >= {
        ("payment_intent.payment_failed", payment),
        ("payment_intent.requires_action", payment),
        ("payment_intent.canceled", payment),
        ("payment_intent.processing", under_way),
    }


def test_money_that_goes_back_is_announced_with_what_it_was_taken_for(world):
    paid = world.paid()
    refund = world.provider.refund(paid.charge_id, GBP(5), reference="refund:1", key="r")
    events = {each.kind: each for each in told(world)}
    assert events["refund.created"].object_id == refund.refund_id
    assert events["refund.created"].facts["charge"] == paid.charge_id
    dispute = world.dispute(paid)
    world.close_dispute(dispute, won=False)
    events = {each.kind: each for each in told(world)}
    assert events["charge.dispute.created"].object_id == dispute
    assert events["charge.dispute.created"].facts["charge"] == paid.charge_id
    assert events["charge.dispute.closed"].object_id == dispute


def test_an_organisations_account_is_announced_at_its_own_address(world):
    started = world.onboarding()
    world.finish_onboarding(started.account_id)
    deliveries = [each for each in world.deliveries() if each[2]]
    found = [world.provider.verify_event(raw, headers, connect=True) for raw, headers, _ in deliveries]
    assert found and {each.object_id for each in found} == {started.account_id}
    assert {each.facts.get("account") for each in found} == {started.account_id}
    raw, headers, _ = deliveries[-1]
    with pytest.raises(BadEvent):
        world.provider.verify_event(raw, headers)


def test_an_announcement_of_ours_is_not_believed_at_the_other_address(world):
    world.paid()
    raw, headers, _ = world.deliveries()[-1]
    with pytest.raises(BadEvent):
        world.provider.verify_event(raw, headers, connect=True)


def test_an_announcement_is_the_same_however_often_it_comes(world):
    world.paid()
    raw, headers, _ = world.deliveries()[-1]
    first = world.provider.verify_event(raw, headers)
    assert world.provider.verify_event(raw, {name.upper(): value for name, value in headers.items()}) == first


@pytest.mark.parametrize(
    "change",
    [
        lambda raw, headers: (raw.replace(b"succeeded", b"suceeeded") + b" ", headers),
        lambda raw, headers: (raw, {}),
        lambda raw, headers: (raw, dict.fromkeys(headers, "")),
        lambda raw, headers: (raw, dict.fromkeys(headers, "t=1,v1=" + "0" * 64)),
        lambda raw, headers: (raw, {name: value.replace("v1=", "v0=") for name, value in headers.items()}),
        lambda raw, headers: (raw, {name: value.replace("t=", "t=9") for name, value in headers.items()}),
        lambda raw, headers: (raw + b" " * 256 * 1024, headers),
        lambda raw, headers: (b"", headers),
        lambda raw, headers: (b"\xff\xfe" + raw, headers),
    ],
    ids=["altered", "unsigned", "empty", "guessed", "old scheme", "other time", "too large", "no body", "no text"],
)
def test_a_forged_announcement_is_not_believed(world, change):
    world.paid()
    raw, headers, _ = world.deliveries()[-1]
    with pytest.raises(BadEvent):
        world.provider.verify_event(*change(raw, headers))


def test_an_old_announcement_is_not_believed(world):
    world.paid()
    raw, headers, _ = world.late_delivery()
    with pytest.raises(BadEvent):
        world.provider.verify_event(raw, headers)


def test_what_never_arrived_can_be_asked_for_oldest_first(world):
    world.paid()
    world.advance(hours=2)
    world.dispute(world.paid())
    arrived = [each for each in told(world) if not each.kind.startswith("v2.")]
    asked = list(world.provider.events_since(world.now - timedelta(days=1)))
    assert {each.event_id for each in asked} >= {each.event_id for each in arrived}
    assert [each.created_at for each in asked] == sorted(each.created_at for each in asked)
    by_id = {each.event_id: each for each in asked}
    assert all(by_id[each.event_id] == each for each in arrived)
    lately = list(world.provider.events_since(world.now))
    assert lately and all(each.created_at >= world.now for each in lately)
