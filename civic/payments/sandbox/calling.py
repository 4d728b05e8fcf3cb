"""How a call reaches the sandbox: what goes wrong on the way, which key it came with, what time it is there."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar, cast

from flask import Flask, current_app
from sqlalchemy.orm import Session

from civic.core import clock
from civic.payments.provider import ProviderError, RateLimited, Unknown
from civic.payments.sandbox import delivery, faults, lists, passing, remembering
from civic.payments.sandbox.outside import Connect, Outside, apart

T = TypeVar("T")


class NoAnswer(ProviderError):
    """The provider did not answer, and no money could have moved."""

    def __init__(self) -> None:
        super().__init__("no answer")


class Caller:
    """The sandbox of `app`, or of whichever runs.

    `connect` gives each call its own connection, `now` its time, `pause` its slowness; `wake` lets events be told soon, None
    is for whoever tells them himself.
    """

    def __init__(
        self,
        app: Flask | None = None,
        *,
        connect: Connect = apart,
        now: Callable[[], datetime] = lambda: clock.now(),  # asked for at each call: a clock may be set meanwhile
        pause: Callable[[float], None] = time.sleep,
        wake: Callable[[Outside], None] | None = delivery.wake,
    ):
        self._given_app, self._now, self._pause, self._wake = app, now, pause, wake
        self.outside = Outside(connect)

    @property
    def _app(self) -> Flask:
        return self._given_app or cast(Flask, current_app)

    def play(self, act: Callable[[Session, datetime], T]) -> T:
        """Do something as the world outside: a person at the bank's page, a bank that disputes."""
        now = self.let_time_pass()
        with self.outside.open() as session:
            done = act(session, now)
        self._told()
        return done

    def look(self, view: Callable[[Session], T]) -> T:
        """Look at the sandbox's tables and change nothing."""
        with self.outside.open() as session:
            return view(session)

    def let_time_pass(self) -> datetime:
        """Let happen what is due by now; tells what time it is there."""
        now = self._now()
        with self.outside.open() as session:
            due = happened = passing.is_due(session, now)
        while due:
            with self.outside.open() as session:
                due = passing.pass_time(session, now) == passing.STRETCH
        if happened:
            self._told()
        return now

    def _told(self) -> None:
        if self._wake is not None:
            self._wake(self.outside)

    def _money(self, operation: str, key: str, asked: dict[str, Any], act: Callable[[Session, datetime], T]) -> Any:
        try:
            return self._write(operation, key, asked, act)
        except NoAnswer:
            return Unknown()

    def _write(self, operation: str, key: str, asked: dict[str, Any], act: Callable[[Session, datetime], T]) -> T:
        def once(session: Session, now: datetime, met: str) -> Any:
            return remembering.once(
                session,
                key,
                {"operation": operation} | asked,
                lambda: act(session, now),
                now=now,
                fails_after=met == "error_after",
            )

        answer, met = self._reach(operation, once)
        self._told()
        if answer == remembering.ERROR or met == "drop_after":
            raise NoAnswer()
        return answer  # type: ignore[no-any-return]

    def _call(self, operation: str, look: Callable[[Session, datetime], T]) -> T:
        answer, met = self._reach(operation, lambda session, now, _met: look(session, now))
        if met in ("drop_after", "error_after"):
            raise NoAnswer()
        return answer

    def _reach(self, operation: str, act: Callable[[Session, datetime, str], T]) -> tuple[T, str]:
        """What a call is answered that reaches the provider, and what goes wrong with it; mostly nothing does."""
        now = self._now()
        with self.outside.open() as session:
            if not faults.waits_for(session, operation) and not passing.is_due(session, now):
                return act(session, now, ""), ""
        met = self._meet(operation)
        self.let_time_pass()
        with self.outside.open() as session:
            return act(session, now, met), met

    def _list(self, operation: str, stretch: lists.Stretch, moment: datetime) -> Iterator[Any]:
        self._call(operation, lambda session, now: None)
        after: lists.Place | None = None
        while True:
            with self.outside.open() as session:
                page, after = stretch(session, moment, after)
            yield from page
            if after is None:
                return

    def _meet(self, operation: str) -> str:
        """Use up what is ordered to go wrong with this call; raises what leaves nothing behind."""
        with self.outside.open() as session:
            kind, seconds = faults.meet(session, operation)
        if kind == "slow":
            self._pause(seconds)
        if kind == "rate_limit":
            raise RateLimited()
        if kind == "drop_before":
            raise NoAnswer()
        return kind
