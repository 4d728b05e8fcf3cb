"""Remarks on a brief: made by members while it is open, each answered by staff in their own names."""

from __future__ import annotations

from datetime import datetime

from civic.accounts.models import User
from civic.challenge.models import BriefRemark, Challenge
from civic.challenge.refusals import CommentsClosed, ReasonMissing, RoleMissing
from civic.core.db import db, locked
from civic.core.errors import NotFound
from civic.moderation import actions as moderation
from civic.notifications.actions import tell


def remark(challenge: Challenge, *, text: str, language: str, by: User, now: datetime) -> BriefRemark:
    """Comment on a brief; it may wait for a moderator: `remark.shown` tells. Raises CommentsClosed and what moderation raises."""
    screening = moderation.screen(
        "brief_remark", text, by=by, now=now, language=language, place=f"challenge:{challenge.id}"
    )
    held = locked(Challenge, challenge.id)
    if not held.takes_remarks(now):
        raise CommentsClosed()
    held.last_position += 1
    made = BriefRemark(
        challenge_id=held.id, position=held.last_position, text=text, language=language, author_id=by.id, at=now,
        shown=screening.shown,
    )  # fmt: skip
    db.session.add(made)
    held.remarks += int(made.is_in_sight)
    db.session.flush()
    moderation.published(f"brief_remark:{made.id}", screening, text=text, by=by, now=now)
    return made


def answer(made: BriefRemark, *, result: str, text: str, language: str, as_role: str, by: User, now: datetime) -> None:
    """Say what changed because of a remark ("changed", "not_changed") and why; its author is told. It can be said better later.

    Raises ReasonMissing, RoleMissing, and NotFound where nobody but its author can see the remark.
    """
    if not text.strip():
        raise ReasonMissing()
    if not as_role.strip():
        raise RoleMissing()
    held = locked(BriefRemark, made.id)
    if held is None or not held.is_in_sight:
        raise NotFound()
    held.result, held.answer, held.answer_language = result, text.strip(), language
    held.answered_by_id, held.answered_as, held.answered_at = by.id, as_role.strip(), now
    db.session.flush()
    if held.author_id is not None:
        tell(
            "challenge.remark_answered", [held.author_id], about=f"challenge:{held.challenge_id}", now=now, by=by.id,
            remark=held.id,
        )  # fmt: skip
