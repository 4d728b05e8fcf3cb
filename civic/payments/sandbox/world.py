"""The sandbox of this application, for pages and jobs that play the world outside."""

from typing import TypeVar

from flask import current_app

from civic.core.db import Model
from civic.payments.sandbox.provider import SandboxProvider

Row = TypeVar("Row", bound=Model)


def world() -> SandboxProvider:
    """The sandbox of the running application."""
    return SandboxProvider(current_app._get_current_object())  # type: ignore[attr-defined]


def row(model: type[Row], key: str) -> Row | None:
    """One row of the sandbox, to be looked at."""
    return world().look(lambda session: session.get(model, key))
