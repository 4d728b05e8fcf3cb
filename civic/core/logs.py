"""Logs: one line a request, with an id that error pages show, and nothing about a person."""

import logging
import secrets
import sys
import time
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("request")


def tell_of_exception(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Where an accident happened and of what kind it was, without its words: they may quote an address or an answer."""
    error = event.pop("exc_info", None) and sys.exc_info()[1]
    told: list[dict[str, Any]] = []
    while error is not None and len(told) < 5:
        told.append(_told(error))
        error = error.__cause__ or error.__context__
    if told:
        event["exception"] = told
    return event


def _told(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-30:]
    told: dict[str, Any] = {
        "kind": type(error).__qualname__,
        "at": [f"{f.filename}:{f.lineno} {f.name}" for f in frames],
    }
    diagnosis = getattr(error, "diag", None)  # of PostgreSQL: its code and the name of a constraint quote nobody
    names = {name: getattr(diagnosis, name, None) for name in ("sqlstate", "constraint_name", "table_name")}
    return told | {name: value for name, value in names.items() if value}


def init_app(app: Flask) -> None:
    """Write structured lines: the rule of the address and never its values, so that no token, name or answer is kept."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            tell_of_exception,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, app.config["LOG_LEVEL"])),
        cache_logger_on_first_use=not app.testing,
    )

    @app.before_request
    def begin() -> None:
        g.request_id, g.began = secrets.token_hex(6), time.perf_counter()

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        log.info(
            "request",
            id=g.get("request_id"),
            method=request.method,
            rule=request.url_rule.rule if request.url_rule else None,
            endpoint=request.endpoint,
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
        )
        return response
