"""The signed links that stand in letters: they stop letters without signing in, and confirm an address."""

from dataclasses import dataclass
from typing import Any

from civic.accounts.models import User
from civic.core import tokens
from civic.core.db import db
from civic.core.web import external_url

STOPPING = "notifications.stop"
CONFIRMING = "notifications.confirm"
STOPS_FOR = 3 * 365 * 86400
"""A letter may be found again after a long time, and must still be one that can be stopped; in seconds."""
CONFIRMS_FOR = 24 * 3600

SCOPES = ("kinds", "about", "weekly", "all")


@dataclass(frozen=True, slots=True)
class Stop:
    """What a link in a letter stops, for whom: some kinds of news, one thing, the weekly letter, or all that is not owed."""

    person: User
    scope: str
    value: str

    @property
    def kinds(self) -> list[str]:
        """The keys of the kinds that it stops."""
        return self.value.split(",") if self.scope == "kinds" else []


def stop_url(person_id: int, scope: str, value: str = "") -> str:
    """An absolute address, in the language being spoken, that stops letters for one person when something is posted to it."""
    assert scope in SCOPES
    return external_url("notifications.show_stop", token=tokens.sign(STOPPING, [person_id, scope, value]))


def stop_behind(token: str) -> Stop | None:
    """What a link stops; None where the person is gone. Raises BadToken."""
    person_id, scope, value = _read(STOPPING, token, STOPS_FOR)
    person = db.session.get(User, person_id)
    return Stop(person, scope, value) if person else None


def confirm_url(person: User) -> str:
    """An absolute address that shows an address to be a person's own."""
    return external_url("notifications.show_address", token=tokens.sign(CONFIRMING, [person.id, person.email, ""]))


def address_behind(token: str) -> User | None:
    """Whose address a link confirms; None where it is no longer theirs. Raises BadToken."""
    person_id, email, _ = _read(CONFIRMING, token, CONFIRMS_FOR)
    person = db.session.get(User, person_id)
    return person if person and person.email == email else None


def _read(purpose: str, token: str, seconds: int) -> list[Any]:
    carried: list[Any] = tokens.read(purpose, token, max_age=seconds)
    return carried
