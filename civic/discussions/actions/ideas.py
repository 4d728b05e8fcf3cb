"""Ideas: how far each has come, decided by staff in their own names and for a reason that everybody reads."""

from __future__ import annotations

from datetime import datetime

from civic.accounts.models import User
from civic.core.db import db
from civic.core.jobs import enqueue
from civic.core.states import advance
from civic.discussions.actions import counts
from civic.discussions.actions.telling import tell_of_idea
from civic.discussions.models import Idea
from civic.discussions.refusals import ReasonMissing, RoleMissing


def move_idea(idea: Idea, verb: str, *, reason: str, language: str, as_role: str, by: User, now: datetime) -> None:
    """Shortlist an idea, take it up, decline it or open it again ("shortlist", "take_up", "decline", "reopen"); its author is told.

    Raises ReasonMissing, RoleMissing, and IllegalMove where somebody moved it meanwhile.
    """
    if not reason.strip():
        raise ReasonMissing()
    if not as_role.strip():
        raise RoleMissing()
    counts.hold_thread(idea.thread_id)
    idea.reason, idea.reason_language = reason.strip(), language
    idea.decided_by_id, idea.decided_as, idea.decided_at = by.id, as_role.strip(), now
    advance(idea, verb, by=by, now=now, why=reason.strip())
    db.session.flush()
    counts.draw_again(idea.thread_id)
    enqueue(tell_of_idea, idea_id=idea.id, status=idea.status)
