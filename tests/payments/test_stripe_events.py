"""Stripe's announcements are believed when one of our secrets signed them lately for our mode, and never otherwise."""

import json
import re
import time
from pathlib import Path
from typing import get_args

import pytest
import stripe
from stripe.events._event_classes import _V2_EVENT_CLASS_LOOKUP as V2_EVENT_CLASS_LOOKUP

from civic.payments.provider import BadEvent
from civic.payments.stripe import StripeProvider

SECRET, OLD, CONNECT = "whsec_new", "whsec_old", "whsec_connect"
NOW = 1795435200
EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "payment_intent.succeeded",
    "created": NOW,
    "livemode": False,
    "data": {"object": {"id": "pi_1", "object": "payment_intent", "latest_charge": "ch_1", "metadata": {}}},
}
THIN = {
    "id": "evt_2",
    "object": "v2.core.event",
    "type": "v2.core.account[requirements].updated",
    "created": "2026-11-23T12:00:00.000Z",
    "livemode": False,
    "related_object": {"id": "acct_1", "type": "v2.core.account", "url": "/v2/core/accounts/acct_1"},
}


@pytest.fixture
def provider():
    return StripeProvider("sk_test_1", [SECRET, OLD], [CONNECT])


def signed(event, secret=SECRET, at=None, name="Stripe-Signature"):
    raw = event if isinstance(event, bytes) else json.dumps(event).encode()
    header = stripe.WebhookSignature.generate_signature_header(raw.decode(errors="replace"), secret, at)
    return raw, {name: header}


def test_a_signed_event_is_read(provider):
    event = provider.verify_event(*signed(EVENT))
    assert (event.event_id, event.kind, event.object_id) == ("evt_1", "payment_intent.succeeded", "pi_1")
    assert event.facts == {"payment": "pi_1", "charge": "ch_1"}
    assert event.created_at.timestamp() == NOW


@pytest.mark.parametrize("secret", [SECRET, OLD])
def test_while_a_secret_is_being_changed_both_are_believed(provider, secret):
    assert provider.verify_event(*signed(EVENT, secret)).event_id == "evt_1"


def test_two_signatures_in_one_header_are_as_good_as_one(provider):
    raw, headers = signed(EVENT)
    stamp, _, good = headers["Stripe-Signature"].partition(",")
    headers["Stripe-Signature"] = f"{stamp},v1={'0' * 64},{good},v0=x"
    assert provider.verify_event(raw, headers).event_id == "evt_1"


@pytest.mark.parametrize("name", ["stripe-signature", "STRIPE-SIGNATURE", "Stripe-Signature"])
def test_the_names_of_headers_have_no_case(provider, name):
    assert provider.verify_event(*signed(EVENT, name=name)).event_id == "evt_1"


@pytest.mark.parametrize(
    "raw, headers",
    [
        signed(EVENT, "whsec_somebody"),
        (json.dumps(EVENT).encode(), {}),
        (json.dumps(EVENT | {"id": "evt_9"}).encode(), signed(EVENT)[1]),
        (signed(EVENT)[0], {"Stripe-Signature": "t=soon,v1=abc"}),
        (signed(EVENT)[0], {"Stripe-Signature": "nonsense"}),
        (b"\xff" + signed(EVENT)[0], signed(EVENT)[1]),
        signed(EVENT, CONNECT),
    ],
    ids=["another secret", "unsigned", "altered", "no time", "nonsense", "no text", "of the other address"],
)
def test_a_forged_event_is_not_believed(provider, raw, headers):
    with pytest.raises(BadEvent):
        provider.verify_event(raw, headers)


@pytest.mark.parametrize("age, believed", [(0, True), (298, True), (301, False), (86400, False)])
def test_an_event_is_believed_for_300_seconds(provider, age, believed):
    raw, headers = signed(EVENT, at=int(time.time()) - age)
    if believed:
        assert provider.verify_event(raw, headers)
        return
    with pytest.raises(BadEvent):
        provider.verify_event(raw, headers)


@pytest.mark.parametrize("secrets", [(), ("",), ("  ",), ("", "\t")])
@pytest.mark.parametrize("signed_with", ["", "  ", SECRET])
@pytest.mark.parametrize("connect", [False, True])
def test_without_a_secret_nothing_is_believed_not_even_what_is_signed_with_nothing(secrets, signed_with, connect):
    provider = StripeProvider("sk_test_1", secrets, secrets)
    with pytest.raises(BadEvent):
        provider.verify_event(*signed(THIN if connect else EVENT, signed_with), connect=connect)


@pytest.mark.parametrize("livemode", [True, None, "false", 0])
def test_an_event_of_another_mode_is_not_believed(provider, livemode):
    with pytest.raises(BadEvent):
        provider.verify_event(*signed(EVENT | {"livemode": livemode}))
    with pytest.raises(BadEvent):
        provider.verify_event(*signed(THIN | {"livemode": livemode}, CONNECT), connect=True)


def test_live_money_hears_only_of_live_money():
    live = StripeProvider("rk_live_1", [SECRET])
    assert live.mode == "live"
    assert live.verify_event(*signed(EVENT | {"livemode": True})).event_id == "evt_1"
    with pytest.raises(BadEvent):
        live.verify_event(*signed(EVENT))


def test_an_event_of_more_than_256_kilobytes_is_not_read(provider):
    fits = EVENT | {"filler": "x" * (256 * 1024 - len(json.dumps(EVENT)) - len(', "filler": ""'))}
    assert len(json.dumps(fits)) == 256 * 1024
    assert provider.verify_event(*signed(fits))
    with pytest.raises(BadEvent):
        provider.verify_event(*signed(json.dumps(fits).encode() + b" "))


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"null", b"7", b'"event"', b"{", b"{}", b"[" * 200_000),
        json.dumps(EVENT | {"data": None}).encode(),
        json.dumps(EVENT | {"data": {"object": {}}}).encode(),
        json.dumps(EVENT | {"created": "noon"}).encode(),
        json.dumps(EVENT | {"object": "charge"}).encode(),
        json.dumps({name: value for name, value in EVENT.items() if name != "livemode"}).encode(),
    ],
    ids=lambda body: body[:12].decode(),
)
def test_what_is_signed_and_no_event_is_not_believed(provider, body):
    with pytest.raises(BadEvent):
        provider.verify_event(*signed(body))


def test_what_happened_on_somebody_elses_account_did_not_happen_to_our_money(provider):
    theirs = EVENT | {"account": "acct_1"}
    with pytest.raises(BadEvent):
        provider.verify_event(*signed(theirs))
    event = provider.verify_event(*signed(theirs, CONNECT), connect=True)
    assert (event.object_id, event.facts) == ("acct_1", {"account": "acct_1"})


def test_a_thin_event_says_which_account_to_read(provider):
    event = provider.verify_event(*signed(THIN, CONNECT), connect=True)
    assert (event.event_id, event.object_id, event.facts) == ("evt_2", "acct_1", {"account": "acct_1"})
    assert event.created_at.timestamp() == NOW
    with pytest.raises(BadEvent):
        provider.verify_event(*signed(THIN))
    with pytest.raises(BadEvent):
        provider.verify_event(*signed(EVENT, CONNECT), connect=True)


@pytest.mark.parametrize(
    "thing, object_id, facts",
    [
        ({"object": "charge", "id": "ch_1", "payment_intent": "pi_1"}, "pi_1", {"payment": "pi_1", "charge": "ch_1"}),
        ({"object": "charge", "id": "ch_1", "payment_intent": None}, "ch_1", {"charge": "ch_1"}),
        (
            {"object": "refund", "id": "re_1", "charge": "ch_1", "payment_intent": {"id": "pi_1"}, "metadata": None},
            "re_1",
            {"refund": "re_1", "charge": "ch_1", "payment": "pi_1"},
        ),
        ({"object": "dispute", "id": "dp_1", "charge": "ch_1"}, "dp_1", {"dispute": "dp_1", "charge": "ch_1"}),
        (
            {
                "object": "checkout.session",
                "id": "cs_1",
                "setup_intent": "seti_1",
                "metadata": {"reference": "pledge:1"},
            },
            "cs_1",
            {"setup": "cs_1", "setup_intent": "seti_1", "reference": "pledge:1"},
        ),
        (
            {"object": "setup_intent", "id": "seti_1", "payment_method": "pm_1"},
            "seti_1",
            {"setup_intent": "seti_1", "payment_method": "pm_1"},
        ),
        (
            {
                "object": "transfer",
                "id": "tr_1",
                "transfer_group": "campaign:1",
                "metadata": {"reference": "transfer:1"},
            },
            "tr_1",
            {"transfer": "tr_1", "group": "campaign:1", "reference": "transfer:1"},
        ),
        ({"object": "radar.early_fraud_warning", "id": "issfr_1", "charge": "ch_1"}, "issfr_1", {"charge": "ch_1"}),
        ({"object": "payment_method", "id": "pm_1"}, "pm_1", {"payment_method": "pm_1"}),
        ({"object": "payout", "id": "po_1"}, "po_1", {"payout": "po_1"}),
        ({"object": "balance"}, "", {}),
    ],
    ids=lambda each: each.get("object") if isinstance(each, dict) and "object" in each else "",
)
def test_an_event_names_what_is_to_be_read_again(provider, thing, object_id, facts):
    event = provider.verify_event(*signed(EVENT | {"data": {"object": thing}}))
    assert (event.object_id, dict(event.facts)) == (object_id, facts)


def test_an_event_of_somebody_elses_account_keeps_no_other_from_being_heard(stripe_world):
    stripe_world.paid()
    stripe_world.fake.state.events[1]["account"] = "acct_1"
    heard = list(stripe_world.provider.events_since(stripe_world.now))
    assert len(heard) == len(stripe_world.fake.state.events) - 1


def test_the_events_to_switch_on_are_events_of_stripe():
    page = (Path(__file__).parent.parent.parent / "docs" / "stripe.md").read_text()
    named = set(
        re.findall(r"`((?:[a-z_0-9]+[.\[])+[a-z_.\]]+)`", page.partition("## Announcements")[2].partition("## ")[0])
    )
    ours = set(get_args(stripe.Event.__annotations__["type"]))
    thin = set(V2_EVENT_CLASS_LOOKUP)
    assert len(named) > 15
    assert named - ours - thin == set()
