"""What every payment provider keeps about saving a card; run against Stripe (the strict fake) and against the sandbox."""

import pytest

from civic.payments.provider import Bug, ProviderError, RateLimited


def test_a_card_is_saved_on_the_page(world):
    setup = world.setup(reference="pledge:abc")
    before = world.provider.fetch_setup(setup.setup_id)
    assert (before.status, before.reference, before.card) == ("open", "pledge:abc", None)
    world.complete_setup(setup.setup_id)
    after = world.provider.fetch_setup(setup.setup_id)
    assert (after.setup_id, after.status, after.reference) == (setup.setup_id, "succeeded", "pledge:abc")
    assert (after.card.brand, after.card.last4, after.card.country) == ("visa", "4242", "GB")
    assert (after.card.exp_year, after.card.exp_month) > (world.now.year, world.now.month)
    assert after.card.fingerprint and not after.authenticated


def test_a_bank_that_asked_is_told(world):
    setup = world.setup()
    world.complete_setup(setup.setup_id, "asks_once")
    assert world.provider.fetch_setup(setup.setup_id).authenticated


@pytest.mark.parametrize("card, passes", [("declined", True), ("expired", True), ("asks_once", False)])
def test_after_a_refused_card_another_may_be_tried(world, card, passes):
    setup = world.setup()
    world.complete_setup(setup.setup_id, card, passes=passes)
    refused = world.provider.fetch_setup(setup.setup_id)
    assert (refused.status, refused.card) == ("open", None)
    world.complete_setup(setup.setup_id, "success")
    assert world.provider.fetch_setup(setup.setup_id).status == "succeeded"


def test_a_page_nobody_used_runs_out(world):
    setup = world.setup()
    world.deliveries()
    world.advance(hours=1)
    assert world.provider.fetch_setup(setup.setup_id).status == "expired"
    events = [world.provider.verify_event(raw, headers) for raw, headers, _ in world.deliveries()]
    assert [each.facts["setup"] for each in events if each.kind == "checkout.session.expired"] == [setup.setup_id]


def test_a_saved_card_stays_saved_when_the_page_would_have_run_out(world):
    setup = world.setup()
    world.complete_setup(setup.setup_id)
    world.advance(days=2)
    assert world.provider.fetch_setup(setup.setup_id).status == "succeeded"


def test_a_card_let_go_twice_is_gone_and_never_charged(world):
    customer, method = world.saved_card()
    world.provider.detach(method)
    world.provider.detach(method)
    payment = world.prepared(customer)
    with pytest.raises(Bug):
        world.provider.confirm_payment(payment, method, key=world.key())
    assert world.taken() == {}


def test_another_persons_card_is_never_charged(world):
    _, theirs = world.saved_card()
    payment = world.prepared(world.customer("person:2"))
    with pytest.raises(Bug):
        world.provider.confirm_payment(payment, theirs, key=world.key())
    assert world.taken() == {}


@pytest.mark.parametrize("mishap", ["no_answer_before", "no_answer_after", "error_after"])
def test_without_an_answer_about_a_page_nothing_was_decided(world, mishap):
    customer = world.customer()
    world.fail(mishap, "start_setup")
    with pytest.raises(ProviderError) as raised:
        world.setup(customer, key="pledge-1-setup-1")
    assert not isinstance(raised.value, Bug)
    assert world.setup(customer, key="pledge-1-setup-2").setup_id


def test_too_many_at_once_is_told_and_costs_nothing(world):
    customer = world.customer()
    world.fail("rate_limit", "start_setup")
    with pytest.raises(RateLimited) as raised:
        world.setup(customer, key="pledge-1-setup-1")
    assert raised.value.retry_after >= 1
    assert world.setup(customer, key="pledge-1-setup-1").setup_id
