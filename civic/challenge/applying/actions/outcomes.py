"""What becomes of an application after the shortlist: the moves that matching and testing make.

Who may, and telling both sides, is theirs: here only the application itself moves, under its lock and with a record.
"""

from datetime import datetime
from typing import Any

from civic.challenge.applying.models import ChallengeApplication
from civic.core import audit
from civic.core.db import locked
from civic.core.states import advance


def match(application: ChallengeApplication, *, now: datetime, by: Any | None, why: str = "") -> ChallengeApplication:
    """The startup tests its solution with the challenge's partner; raises IllegalMove."""
    held: ChallengeApplication = locked(ChallengeApplication, application.id)
    held.matched_at = now
    return _moved(held, "match", now=now, by=by, why=why)


def leave(
    application: ChallengeApplication, feedback: str, *, now: datetime, by: Any | None, language: str = "en"
) -> ChallengeApplication:
    """It was shortlisted, and no place came of it; its people read why. Raises IllegalMove."""
    held: ChallengeApplication = locked(ChallengeApplication, application.id)
    held.feedback, held.feedback_language = feedback, language
    held.feedback_by_id, held.feedback_at = getattr(by, "id", None), now
    return _moved(held, "leave", now=now, by=by, why=feedback)


def lose(application: ChallengeApplication, why: str, *, now: datetime, by: Any | None) -> ChallengeApplication:
    """It was matched, and nothing comes of it: declined, or its grant was released before it was agreed. Raises IllegalMove."""
    held: ChallengeApplication = locked(ChallengeApplication, application.id)
    return _moved(held, "lose", now=now, by=by, why=why)


def _moved(held: ChallengeApplication, verb: str, *, now: datetime, by: Any | None, why: str) -> ChallengeApplication:
    before = held.status
    advance(held, verb, by=by, now=now, why=why)
    after = {"status": held.status}
    audit.record(
        f"challenge_application.{verb}", on=held, by=by, now=now, why=why, before={"status": before}, after=after
    )
    return held
