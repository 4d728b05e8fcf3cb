"""Every cookie the site sets: all of them are needed for what a person asked for, so nobody is asked for consent."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Cookie:
    """One cookie: its name, what it is for, when it is set, how long it stays."""

    name: str
    purpose: Any
    set_when: Any
    stays: Any


def cookies() -> list[Cookie]:
    """The cookies of this installation."""
    return [
        Cookie(
            current_app.config["SESSION_COOKIE_NAME"],
            _l(
                "Keeps you signed in, finds the answers you have begun, and proves that a form was sent by you and nobody else"
            ),
            _l("When you open a page with a form"),
            _l("Until you close the browser; 30 days when you sign in as a member or keep answers to come back to"),
        ),
        Cookie(
            "display",
            _l("Remembers how you want the site to look"),
            _l("When you save your choice without being signed in"),
            _l("One year"),
        ),
        Cookie(
            "language",
            _l("Remembers your language"),
            _l("When you save your choice without being signed in"),
            _l("One year"),
        ),
    ]
