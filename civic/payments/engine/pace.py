"""How fast we ask: so many requests a second of each kind, fewer when told to slow down, none while nobody answers.

Stripe takes 25 a second for one endpoint (docs.stripe.com/rate-limits) and its library never repeats a 429 by itself.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

import structlog
from flask import current_app

from civic.payments.provider import ConfigurationError, ProviderError, RateLimited, Unknown

log = structlog.get_logger()
Answer = TypeVar("Answer")

SHARE_OF_JOBS = 0.8
"""What jobs take of the rate; the rest is for people who are saving a card at this moment."""

TRIES = 5
"""How often one call is made anew when there are too many; nothing was done each time, so the key stays."""

LOST_IN_A_ROW = 5
"""After so many calls without an answer the provider is left alone for a while."""


class Stopped(ProviderError):
    """The circuit is open: nobody is asked for now."""


@dataclass
class Bucket:
    """Calls of one kind, evenly spaced; half as many after "too many", then slowly more again up to `top` a second."""

    top: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    rate: float = field(init=False)
    _next: float = field(init=False, default=0.0)
    _slowed: float = field(init=False, default=float("-inf"))
    _lock: Lock = field(init=False, default_factory=Lock)

    def __post_init__(self) -> None:
        self.rate = self.top

    def wait(self) -> None:
        """Take the next free place in the row and wait for it."""
        with self._lock:
            now = self.clock()
            place = max(self._next, now)
            self._next = place + 1 / self.rate
        if place > now:
            self.sleep(place - now)

    def slow_down(self) -> None:
        """Too many: half as many, at most once a second however many calls were refused together."""
        with self._lock:
            if self.clock() - self._slowed >= 1:
                self._slowed, self.rate = self.clock(), max(1.0, self.rate / 2)

    def speed_up(self) -> None:
        """It went well: about one request a second more, each second."""
        with self._lock:
            self.rate = min(self.top, self.rate + 1 / self.rate)


@dataclass
class Breaker:
    """Leaves the provider alone when keys are wrong or nobody answers; each time longer, at most ten minutes."""

    clock: Callable[[], float] = time.monotonic
    pause: float = 30.0
    longest: float = 600.0
    _lost: int = 0
    _trips: int = 0
    _until: float = float("-inf")
    _lock: Lock = field(default_factory=Lock)

    def is_open(self) -> bool:
        """Whether nobody is to be asked now."""
        return self.clock() < self._until

    def heard(self) -> None:
        """An answer came, whatever it was."""
        with self._lock:
            self._lost = self._trips = 0

    def lost(self) -> None:
        """No answer came."""
        with self._lock:
            self._lost += 1
            if self._lost >= LOST_IN_A_ROW:
                self._open(min(self.longest, self.pause * 2**self._trips), "no_answer")

    def forbidden(self, why: str) -> None:
        """Keys or permissions are wrong: every further call would be wrong too."""
        with self._lock:
            self._open(self.longest, why)

    def _open(self, seconds: float, why: str) -> None:
        self._until, self._lost, self._trips = self.clock() + seconds, 0, self._trips + 1
        log.error("payments_stopped", why=why, seconds=seconds)


@dataclass
class Pace:
    """The pace of this process: one bucket for each kind of call, one breaker for all."""

    rate: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    breaker: Breaker = field(init=False)
    _buckets: dict[str, Bucket] = field(init=False, default_factory=dict)
    _lock: Lock = field(init=False, default_factory=Lock)

    def __post_init__(self) -> None:
        self.breaker = Breaker(self.clock)

    def bucket(self, kind: str) -> Bucket:
        """The bucket for one kind of call: "create", "confirm", "read" …"""
        with self._lock:
            if kind not in self._buckets:
                self._buckets[kind] = Bucket(self.rate * SHARE_OF_JOBS, self.clock, self.sleep)
            return self._buckets[kind]

    def call(self, kind: str, ask: Callable[[], Answer]) -> Answer:
        """Ask the provider when it is our turn; "too many" is waited for, at random and longer each time (full jitter).

        Raises Stopped while the circuit is open, and whatever the call raises.
        """
        bucket = self.bucket(kind)
        for times in range(TRIES):
            if self.breaker.is_open():
                raise Stopped(kind)
            bucket.wait()
            try:
                answer = ask()
            except RateLimited as limited:
                bucket.slow_down()
                self.sleep(random.uniform(0, min(20.0, limited.retry_after * 2**times)))  # noqa: S311 - spreads load
                continue
            except ConfigurationError as wrong:
                self.breaker.forbidden(str(wrong))
                raise
            bucket.speed_up()
            if isinstance(answer, Unknown):
                self.breaker.lost()
            else:
                self.breaker.heard()
            return answer
        raise RateLimited(5.0)


_making = Lock()


def current() -> Pace:
    """The pace of this process, by the setting CHARGE_RATE."""
    known = current_app.extensions
    if "payments_pace" not in known:
        with _making:
            known.setdefault("payments_pace", Pace(float(current_app.config["CHARGE_RATE"])))
    return known["payments_pace"]
