"""Who is here: the signed-in row itself, never a proxy that a relationship would flush by surprise."""

from typing import Any

from flask import has_request_context
from flask_login import current_user


def maybe_me() -> Any | None:
    """The signed-in person's row, or None for a visitor and outside a request."""
    person = current_user._get_current_object() if has_request_context() else None
    return person if person is not None and person.is_authenticated else None


def me() -> Any:
    """The signed-in person's row; the door has made sure that there is one."""
    person = maybe_me()
    assert person is not None, "me() behind a door that lets visitors in"
    return person
