"""Signing somebody in without typing: the session row and the cookie, as the sign-in page makes them."""

from typing import Any

from flask import Flask

from civic.accounts.actions import sessions
from civic.core import clock
from civic.core.db import db


def signed_in_token(app: Flask, user: Any, *, second_factor: bool = True) -> str:
    """The token of a new session of a person (staff: behind the second factor unless said otherwise)."""
    with app.test_request_context("/en/"):
        token = sessions.start(user, device="Chromium on Linux", now=clock.now(), second_factor=second_factor and user.is_staff)
        db.session.commit()
    return token


def sign_in(client: Any, user: Any, *, second_factor: bool = True) -> None:
    """Sign somebody in at a page client."""
    token = signed_in_token(client.app, user, second_factor=second_factor)
    with client.client.session_transaction() as session:
        session.clear()
        session.update({"_user_id": token, "_fresh": True})
    client.last = None


def sign_in_browser(person: Any, app: Flask, user: Any, *, second_factor: bool = True) -> None:
    """Sign somebody in at a real browser, by the cookie that the application itself would set."""
    token = signed_in_token(app, user, second_factor=second_factor)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = serializer.dumps({"_user_id": token, "_fresh": True})
    person.context.add_cookies([{"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": person.address}])
