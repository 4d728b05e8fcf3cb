"""What the fake Stripe remembers: objects, events, its clock and what is still to happen."""

import copy
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import stripe

from tests.fakes import typed_responses

Thing = dict[str, Any]


class Refusal(Exception):
    """An answer that is an error, as Stripe words it."""

    def __init__(self, status: int, kind: str, code: str | None = None, message: str = "", **more: Any):
        super().__init__(message)
        self.status = status
        facts = {"type": kind, "code": code, "message": message or code or kind, **more}
        self.body = {"error": {name: value for name, value in facts.items() if value is not None}}


def invalid(code: str | None, message: str = "", *, status: int = 400, **more: Any) -> Refusal:
    """A request that cannot be done."""
    return Refusal(status, "invalid_request_error", code, message, **more)


class State:
    """Everything at the fake Stripe. The clock stands still until somebody moves it."""

    livemode = False

    def __init__(self, now: datetime):
        self.lock = threading.RLock()
        self.now = now
        self.things: dict[str, Thing] = {}
        # What only the bank knows of a thing: never sent.
        self.hidden: dict[str, Any] = {}
        self.events: list[Thing] = []
        self.thin_events: list[Thing] = []
        self.due: list[tuple[datetime, int, Callable[[], None]]] = []
        self._mark, self._count = secrets.token_hex(4), 0

    @property
    def seconds(self) -> int:
        """The fake's time as Stripe writes it."""
        return int(self.now.timestamp())

    def new_id(self, prefix: str) -> str:
        """A name nothing else has, in this fake or another."""
        self._count += 1
        return f"{prefix}_{self._mark}{self._count:08d}"

    def add(self, kind: str, prefix: str, **values: Any) -> Thing:
        """A new thing with every field that Stripe always sends, empty where nothing was said."""
        fields = typed_responses.annotations(typed_responses.CLASSES[kind])
        # Of the fifty ways to pay, a payment method has one.
        names = ("billing_details", "customer", "allow_redisplay") if kind == "payment_method" else fields
        always = {"id": self.new_id(prefix), "object": kind, "created": self.seconds, "livemode": self.livemode}
        thing = {name: None for name in names if name != "deleted"} | {
            name: value for name, value in always.items() if name in fields
        }
        if "metadata" in fields:
            thing["metadata"] = {}
        thing |= {name: value for name, value in values.items() if value is not None or name in thing}
        self.things[thing["id"]] = thing
        return thing

    def get(self, kind: str, name: str, *, param: str = "id") -> Thing:
        """A thing by its id; refuses as Stripe does when there is none of that kind."""
        thing = self.things.get(name)
        if thing is None or thing["object"] != kind:
            raise invalid("resource_missing", f"No such {kind}: '{name}'", status=404, param=param)
        return thing

    def all(self, kind: str) -> list[Thing]:
        """Everything of a kind, oldest first."""
        return [thing for thing in self.things.values() if thing["object"] == kind]

    def tell(self, kind: str, thing: Thing) -> None:
        """Announce what became of a thing, as it is now."""
        self.events.append(
            {
                "id": self.new_id("evt"),
                "object": "event",
                "api_version": stripe.api_version,
                "created": self.seconds,
                "type": kind,
                "livemode": self.livemode,
                "pending_webhooks": 1,
                "request": {"id": None, "idempotency_key": None},
                "data": {"object": copy.deepcopy(thing)},
            }
        )

    def tell_thinly(self, kind: str, account: Thing) -> None:
        """Announce that something of an account changed, and nothing about what."""
        name = account["id"]
        about = {"id": name, "type": "v2.core.account", "url": f"/v2/core/accounts/{name}"}
        self.thin_events.append(
            {
                "id": self.new_id("evt"),
                "object": "v2.core.event",
                "created": iso(self.now),
                "type": kind,
                "livemode": self.livemode,
                "context": None,
                "reason": None,
                "related_object": about,
            }
        )

    def later(self, seconds: int, happens: Callable[[], None]) -> None:
        """Something that will happen by itself when the clock is moved."""
        self._count += 1
        self.due.append((datetime.fromtimestamp(self.seconds + seconds, UTC), self._count, happens))

    def move_to(self, moment: datetime) -> None:
        """Move the clock forward, letting happen what falls due, each at its own time."""
        while ripe := sorted((each for each in self.due if each[0] <= moment), key=lambda each: each[:2]):
            self.due.remove(ripe[0])
            self.now = max(self.now, ripe[0][0])
            ripe[0][2]()
        self.now = max(self.now, moment)


def iso(moment: datetime) -> str:
    """A moment as Stripe's second API writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
