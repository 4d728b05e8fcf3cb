"""What happened at the sandbox is told to our own endpoint: signed, again until it is believed, and as badly as was ordered."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core import clock
from civic.core.db import db
from civic.payments.models import WebhookEvent
from civic.payments.provider import BadEvent
from civic.payments.sandbox import delivery, faults, jobs, signing
from civic.payments.sandbox.models import SandboxEvent
from civic.payments.sandbox.provider import SandboxProvider
from tests.payments.sandbox_world import World


@pytest.fixture
def played(isolated, now) -> World:
    return World(isolated, now)


class Endpoint:
    """Our endpoint as the delivery meets it: keeps what it was told, and answers as a test says."""

    def __init__(self, *answers: int):
        self.answers, self.told = list(answers), []

    def __call__(self, path, raw, headers) -> int:
        self.told.append((path, raw, dict(headers)))
        return self.answers.pop(0) if self.answers else 200

    @property
    def kinds(self) -> list[str]:
        return [json.loads(raw)["type"] for _path, raw, _headers in self.told]


def deliver(played: World, endpoint: Endpoint) -> int:
    return delivery.deliver(played.provider.outside, played.provider._app, endpoint, lambda: played.now)


def test_what_is_told_is_believed_by_the_same_provider(played):
    played.paid()
    endpoint = Endpoint()
    deliver(played, endpoint)
    believed = [played.provider.verify_event(raw, headers) for _path, raw, headers in endpoint.told]
    assert [event.kind for event in believed] == [
        "setup_intent.succeeded",
        "checkout.session.completed",
        "payment_intent.created",
        "payment_intent.succeeded",
    ]
    assert believed == list(played.provider.events_since(played.now))


def test_what_was_believed_is_not_told_again(played):
    played.visit()
    played.paid()
    assert deliver(played, Endpoint()) == 4
    assert deliver(played, Endpoint()) == 0


def test_what_was_refused_is_told_again_later(played):
    played.later(days=1)
    played.paid()
    endpoint = Endpoint(500, 0, 400)
    assert deliver(played, endpoint) == 1
    assert deliver(played, Endpoint()) == 0
    played.later(hours=1)
    again = Endpoint()
    deliver(played, again)
    assert set(endpoint.kinds[:3]) <= set(again.kinds)


def test_nobody_is_told_for_ever(played):
    played.card()
    for _ in range(delivery.ATTEMPTS):
        deliver(played, Endpoint(*[500] * 9))
        played.later(days=1)
    assert deliver(played, Endpoint()) == 0


def test_news_of_organisations_go_to_the_second_endpoint_with_a_secret_of_its_own(played):
    played.account()
    endpoint = Endpoint()
    deliver(played, endpoint)
    ((path, raw, headers),) = endpoint.told
    assert path == "/payments/webhooks/sandbox/connect"
    event = played.provider.verify_event(raw, headers, connect=True)
    assert event.kind == "v2.core.account[requirements].updated"
    with pytest.raises(BadEvent):
        played.provider.verify_event(raw, headers)


def test_they_may_be_ordered_to_arrive_twice_late_in_any_order_or_not_at_all(played):
    played.paid()
    played.fault("pause")
    assert deliver(played, Endpoint()) == 0
    played.provider.play(lambda s, now: faults.calm(s))
    played.fault("delay", seconds=300)
    assert deliver(played, Endpoint()) == 0
    played.provider.play(lambda s, now: faults.calm(s))
    played.fault("duplicate")
    played.fault("shuffle")
    endpoint = Endpoint()
    deliver(played, endpoint)
    assert len(endpoint.told) == 8
    assert sorted(endpoint.kinds) == sorted(played.kinds() * 2)


def test_late_ones_do_arrive(played):
    played.card()
    played.fault("delay", seconds=300)
    played.later(minutes=6)
    assert deliver(played, Endpoint()) == 2


def announcement(played: World) -> tuple[bytes, dict[str, str]]:
    raw = signing.body("evt_1", "payment_intent.succeeded", "pi_1", played.now, {"payment": "pi_1"})
    return raw, {signing.HEADER: signing.signature(raw, played.provider.secret(connect=False), played.now)}


def test_an_announcement_of_ours_is_believed_for_five_minutes(played):
    raw, headers = announcement(played)
    assert played.provider.verify_event(raw, headers).object_id == "pi_1"
    assert played.provider.verify_event(raw, {"sandbox-signature": headers[signing.HEADER]})
    played.now += timedelta(seconds=299)
    assert played.provider.verify_event(raw, headers)
    played.now += timedelta(seconds=2)
    with pytest.raises(BadEvent):
        played.provider.verify_event(raw, headers)


@pytest.mark.parametrize(
    "header", ["", "t=1", "v1=" + "0" * 64, "t=x,v1=" + "0" * 64, "t=1,v1=" + "0" * 64, "t=1,v1=", "t=1,v0=" + "0" * 64]
)
def test_an_announcement_without_our_signature_is_not_believed(played, header):
    raw, _headers = announcement(played)
    with pytest.raises(BadEvent):
        played.provider.verify_event(raw, {signing.HEADER: header} if header else {})


def test_an_altered_announcement_is_not_believed(played):
    raw, headers = announcement(played)
    with pytest.raises(BadEvent):
        played.provider.verify_event(raw.replace(b"pi_1", b"pi_2"), headers)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"null",
        b'{"mode": "live"}',
        b'{"mode": "sandbox"}',
        b'{"mode":"sandbox","id":"e","type":"t","created":"2026-01-01","data":{"object":{"id":"x"},"facts":{}}}',
        b"\xff",
        b"[" * 100_000,
        b" " * (256 * 1024 + 1),
    ],
)
def test_what_cannot_be_read_is_not_believed_even_when_it_is_signed(played, body):
    signed = {signing.HEADER: signing.signature(body, played.provider.secret(connect=False), played.now)}
    with pytest.raises(BadEvent):
        played.provider.verify_event(body, signed)


def test_each_change_lets_the_delivery_run_once_however_many_events_wait(isolated, now):
    loud = World(isolated, now)
    loud.provider = SandboxProvider(isolated, now=lambda: loud.now)
    loud.paid()
    waiting = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'sandbox.deliver_events'")
    assert db.session.scalar(waiting) == 1


def test_the_job_tells_through_the_applications_own_door(in_request, monkeypatch):
    played = World(in_request, clock.now())
    played.card()
    endpoint = Endpoint()
    monkeypatch.setattr(delivery, "in_process", lambda app: endpoint)
    jobs.deliver_events()
    assert endpoint.kinds == ["setup_intent.succeeded", "checkout.session.completed"]
    assert db.session.scalar(sa.select(sa.func.count()).where(SandboxEvent.next_attempt_at.is_not(None))) == 0


def test_over_http_a_refusal_is_a_status_and_silence_is_nobody():
    assert delivery.over_http("http://127.0.0.1:9")("/payments/webhooks/sandbox", b"{}", {}) == 0


def test_our_own_endpoints_believe_what_the_sandbox_tells_and_keep_it_once(in_request):
    played = World(in_request, clock.now())
    played.paid()
    played.account()
    played.fault("duplicate")
    jobs.deliver_events()
    kept = sa.select(WebhookEvent.event_id, WebhookEvent.kind)
    told = sa.select(SandboxEvent.name, SandboxEvent.kind)
    assert sorted(db.session.execute(kept).all()) == sorted(db.session.execute(told).all())
    assert set(db.session.scalars(sa.select(SandboxEvent.answer))) == {"200"}


def test_over_http_it_is_the_same(shared):
    from tests.support.browser import served

    played = World(shared, clock.now())
    played.card()
    with served(shared) as address:
        post = delivery.over_http(address)
        assert delivery.deliver(played.provider.outside, shared, post, clock.now) == 2
        assert post("/payments/webhooks/sandbox", b"{}", {}) == 400
    assert db.session.scalar(sa.select(sa.func.count()).select_from(WebhookEvent)) == 2
