"""What a browser keeps for somebody who wrote before signing in: the keys of their words, signed."""

from __future__ import annotations

from flask import has_request_context, session

from civic.accounts.events import SignedIn
from civic.accounts.models import User
from civic.core import clock
from civic.core.db import db
from civic.discussions.actions.drafts import take_over

KEPT, MOST = "said_before", 5


def hold(key: str) -> None:
    """Remember what was written in this browser; the oldest is let go, for a cookie is small."""
    session[KEPT] = [*_held(), key][-MOST:]


def attach_to_account(event: SignedIn) -> None:
    """Somebody signed in at this browser: what was written in it becomes drafts of theirs."""
    person = db.session.get(User, event.user_id) if has_request_context() and _held() else None
    if person is None:
        return
    for key in _held():
        take_over(key, by=person, now=clock.now())
    session.pop(KEPT, None)


def _held() -> list[str]:
    kept = session.get(KEPT)
    return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []
