"""What waits for those who run calls."""

from sqlalchemy import func, select

from civic.challenge.applying.models import Call, ChallengeApplication
from civic.core.db import db


def unanswered() -> int:
    """How many applications of calls that are being assessed have no answer yet; one statement."""
    mine = select(func.count()).select_from(ChallengeApplication).join(Call, Call.id == ChallengeApplication.call_id)
    return db.session.scalar(mine.where(Call.status == "assessing", ChallengeApplication.status == "submitted")) or 0
