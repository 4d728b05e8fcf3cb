"""The fake Stripe's wire: HTTP on the loopback, idempotency keys as Stripe keeps them, faults as networks have them."""

import json
import re
import socket
import threading
import time
import urllib.parse
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import stripe

from tests.fakes import stripe_calls, typed_responses
from tests.fakes.stripe_faults import Fault, Faults, Seen
from tests.fakes.stripe_state import Refusal, State, invalid

KEPT = timedelta(hours=24)
LONGEST_KEY = 255
Answer = tuple[int, dict[str, Any]]


class Dropped(Exception):
    """The line is cut."""


class Desk:
    """Takes each request: who asks, whether it was asked before, what goes wrong, and what comes of it."""

    def __init__(self, state: State, faults: Faults, handlers: Any, key: str):
        self.state, self.faults, self.handlers, self.key = state, faults, handlers, key
        self.kept: dict[str, tuple[Any, Any, Answer]] = {}
        self.busy: set[str] = set()
        self.complaints: list[str] = []
        self.slow_seconds = 2

    def take(self, method: str, path: str, body: str, query: str, headers: Any) -> tuple[Answer, bool]:
        """The answer, and whether it is an old one repeated; raises Dropped when the line is cut."""
        with self.state.lock:
            key, second = headers.get("Idempotency-Key") or "", path.startswith("/v2/")
            try:
                self._check_who(headers)
                call, ids = stripe_calls.find(method, path)
                given = json.loads(body or "{}") if second and method == "POST" else unflatten(body or query)
                fault = self.faults.next(Seen(method, call.name, key, given, time.monotonic()))
                _go_wrong_before(fault)
                if (old := self._repeated(key, (path, body))) is not None:
                    if fault == "drop_after":
                        raise Dropped
                    return old, True
                typed = stripe_calls.understand(call, given, is_form=not (second and method == "POST"))
            except Refusal as refusal:
                return (refusal.status, refusal.body), False
            self.busy.add(key)
        if fault == "slow":
            time.sleep(self.slow_seconds)
        with self.state.lock:
            self.busy.discard(key)
            made = done = self._do(call, typed, ids)
            if fault == "500_after":
                done = 500, {"error": {"type": "api_error", "message": "An unknown error occurred"}}
            # The first API repeats its failures for a day; the second takes up again what failed, and makes nothing twice.
            kept = made if second else done
            if key and method == "POST" and not (second and made[0] >= 400):
                self.kept[key] = (self.state.now, (path, body), kept)
        if fault == "drop_after":
            raise Dropped
        return done, False

    def _do(self, call: stripe_calls.Call, typed: dict[str, Any], ids: tuple[str, ...]) -> Answer:
        try:
            thing = stripe_calls.answer(call, self.handlers, typed, ids)
        except Refusal as refusal:
            return refusal.status, refusal.body
        except Exception as error:
            self.complaints.append(f"{call.name}: the fake itself failed: {error!r}")
            return 500, {"error": {"type": "api_error", "message": repr(error)}}
        if wrong := typed_responses.faults(thing):
            self.complaints += [f"{call.name}: {each}" for each in wrong]
        return 200, thing

    def _check_who(self, headers: Any) -> None:
        if headers.get("Authorization") != f"Bearer {self.key}":
            raise Refusal(401, "invalid_request_error", None, "Invalid API Key provided")
        if headers.get("Stripe-Version") != stripe.api_version:
            self.complaints.append(f"another version: {headers.get('Stripe-Version')}")
        if headers.get("X-Stripe-Client-Telemetry"):
            self.complaints.append("telemetry was sent")

    def _repeated(self, key: str, asked: Any) -> Answer | None:
        if len(key) > LONGEST_KEY:
            raise invalid(None, "Idempotency keys are at most 255 characters long")
        if key and key in self.busy:
            raise Refusal(409, "idempotency_error", "idempotency_key_in_use", "Another request is using this key")
        if key in self.kept and self.state.now - self.kept[key][0] >= KEPT:
            del self.kept[key]
        if key not in self.kept:
            return None
        _, asked_before, answer = self.kept[key]
        if asked != asked_before:
            words = "Keys for idempotent requests can only be used with the same parameters they were first used with."
            raise Refusal(400, "idempotency_error", None, words)
        return answer


def _go_wrong_before(fault: Fault) -> None:
    match fault:
        case "429":
            raise Refusal(429, "invalid_request_error", "rate_limit", "Request rate limit exceeded")
        case "401":
            raise Refusal(401, "invalid_request_error", None, "Invalid API Key provided")
        case "403":
            raise Refusal(403, "invalid_request_error", None, "This key may not do that")
        case "drop_before":
            raise Dropped


def unflatten(text: str) -> dict[str, Any]:
    """A form as nested dicts and lists: "expand[0]=a" is {"expand": ["a"]}."""
    out: dict[str, Any] = {}
    for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True):
        parts, place = [name.split("[")[0], *re.findall(r"\[([^\]]*)\]", name)], out
        for part in parts[:-1]:
            place = place.setdefault(part, {})
        place[parts[-1]] = value
    return _with_lists(out)


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.isdigit() for name in value):
        return [_with_lists(value[name]) for name in sorted(value, key=int)]
    return {name: _with_lists(each) for name, each in value.items()}


def serve(desk: Desk) -> ThreadingHTTPServer:
    """A server on a free port of the loopback, answering until it is shut down."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Headers and body go out at once, else each answer waits for the other side's acknowledgement.
        wbufsize = -1
        disable_nagle_algorithm = True

        def log_message(self, *_: Any) -> None:
            pass

        def _answer(self) -> None:
            at = urllib.parse.urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            try:
                (status, found), again = desk.take(self.command, at.path, body, at.query, self.headers)
            except Dropped:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            except Exception as error:
                desk.complaints.append(f"{self.path}: the fake itself failed: {error!r}")
                raise
            raw = json.dumps(found).encode()
            self.send_response(status)
            for name, value in (("Content-Type", "application/json"), ("Request-Id", "req_fake")):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            if status >= 500:
                self.send_header("Stripe-Should-Retry", "false")
            if again:
                self.send_header("Idempotent-Replayed", "true")
            self.end_headers()
            self.wfile.write(raw)
            self.wfile.flush()

        do_GET = do_POST = do_DELETE = _answer

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler, bind_and_activate=False)
    server.request_queue_size, server.daemon_threads = 128, True
    server.server_bind()
    server.server_activate()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server
