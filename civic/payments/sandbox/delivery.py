"""Telling our own endpoint what happened at the sandbox: signed, over HTTP, again until it is believed."""

import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from flask import Flask
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from civic.core.jobs import write
from civic.payments.sandbox import faults, signing
from civic.payments.sandbox.models import SandboxEvent
from civic.payments.sandbox.outside import Outside

STRETCH = 100
ATTEMPTS = 8
TIMEOUT = 20  # seconds
LEASE = timedelta(minutes=10)
WAKING_KEY = "sandbox.deliver_events"

# Takes endpoint path, body and headers; answers with a status, or 0 when nobody is there.
Post = Callable[[str, bytes, Mapping[str, str]], int]


def wake(outside: Outside) -> None:
    """Let the delivery run soon, once for however many events wait."""
    from civic.payments.sandbox.jobs import deliver_events

    waiting = text("SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = :key AND status = 'todo'")
    with suppress(AlreadyEnqueued), outside.open() as session:
        if session.scalar(waiting, {"key": WAKING_KEY}) is None:
            write(deliver_events, session.connection(), key=WAKING_KEY)


def deliver(outside: Outside, app: Flask, post: Post, now: Callable[[], datetime]) -> int:
    """Tell every event that waits; tells how many were believed. What is ordered to go wrong with webhooks does."""
    believed = 0
    while True:
        with outside.open() as session:
            wrong = faults.with_webhooks(session)
            batch = [] if "pause" in wrong else _claimed(session, now(), timedelta(seconds=wrong.get("delay", 0)))
        if not batch:
            return believed
        if "shuffle" in wrong:
            random.shuffle(batch)
        for event in batch:
            for _ in range(2 if "duplicate" in wrong else 1):
                answer = _tell(event, app, post, now())
            believed += answer == 200
            with outside.open() as session:
                _note(session, event.id, answer, now())


def _claimed(session: Session, now: datetime, late: timedelta) -> list[SandboxEvent]:
    """Events that wait, taken so that nobody else tells them meanwhile; who takes them and dies leaves them for later."""
    waiting = select(SandboxEvent).where(SandboxEvent.next_attempt_at <= now, SandboxEvent.created_at <= now - late)
    ordered = waiting.order_by(SandboxEvent.next_attempt_at, SandboxEvent.id).limit(STRETCH)
    batch = list(session.scalars(ordered.with_for_update(skip_locked=True)))
    for event in batch:
        event.next_attempt_at = now + LEASE
    return batch


def _tell(event: SandboxEvent, app: Flask, post: Post, now: datetime) -> int:
    raw = signing.body(event.name, event.kind, event.object_id, event.created_at, event.facts)
    with_secret = signing.secret(app.config["SECRET_KEY"], connect=event.connect)
    headers = {signing.HEADER: signing.signature(raw, with_secret, now), "Content-Type": "application/json"}
    return post("/payments/webhooks/sandbox" + ("/connect" if event.connect else ""), raw, headers)


def _note(session: Session, event_id: int, answer: int, now: datetime) -> None:
    event = session.get(SandboxEvent, event_id, with_for_update=True)
    if event is None:
        return
    event.attempts += 1
    event.answer = str(answer) if answer else "0"
    if 200 <= answer < 300 or event.attempts >= ATTEMPTS:
        event.next_attempt_at = None
    else:
        event.next_attempt_at = now + timedelta(seconds=10 * 4 ** min(event.attempts, 6))


def over_http(base: str) -> Post:
    """Tell the site at its configured address, as the world outside would."""
    assert base.startswith(("http://", "https://"))

    def post(path: str, raw: bytes, headers: Mapping[str, str]) -> int:
        asked = Request(base.rstrip("/") + path, data=raw, headers=dict(headers), method="POST")  # noqa: S310 - asserted above
        try:
            with urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310
                return int(answer.status)
        except HTTPError as refused:
            return refused.code
        except (URLError, OSError):
            return 0

    return post


def in_process(app: Flask) -> Post:
    """Tell the application without a server: for tests."""

    def post(path: str, raw: bytes, headers: Mapping[str, str]) -> int:
        answer = app.test_client().post(path, data=raw, headers=dict(headers), base_url=app.config["BASE_URL"])
        return answer.status_code

    return post
