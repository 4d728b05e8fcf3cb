"""Announcements, signed and verified: t=<seconds>,v1=<HMAC-SHA256 of "t.body">, as Stripe signs its own."""

import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from civic.payments.provider import BadEvent, ProviderEvent

HEADER = "Sandbox-Signature"
TOLERANCE = 300  # seconds
LARGEST = 256 * 1024  # bytes
_HEADER = re.compile(r"t=([0-9]{1,12})((?:,v1=[0-9a-f]{64})+)")


def secret(key: str, *, connect: bool) -> bytes:
    """The secret of one of our two endpoints, derived from the application's own."""
    purpose = b"civic sandbox webhooks of organisations" if connect else b"civic sandbox webhooks"
    return hmac.digest(key.encode(), purpose, "sha256")


def signature(raw: bytes, with_secret: bytes, at: datetime) -> str:
    """The header's value for a body sent at this moment."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_digest(raw, with_secret, seconds)}"


def body(event_id: str, kind: str, object_id: str, created_at: datetime, facts: Mapping[str, str]) -> bytes:
    """An announcement as it is sent: that something happened to an object, and no more."""
    told = {
        "id": event_id,
        "type": kind,
        "mode": "sandbox",
        "created": created_at.astimezone(UTC).isoformat(),
        "data": {"object": {"id": object_id}, "facts": dict(facts)},
    }
    return json.dumps(told, sort_keys=True).encode()


def verified(raw: bytes, headers: Mapping[str, str], with_secret: bytes, now: datetime) -> ProviderEvent:
    """The announcement in a body, when it is signed with our secret within the last 300 seconds; raises BadEvent."""
    if len(raw) > LARGEST:
        raise BadEvent("too large")
    given = next((value for name, value in headers.items() if name.lower() == HEADER.lower()), "")
    found = _HEADER.fullmatch(given.strip())
    if found is None:
        raise BadEvent("no signature")
    seconds, wanted = int(found[1]), _digest(raw, with_secret, int(found[1]))
    if not any(hmac.compare_digest(wanted, each[3:]) for each in found[2].split(",")[1:]):
        raise BadEvent("not our signature")
    if abs(now.timestamp() - seconds) > TOLERANCE:
        raise BadEvent("too old")
    return _read(raw)


def _read(raw: bytes) -> ProviderEvent:
    try:
        told = json.loads(raw)
        if told["mode"] != "sandbox":
            raise BadEvent("meant for another mode")
        facts = {str(name): str(value) for name, value in told["data"]["facts"].items()}
        created = datetime.fromisoformat(told["created"])
        if created.tzinfo is None:
            raise BadEvent("unreadable")
        return ProviderEvent(str(told["id"]), str(told["type"]), str(told["data"]["object"]["id"]), created, facts)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as broken:
        raise BadEvent("unreadable") from broken


def _digest(raw: bytes, with_secret: bytes, seconds: int) -> str:
    return hmac.digest(with_secret, f"{seconds}.".encode() + raw, "sha256").hex()
