"""Coming back, and being told: looking changes nothing, addresses are not believed, forged announcements change nothing (P15)."""

import re

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.payments import events, inbox
from civic.payments.actions import setups
from civic.payments.engine import recovery, visits
from civic.payments.models import CardSetup, WebhookEvent
from tests.payments.stripe_town import StripeTown

HOOK = "/payments/webhooks/stripe"


@pytest.fixture
def opened(there: StripeTown, monkeypatch) -> StripeTown:
    """Stripe is in use, and its announcements are listened to."""
    there.app.config.update(
        PAYMENTS_PROVIDER="stripe", STRIPE_WEBHOOK_SECRETS=["x"], STRIPE_CONNECT_WEBHOOK_SECRETS=["y"]
    )
    yield there
    there.app.config.update(PAYMENTS_PROVIDER="sandbox", STRIPE_WEBHOOK_SECRETS=[], STRIPE_CONNECT_WEBHOOK_SECRETS=[])


def started(there: StripeTown) -> tuple[CardSetup, str]:
    """A visit that is under way, and its way back."""
    with transaction():
        setup = setups.begin(
            key="pledge-7-setup-1", reference="pledge:7", amount=GBP(25), consent="You will be charged £25 only if …",
            language="en", description="Garden", return_path="/en/accessibility-statement", cancel_path="/en/privacy",
            person=None, email="ada@example.org", now=there.now,
        )  # fmt: skip
    visits.start(setup)
    back = there.world.fake.state.get("checkout.session", setup.setup_id)["success_url"]
    return setup, back.removeprefix("http://localhost")


def kept() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(WebhookEvent)) or 0


def status_of(setup: CardSetup) -> str:
    db.session.expire_all()
    return db.session.get_one(CardSetup, setup.id).status


# --- coming back -------------------------------------------------------------------------------------------------------


def test_coming_back_shows_one_button_and_changes_nothing(opened, client):
    setup, back = started(opened)
    opened.world.complete_setup(setup.setup_id)
    page = client.get(back)
    assert page.status == 200
    assert "Nothing has been taken from your card" in page.text
    assert status_of(setup) == "open"
    assert client.post(back, {}).location == "/en/accessibility-statement"
    assert status_of(setup) == "succeeded"
    assert [type(told) for told in opened.told] == [events.CardSaved]


def test_who_comes_back_after_the_announcement_goes_straight_on(opened, client):
    setup, back = started(opened)
    opened.world.complete_setup(setup.setup_id)
    visits.sync(setup.key)
    assert client.get(back).location == "/en/accessibility-statement"


def test_who_comes_back_without_a_card_is_told_so_and_can_look_again(opened, client):
    setup, back = started(opened)
    page = client.post(back, {})
    assert page.status == 200
    assert "Your card has not been saved yet" in page.text
    assert status_of(setup) == "open"


def test_who_leaves_the_card_page_goes_where_they_came_from(opened, client):
    setup, back = started(opened)
    assert client.get(back.replace("/return?", "/cancel?")).location == "/en/privacy"
    assert status_of(setup) == "open"


@pytest.mark.parametrize("token", ["", "forged", "other"])
def test_a_way_back_that_we_did_not_sign_leads_nowhere(opened, client, token):
    setup, back = started(opened)
    if token == "other":
        token = visits.proof("pledge-8-setup-1")
    path = back.split("?")[0]
    assert client.get(f"{path}?t={token}").status in (400, 404)
    assert client.post(f"{path}?t={token}", {}).status in (400, 404)
    assert status_of(setup) == "open"


def test_a_way_back_ends_two_days_after_its_visit(opened, client):
    _, back = started(opened)
    opened.later(days=4)
    page = client.get(back)
    assert page.status == 400
    assert "no longer works" in page.text


def test_coming_back_from_the_bank_asks_what_it_said(opened, client):
    opened.queue(opened.card("ask"))
    opened.run()
    (charge,) = opened.charges()
    url = recovery.start(charge, return_path="/en/privacy")
    assert url.startswith(opened.world.fake.address)
    opened.world.answer_bank(charge.provider_payment_id)
    intent = opened.world.fake.state.get("payment_intent", charge.provider_payment_id)
    back = _way_back_of(opened, intent)
    page = client.get(back)
    assert "£25" in page.text
    assert opened.states() == ["requires_action"]
    assert client.post(back, {}).location == "/en/privacy"
    assert opened.states() == ["succeeded"]
    assert client.get(back).location == "/en/privacy"
    opened.books_balance()


def test_a_bank_that_says_no_lets_the_person_try_again(opened):
    opened.queue(opened.card("ask"))
    opened.run()
    (charge,) = opened.charges()
    for passes in (False, True):
        recovery.start(charge, return_path="/en/privacy")
        opened.world.answer_bank(charge.provider_payment_id, passes=passes)
        recovery.sync(charge.id)
        assert opened.states() == ["succeeded" if passes else "requires_action"]
    assert opened.taken() == {f"charge:{charge.id}": 1}


def test_a_charge_that_needs_nobody_leads_straight_back(opened):
    opened.queue(opened.card())
    opened.run()
    (charge,) = opened.charges()
    assert recovery.start(charge, return_path="/en/privacy") == "/en/privacy"


def _way_back_of(opened: StripeTown, intent) -> str:
    confirmations = [call for call in opened.world.fake.faults.seen if call.name == "payment_intents/confirm"]
    return confirmations[-1].params["return_url"].removeprefix("http://localhost")


# --- being told --------------------------------------------------------------------------------------------------------


def send(opened: StripeTown, raw: bytes, headers: dict[str, str], path: str = HOOK) -> int:
    return opened.app.test_client().post(path, data=raw, headers=headers, base_url="http://localhost").status_code


def an_event(opened: StripeTown):
    setup, _ = started(opened)
    opened.world.complete_setup(setup.setup_id)
    told = opened.world.fake.deliveries()
    return next(each for each in told if b"checkout.session.completed" in each[0])


def test_an_announcement_is_kept_once_however_often_it_is_told(opened):
    raw, headers, _ = an_event(opened)
    assert [send(opened, raw, headers) for _ in range(3)] == [200, 200, 200]
    assert kept() == 1
    row = db.session.scalars(sa.select(WebhookEvent)).one()
    assert row.kind == "checkout.session.completed"
    inbox.handle(row.id)
    assert [type(told) for told in opened.told] == [events.CardSaved]


@pytest.mark.parametrize("wrong", ["unsigned", "altered", "late", "other secret", "livemode", "empty", "no json"])
def test_an_announcement_that_cannot_be_believed_changes_nothing(opened, wrong):
    raw, headers, _ = an_event(opened)
    fake = opened.world.fake
    event = fake.state.events[-1]
    match wrong:
        case "unsigned":
            headers = {}
        case "altered":
            raw = raw.replace(b"pledge:7", b"pledge:8")
        case "late":
            raw, headers, _ = opened.world.late_delivery()
        case "other secret":
            raw, headers, _ = fake.signed(event, secret="whsec_of_somebody_else")
        case "livemode":
            raw, headers, _ = fake.signed(event | {"livemode": True})
        case "empty":
            raw = b""
        case "no json":
            raw = b"{" * 1000
    assert send(opened, raw, headers) == 400
    assert kept() == 0


def test_an_announcement_that_is_too_large_is_not_read(opened):
    raw, headers, _ = an_event(opened)
    assert send(opened, raw + b" " * (256 * 1024), headers) == 413
    assert kept() == 0


def test_an_announcement_at_the_address_of_the_other_kind_is_not_believed(opened):
    raw, headers, _ = an_event(opened)
    assert send(opened, raw, headers, f"{HOOK}/connect") == 400


@pytest.mark.parametrize(
    "path", ["/payments/webhooks/sandbox", "/payments/webhooks/paypal", "/payments/webhooks/sandbox/connect"]
)
def test_a_provider_that_is_not_in_use_has_no_address(opened, path):
    raw, headers, _ = an_event(opened)
    assert send(opened, raw, headers, path) == 404


@pytest.mark.parametrize(
    "setting, path", [("STRIPE_WEBHOOK_SECRETS", HOOK), ("STRIPE_CONNECT_WEBHOOK_SECRETS", f"{HOOK}/connect")]
)
def test_without_a_secret_there_is_no_address(opened, setting, path):
    raw, headers, _ = an_event(opened)
    opened.app.config[setting] = []
    assert send(opened, raw, headers, path) == 404


def test_what_cannot_be_kept_is_asked_to_be_told_again(opened, monkeypatch):
    raw, headers, _ = an_event(opened)

    def broken(*_, **__):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(inbox, "receive", broken)
    assert send(opened, raw, headers) == 500
    monkeypatch.undo()
    monkeypatch.setattr("civic.core.clock.now", opened.time)
    assert send(opened, raw, headers) == 200
    assert kept() == 1


def test_an_announcement_needs_no_token_and_sets_no_cookie(opened):
    raw, headers, _ = an_event(opened)
    answer = opened.app.test_client().post(HOOK, data=raw, headers=headers, base_url="http://localhost")
    assert "Set-Cookie" not in answer.headers
    assert not re.search(r"\w", answer.text)
