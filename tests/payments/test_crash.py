"""A process dies at every named place (docs/proofs.md, P3): afterwards each pledge was charged once, counted at Stripe."""

import re
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.payments import checkpoints, events
from civic.payments.actions import setups
from civic.payments.engine import cards, recovery, visits
from civic.payments.models import CardSetup, PaymentMethod
from tests.payments.stripe_town import StripeTown

GAPS = {"a minute": 1 / 60 + 0.01, "25 hours": 25}
CHARGING = [name for name in checkpoints.CHECKPOINTS if name.startswith(("claim", "create", "confirm"))]
FINDING_OUT = [name for name in checkpoints.CHECKPOINTS if name.startswith("sync")]


@pytest.fixture(params=GAPS)
def gap(request) -> float:
    """Hours until somebody starts the run again."""
    return GAPS[request.param]


@pytest.mark.parametrize("place", CHARGING)
def test_a_run_that_dies_while_charging_charges_each_card_once(there: StripeTown, place, gap):
    there.queue(there.card(), there.card(), there.card())
    assert there.crash(place)
    there.later(hours=gap)
    there.settle()
    there.is_in_order(paid=3)


@pytest.mark.parametrize("place", [each for each in CHARGING if not each.startswith("create")])
def test_a_run_that_dies_while_asking_again_charges_each_card_once(there: StripeTown, place, gap):
    card = there.card("insufficient_funds")
    there.queue(card)
    there.run()
    assert there.states() == ["retry_wait"]
    there.later(days=1)
    there.mend(card)
    assert there.crash(place)
    there.later(hours=gap)
    there.settle()
    there.is_in_order(paid=1)


@pytest.mark.parametrize("place", CHARGING)
def test_a_run_that_dies_asks_a_card_that_says_no_once(there: StripeTown, place):
    there.queue(there.card("stolen_card"))
    there.crash(place)
    there.settle()
    assert there.states() == ["declined"]
    assert len(there.world.fake.things("charge")) == 1
    assert len(there.told) == 1


@pytest.mark.parametrize("place", FINDING_OUT)
@pytest.mark.parametrize("mishap", ["no_answer_before", "no_answer_after", "error_after"])
def test_a_run_that_dies_while_finding_out_charges_each_card_once(there: StripeTown, place, mishap, gap):
    there.queue(there.card())
    there.world.fail(mishap, "confirm_payment")
    there.run()
    assert there.states() == ["unknown"]
    there.later(minutes=3)
    # What was taken needs no further commit.
    assert there.crash(place) or place == "sync.after_commit"
    there.later(hours=gap)
    there.settle()
    there.is_in_order(paid=1)


@pytest.mark.parametrize("place", [name for name in checkpoints.CHECKPOINTS if name.startswith("cancel")])
@pytest.mark.parametrize("is_paid", [True, False])
def test_giving_up_that_dies_ends_in_what_stripe_says(there: StripeTown, place, is_paid, gap):
    (charge,) = there.queue(there.card("ask"))
    there.run()
    if is_paid:
        assert recovery.start(there.charges()[0], return_path="/en/pledge").startswith("http")
        there.world.answer_bank(there.charges()[0].provider_payment_id)
    assert there.states() == ["requires_action"]
    there.dies(place, lambda: recovery.give_up(charge.id))
    there.later(hours=gap)
    assert recovery.give_up(charge.id)
    assert there.states() == ["succeeded" if is_paid else "cancelled"]
    assert sum(there.taken().values()) == is_paid


@pytest.mark.parametrize("place", [name for name in checkpoints.CHECKPOINTS if name.startswith("recovery")])
def test_a_person_whose_recovery_dies_pays_once(there: StripeTown, place, gap):
    card = there.card("insufficient_funds")
    there.queue(card)
    there.run()
    there.mend(card)
    there.dies(place, lambda: recovery.start(there.charges()[0], return_path="/en/pledge"))
    there.later(hours=gap)
    assert recovery.start(there.charges()[0], return_path="/en/pledge") == "/en/pledge"
    there.settle(hours=12)
    there.is_in_order(paid=1)


@pytest.mark.parametrize(
    "place", ["customer.after_api", "customer.after_commit", "setup.after_api", "setup.after_commit"]
)
def test_a_visit_whose_start_dies_is_started_again(there: StripeTown, place):
    setup = _begun(there)
    there.dies(place, lambda: visits.start(setup))
    there.later(minutes=1)
    time.sleep(1.1 if place == "setup.after_commit" else 0)  # no signature may hold the second in which it was made
    url = visits.start(_setup())
    assert url.startswith("http")
    there.world.complete_setup(_setup().setup_id)
    assert visits.sync(setup.key).status == "succeeded"
    assert [type(told) for told in there.told] == [events.CardSaved]


@pytest.mark.parametrize("place", ["setup_truth.after_api", "setup_truth.before_commit"])
def test_a_visit_whose_end_dies_saves_one_card(there: StripeTown, place):
    setup = _begun(there)
    visits.start(setup)
    there.world.complete_setup(_setup().setup_id)
    there.dies(place, lambda: visits.sync(setup.key))
    for _ in range(2):
        assert visits.sync(setup.key).status == "succeeded"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PaymentMethod)) == 1
    assert [type(told) for told in there.told] == [events.CardSaved]


def test_letting_a_card_go_that_dies_is_done_again(there: StripeTown):
    card = there.card()
    there.dies("detach.after_api", lambda: cards.let_go(card.id))
    assert cards.let_go(card.id)
    db.session.expire_all()
    assert db.session.get_one(PaymentMethod, card.id).detached_at is not None


def test_every_place_that_is_passed_is_named_and_every_name_is_passed():
    house = Path(checkpoints.__file__).parent.parent
    code = "\n".join(path.read_text() for path in house.rglob("*.py") if "checkpoints" not in path.name)
    assert set(checkpoints.CHECKPOINTS) == set(re.findall(r'\bcp\("([\w.]+)"\)', code))


def _begun(there: StripeTown) -> CardSetup:
    from civic.core.money import GBP

    with transaction():
        return setups.begin(
            key="pledge-7-setup-1", reference="pledge:7", amount=GBP(25), consent="You will be charged £25 only if …",
            language="en", description="Garden", return_path="/en/back", cancel_path="/en/away", person=None,
            email="ada@example.org", now=there.now,
        )  # fmt: skip


def _setup() -> CardSetup:
    db.session.expire_all()
    return db.session.scalars(sa.select(CardSetup)).one()
