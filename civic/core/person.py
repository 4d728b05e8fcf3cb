"""Who is here: the signed-in row itself, never a proxy that a relationship would flush by surprise."""

from typing import Any

from flask import has_request_context
from flask_login import current_user


def maybe_me() -> Any | None:
    """The signed-in person's row, or None for a visitor and outside a request."""
    if not has_request_context() or not current_user.is_authenticated:
        return None
    return current_user._get_current_object()


def me() -> Any:
    """The signed-in person's row; the door has made sure that there is one."""
    person = maybe_me()
    assert person is not None, "me() behind a door that lets visitors in"
    return person
