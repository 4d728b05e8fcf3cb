"""Keys: the same key never does a thing twice. For 24 hours it hears the first answer again, then it is forgotten, as at Stripe."""

import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from civic.payments.provider import Bug
from civic.payments.sandbox.codec import decoded, encoded
from civic.payments.sandbox.fees import ANSWERS_KEPT
from civic.payments.sandbox.models import SandboxAnswer

ERROR = {"is": "error"}


class Lost(Exception):
    """No answer reached the caller; what was done, if anything, was done."""


def once(
    session: Session, key: str, asked: dict[str, Any], act: Callable[[], Any], *, now: datetime, fails_after: bool
) -> Any:
    """The answer to a call under this key: what was answered before, or what `act` answers now.

    Refusals and errors are remembered like successes; a Bug is not, for nothing was begun. Raises Bug when the key came with
    another request, and Lost where the remembered answer is an error.
    """
    if not key or len(key) > 255:
        raise Bug("a key has 1 to 255 characters")
    # Whoever comes with the same key meanwhile waits here and then hears the first answer.
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
    fingerprint = _fingerprint(asked)
    known = session.get(SandboxAnswer, key)
    if known is not None and now - known.at >= ANSWERS_KEPT:
        session.delete(known)
        session.flush()
        known = None
    if known is not None:
        if known.asked != fingerprint:
            raise Bug("idempotency_error: the same key with another request")
        return known.answer if known.answer == ERROR else decoded(known.answer)
    result = act()
    answer = ERROR if fails_after else encoded(result)
    session.add(SandboxAnswer(key=key, asked=fingerprint, answer=answer, at=now))
    return answer if fails_after else result


def forget(session: Session, now: datetime) -> None:
    """Drop answers that no key hears any more."""
    session.execute(delete(SandboxAnswer).where(SandboxAnswer.at <= now - ANSWERS_KEPT))


def _fingerprint(asked: dict[str, Any]) -> str:
    told = json.dumps(asked, sort_keys=True, default=repr)
    return sha256(told.encode()).hexdigest()
