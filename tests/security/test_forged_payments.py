"""Cases 11, 13, 14, 25: nobody plays the provider: announcements, ways back, and the sandbox where money is real."""

from typing import Any

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.payments.models import CardSetup, WebhookEvent
from tests.house.routes import addresses
from tests.payments.sandbox_world import World

PEOPLE = ("visitor", "member", "finance_officer", "administrator")
FORGED = {
    "nothing": ("", {}),
    "no signature": ('{"id": "evt_1", "type": "checkout.session.completed"}', {}),
    "a signature of nothing": ("{}", {"Sandbox-Signature": "t=0,v1=", "Stripe-Signature": "t=0,v1="}),
    "words": ("evil", {"Sandbox-Signature": "evil", "Stripe-Signature": "evil"}),
    "another kind": ("<x/>", {"Content-Type": "application/xml"}),
    "a form": ("id=evt_1", {"Content-Type": "application/x-www-form-urlencoded"}),
    "pieces": ("--x", {"Content-Type": "multipart/form-data; boundary=x"}),
}


def events() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(WebhookEvent)) or 0


@pytest.fixture
def stripe_is_used(app: Any, isolated: Any) -> Any:
    """A site whose provider is Stripe."""
    app.config.update(
        PAYMENTS_PROVIDER="stripe", STRIPE_WEBHOOK_SECRETS=["whsec_x"], STRIPE_CONNECT_WEBHOOK_SECRETS=["whsec_y"]
    )
    yield app
    app.config.update(PAYMENTS_PROVIDER="sandbox", STRIPE_WEBHOOK_SECRETS=[], STRIPE_CONNECT_WEBHOOK_SECRETS=[])


@pytest.mark.parametrize("forged", FORGED)
@pytest.mark.parametrize("kind", ("", "/connect"))
def test_no_announcement_is_believed_without_a_signature(arrive, make, kind, forged):
    body, headers = FORGED[forged]
    page = arrive("visitor").post(f"/payments/webhooks/sandbox{kind}", body, token=False, headers=headers)
    assert page.status == 400 and events() == 0 and not page.html.strip()


@pytest.mark.parametrize(
    "provider", ("stripe", "STRIPE", "sandbox%00", "paypal", "..", "connect", "stripe/connect", "sandbox/other")
)
def test_an_announcement_of_a_provider_that_is_not_used_has_no_address(arrive, make, provider):
    page = arrive("visitor").post(f"/payments/webhooks/{provider}", "{}", token=False)
    assert page.status in (400, 404, 405) and events() == 0


def test_an_endpoint_of_announcements_is_for_sending_only_and_for_little(arrive, make):
    client = arrive("visitor")
    for method in ("GET", "HEAD", "PUT", "DELETE", "PATCH"):
        assert client.open(method, "/payments/webhooks/sandbox").status in (400, 404, 405), method
    for size in (256 * 1024 + 1, 3_000_000):
        assert client.post("/payments/webhooks/sandbox", b"x" * size, token=False).status in (400, 413)
    assert events() == 0


@pytest.mark.parametrize("kind", PEOPLE)
def test_where_stripe_is_the_provider_no_page_of_the_sandbox_is_there(app, arrive, make, stripe_is_used, kind):
    world = World(app, make.now)
    known = {"setup_id": [world.visit()], "account_id": [world.account()]}
    client, there = arrive(kind), []
    for method in ("GET", "POST"):
        for address in addresses(app, method, known):
            if "sandbox" in address.endpoint:
                page = client.get(address.path) if method == "GET" else client.post(address.path, {})
                if page.status != 404 and not (page.status == 403 and address.is_staff):
                    is_sent_to_sign_in = kind == "visitor" and "/sign-in" in (page.location or "")
                    there += [] if is_sent_to_sign_in else [f"{method} {address}: {page.status}"]
    assert not there, there


@pytest.mark.parametrize("kind", ("visitor", "member"))
def test_only_staff_play_the_world(app, arrive, make, kind):
    client, taken = arrive(kind), []
    for method in ("GET", "POST"):
        for address in addresses(app, method, {}):
            if "/staff/sandbox" in address.path:
                page = client.get(address.path) if method == "GET" else client.post(address.path, {"kind": "limit"})
                if page.status not in (403, 404) and "/sign-in" not in (page.location or ""):
                    taken.append(f"{method} {address}: {page.status}")
    assert not taken, taken


def test_a_way_back_is_for_its_own_visit_and_for_no_other(app, arrive, make, monkeypatch):
    from civic.core.tokens import sign
    from civic.payments.engine import recovery, visits

    campaign = make.campaign("live")
    mine, theirs = (make.card_setup(reference=f"pledge:{make.pledge(campaign).public_id}") for _ in range(2))
    db.session.commit()
    client, base = arrive("visitor"), "/en/payments"
    proof = visits.proof(mine.key)
    told = sign(recovery.RETURNING, {"charge": 1, "path": "/en/evil"})
    for path, token in (
        (f"setups/{theirs.key}/return", proof),
        (f"setups/{theirs.key}/cancel", proof),
        (f"setups/{mine.key}/return", proof[:-1]),
        (f"setups/{mine.key}/return", proof.lower()),
        (f"setups/{mine.key}/return", ""),
        (f"setups/{mine.key}/return", sign("crowdfund.pledge", mine.key)),
        ("charges/2/return", told),
        ("charges/1/return", told + "x"),
        ("charges/1/return", sign("crowdfund.pledge", {"charge": 1, "path": "/"})),
    ):
        for method in ("GET", "POST"):
            page = client.open(method, f"{base}/{path}", query_string={"t": token}, data={"csrf_token": client.token()})
            assert page.status in (400, 404, 405), (method, path)
    db.session.expire_all()
    assert {each.status for each in db.session.scalars(sa.select(CardSetup))} == {"open"}
