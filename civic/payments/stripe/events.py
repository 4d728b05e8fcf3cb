"""Stripe's announcements: believed when one of our secrets signed them lately, for our mode, in a body of bearable size.

An announcement says where to look and never what is true: the object is read again.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import stripe

from civic.payments.provider import BadEvent, Mode, ProviderEvent
from civic.payments.stripe import reading

MOST_BYTES = 256 * 1024
TOLERANCE_SECONDS = 300
SIGNATURE = "stripe-signature"


def verify(
    raw: bytes, headers: Mapping[str, str], *, secrets: Sequence[str], mode: Mode, connect: bool
) -> ProviderEvent:
    """The event in `raw`; raises BadEvent when it is forged, altered, old, too large, unreadable or of another mode."""
    if len(raw) > MOST_BYTES:
        raise BadEvent("too large")
    header = next((value for name, value in headers.items() if name.lower() == SIGNATURE), "")
    if not any(_signed(raw, header, secret) for secret in secrets if secret.strip()):
        raise BadEvent("no secret of ours signed this lately")
    try:
        event = json.loads(raw)
        return read(event, mode=mode, connect=connect)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadEvent("not an event") from error


def _signed(raw: bytes, header: str, secret: str) -> bool:
    try:
        return stripe.WebhookSignature.verify_header(raw, header, secret, TOLERANCE_SECONDS)
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False


def read(event: dict[str, Any], *, mode: Mode, connect: bool = False) -> ProviderEvent:
    """An event of ours (a snapshot) or of a connected account (thin, or a snapshot that names the account)."""
    if event["livemode"] is not (mode == "live"):
        raise BadEvent("of another mode")
    if connect:
        return _of_an_account(event)
    # What happened on somebody else's account is nothing that happened to our money.
    if event["object"] != "event" or event.get("account"):
        raise BadEvent("not an event of this account")
    found = event["data"]["object"]
    facts = _facts(found)
    return ProviderEvent(
        event["id"], event["type"], facts.pop("", found.get("id", "")), reading.moment(event["created"]), facts
    )


def _of_an_account(event: dict[str, Any]) -> ProviderEvent:
    if event["object"] == "v2.core.event":
        account = (event.get("related_object") or {}).get("id") or event.get("context") or ""
        made = datetime.fromisoformat(event["created"]).astimezone(UTC)
    elif event["object"] == "event" and event.get("account"):
        account, made = event["account"], reading.moment(event["created"])
    else:
        raise BadEvent("not an event of a connected account")
    return ProviderEvent(event["id"], event["type"], account, made, {"account": account} if account else {})


def _facts(found: dict[str, Any]) -> dict[str, str]:
    """The ids in an object by what they name; under "" the one to read again where it is not the object's own."""
    own, see = reading.id_of(found), reading.id_of
    about = {"reference": reading.reference_of(found), "group": found.get("transfer_group") or ""}
    match found["object"]:
        case "payment_intent":
            facts = {"payment": own, "charge": see(found.get("latest_charge"))}
        case "charge":
            payment = see(found.get("payment_intent"))
            facts = {"": payment or own, "payment": payment, "charge": own}
        case "refund":
            facts = {"refund": own, "payment": see(found.get("payment_intent")), "charge": see(found.get("charge"))}
        case "dispute":
            facts = {"dispute": own, "payment": see(found.get("payment_intent")), "charge": see(found.get("charge"))}
        case "radar.early_fraud_warning":
            facts = {"payment": see(found.get("payment_intent")), "charge": see(found.get("charge"))}
        case "checkout.session":
            facts = {"setup": own, "setup_intent": see(found.get("setup_intent"))}
        case "setup_intent":
            facts = {"setup_intent": own, "payment_method": see(found.get("payment_method"))}
        case "payment_method":
            facts = {"payment_method": own}
        case "transfer":
            facts = {"transfer": own}
        case "payout":
            facts = {"payout": own}
        case _:
            facts = {}
    return {name: value for name, value in (facts | about).items() if value}
