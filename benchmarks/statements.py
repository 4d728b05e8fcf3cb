"""How many SQL statements each operation takes, counted inside the application."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from benchmarks.operations import OPERATIONS, Operation
from benchmarks.wire import Answer
from civic.core.db import db


class InsideReader:
    """The same as a reader on the wire, but inside this process, so that statements can be counted."""

    def __init__(self, app: Flask) -> None:
        self.app, self.client = app, app.test_client()
        self.last = 0
        self.seen: list[str] = []

    def forget(self) -> None:
        """Become somebody else."""
        self.client = self.app.test_client()

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._counted(lambda: self.client.get(path, headers=sent))

    def post(self, path: str, data: list[tuple[str, str]]) -> Answer:
        """Send a form."""
        form: dict[str, list[str]] = {}
        for name, value in data:
            form.setdefault(name, []).append(value)
        return self._counted(lambda: self.client.post(path, data=form))

    def _counted(self, ask: Any) -> Answer:
        start = perf_counter()
        with _listening(self.app) as seen:
            answer: TestResponse = ask()
        self.last, self.seen = len(seen), seen
        headers = {name.lower(): value for name, value in answer.headers}
        return Answer(answer.status_code, headers, answer.data, (perf_counter() - start) * 1000)


def count(app: Flask, operations: Sequence[Operation] = OPERATIONS) -> dict[str, int]:
    """The statements of the last request of each operation, once it has been done before."""
    reader, counts = InsideReader(app), {}
    for operation in operations:
        try:
            reader.forget()
            operation.act(reader)  # type: ignore[arg-type]
            operation.act(reader)  # type: ignore[arg-type]
        except AssertionError:
            continue
        counts[operation.name] = reader.last
    return counts


@contextmanager
def _listening(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
