"""Signing somebody in at a real browser without typing: the cookie that the application itself would set."""

from typing import Any

from flask import Flask

from civic.core.db import db


def sign_in_browser(person: Any, app: Flask, make: Any, user: Any, **options: Any) -> None:
    """Sign somebody in (staff behind the second factor, unless `second_step=False`)."""
    _, token = make.session(user, **options)
    db.session.commit()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = serializer.dumps({"_user_id": token, "_fresh": True})
    person.context.add_cookies([{"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": person.address}])
