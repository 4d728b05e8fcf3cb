"""GET never writes: proven on every GET that any test sends."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, request_finished

from civic.core.db import db
from tests.support.sql import statements

WRITES = re.compile(
    r"^\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|CREATE|ALTER|DROP)\b|\bFOR (NO KEY )?UPDATE\b", re.IGNORECASE
)


@contextmanager
def only_reads(app: Flask, path: str) -> Iterator[None]:
    """Fail where the request inside sends a statement that writes, or leaves something unsaved behind."""
    left: list[str] = []

    def look(sender: Flask, **about: Any) -> None:
        left.extend(f"{kind}: {each!r}" for kind in ("new", "dirty", "deleted") for each in getattr(db.session, kind))

    with request_finished.connected_to(look, app), statements() as sent:
        yield
    written = [" ".join(each.split())[:200] for each in sent if WRITES.search(each)]
    assert not written, f"GET {path} writes: {written}"
    assert not left, f"GET {path} leaves the session changed: {left}"
