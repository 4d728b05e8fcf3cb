"""Saving a card: begun once, believed only when the provider says so, told to the room above in the same transaction."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core import announcements, jobs
from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.payments import events
from civic.payments import jobs as ours
from civic.payments.actions import setups
from civic.payments.engine import cards, visits
from civic.payments.errors import PaymentsUnavailable
from civic.payments.models import CardSetup, PaymentMethod
from civic.payments.provider import Bug, ProviderError, SetupResult
from tests.payments.town import Town


@pytest.fixture
def here(here, in_request) -> Town:
    """The town, inside a request, since addresses are built."""
    return here


def begin(here: Town, **facts) -> CardSetup:
    defaults = {
        "key": "pledge-7-setup-1", "reference": "pledge:7", "amount": GBP(25), "consent": "You will be charged £25 only if …",
        "language": "pl", "description": "Garden", "return_path": "/pl/back", "cancel_path": "/pl/away", "person": None,
        "email": "ada@example.org", "now": here.now,
    }  # fmt: skip
    with transaction():
        return setups.begin(**(defaults | facts))


def cards_saved() -> list[PaymentMethod]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(PaymentMethod)))


def test_a_visit_is_begun_once_for_one_key(here):
    assert begin(here).id == begin(here).id


def test_a_visit_started_twice_is_the_same_visit(here):
    setup = begin(here)
    assert visits.start(setup) == visits.start(setup)
    assert len(here.provider.setups) == 1


def test_a_card_is_believed_when_the_provider_says_so_and_not_before(here):
    setup = begin(here)
    visits.start(setup)
    assert visits.sync(setup.key).status == "open"
    assert here.told == []
    here.provider.save_card(setup.setup_id)
    setup = visits.sync(setup.key)
    (card,) = cards_saved()
    assert (setup.status, setup.payment_method_id, setup.email) == ("succeeded", card.id, "")
    assert (card.last4, card.authenticated, card.customer_id) == ("4242", True, "cus_1")
    assert here.told == [events.CardSaved(setup.id, "pledge:7", card.id, GBP(25))]
    visits.sync(setup.key)
    assert len(here.told) == 1


@pytest.mark.parametrize("ending", ["failed", "expired"])
def test_a_visit_that_ends_without_a_card_is_told(here, ending):
    setup = begin(here)
    visits.start(setup)
    here.provider.setups[setup.setup_id] = SetupResult(setup.setup_id, ending, "pledge:7", reason="no")
    assert visits.sync(setup.key).status == ending
    assert here.told == [events.CardSetupEnded(setup.id, "pledge:7", "no")]


def test_a_card_that_came_too_late_is_let_go(here, run_jobs):
    setup = begin(here)
    visits.start(setup)
    here.provider.save_card(setup.setup_id, "pm_late")

    def too_late(event: events.CardSaved) -> None:
        db.session.execute(sa.update(CardSetup).values(reason="this must not stay"))
        raise events.CardNotWanted("closed")

    announcements._listeners[events.CardSaved].append(too_late)
    setup = visits.sync(setup.key)
    assert (setup.status, setup.reason) == ("refused", "closed")
    (card,) = cards_saved()
    assert card.detached_at is None
    jobs.bind(here.app)
    run_jobs()
    assert here.provider.detached == ["pm_late"]
    (card,) = cards_saved()
    assert card.detached_at == here.now


def test_a_provider_that_cannot_be_reached_loses_nothing(here):
    setup = begin(here)
    here.provider.faults[2] = "drop_after"
    with pytest.raises(PaymentsUnavailable):
        visits.start(setup)
    here.provider.faults.clear()
    assert visits.start(setup).endswith(setup.setup_id or "-")
    assert len(here.provider.setups) == 1


def test_an_answer_about_another_promise_is_not_believed(here):
    setup = begin(here)
    visits.start(setup)
    here.provider.save_card(setup.setup_id)
    here.provider.setups[setup.setup_id] = SetupResult(setup.setup_id, "succeeded", "pledge:8")
    with pytest.raises(Bug):
        visits.sync(setup.key)
    assert here.told == []


def test_a_member_is_one_customer_however_many_cards_they_save(here, make):
    person = make.member()
    for number in range(2):
        setup = begin(here, key=f"setup-{number}", person=person)
        visits.start(setup)
        here.provider.save_card(setup.setup_id)
        visits.sync(setup.key)
    assert {card.customer_id for card in cards_saved()} == {"cus_1"}


def test_visits_nobody_came_back_from_are_looked_after(here):
    saved, never_started = begin(here), begin(here, key="other", reference="pledge:8")
    visits.start(saved)
    here.provider.save_card(saved.setup_id)
    here.later(minutes=20)
    ours.look_after_setups()
    db.session.expire_all()
    assert (saved.status, never_started.status) == ("succeeded", "open")
    here.later(hours=25)
    ours.look_after_setups()
    db.session.expire_all()
    assert never_started.status == "expired"
    assert [type(told) for told in here.told] == [events.CardSaved, events.CardSetupEnded]


def test_one_visit_that_cannot_be_read_keeps_no_other_waiting(here):
    broken, good = begin(here), begin(here, key="other", reference="pledge:8")
    for setup in (broken, good):
        visits.start(setup)
        here.provider.save_card(setup.setup_id)
    del here.provider.setups[broken.setup_id]
    here.later(minutes=20)
    ours.look_after_setups()
    db.session.expire_all()
    assert (broken.status, good.status) == ("open", "succeeded")


def test_a_card_that_a_charge_still_needs_is_not_let_go(here):
    card = here.card("insufficient_funds")
    here.queue(card)
    here.run()
    assert cards.let_go(card.id)
    assert here.provider.detached == []
    here.provider.cards[card.provider_id] = "works"
    here.later(days=1)
    here.run()
    cards.let_go(card.id)
    cards.let_go(card.id)
    assert here.provider.detached == [card.provider_id]


def test_a_thousand_cards_are_let_go_by_jobs_of_a_hundred(here, monkeypatch):
    monkeypatch.setattr(setups, "AT_ONCE", 3)
    with transaction():
        setups.let_go(range(1, 9), now=here.now)
    waiting = db.session.scalars(sa.text("SELECT args FROM procrastinate_jobs ORDER BY id")).all()
    assert [len(args["ids"]) for args in waiting] == [3, 3, 2]


def test_cards_the_provider_does_not_answer_for_are_let_go_later(here, monkeypatch):
    card = here.card()
    monkeypatch.setattr(here.provider, "detach", _dead)
    assert not cards.let_go(card.id)
    here.later(minutes=30)
    monkeypatch.undo()
    monkeypatch.setattr("civic.core.clock.now", here.time)
    assert cards.let_go(card.id)


def _dead(method_id: str) -> None:
    raise ProviderError


def test_a_setup_lasts_as_long_as_every_provider_allows():
    assert timedelta(minutes=30) < setups.OPEN_FOR < timedelta(hours=24)
