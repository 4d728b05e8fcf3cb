"""Drafts whose writers should hear of a deadline."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from civic.core.db import db
from civic.crowdfund.rounds.models import Application, Expression, Round
from civic.crowdfund.rounds.rules.reminding import BEFORE, is_reminder_due


class Draft(NamedTuple):
    """One draft and the moment until which it can be sent."""

    model: type[Expression | Application]
    number: int
    deadline: datetime


def drafts_to_remind(now: datetime) -> list[Draft]:
    """Drafts of open rounds that close soon, and whose writers were not told of it since."""
    found: list[Draft] = []
    for model, deadline in (
        (Expression, Round.expressions_close_at),
        (Application, Round.applications_close_at),
    ):
        rows: Any = (
            select(model.id, deadline, model.created_at, model.reminded_at)
            .join(Round, Round.id == model.round_id)
            .where(Round.status == "open", model.status == "draft", deadline > now, deadline <= now + max(BEFORE))
            .order_by(model.id)
        )
        found += [
            Draft(model, number, until)
            for number, until, created_at, reminded_at in db.session.execute(rows)
            if is_reminder_due(until, created_at, reminded_at, now)
        ]
    return found
