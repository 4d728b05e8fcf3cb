"""What is known for comparing assessors, without anything of what the reader may not know."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select

from civic.assessment.models import Assignment, Item, Panel, Score
from civic.assessment.queries.interests import hidden_among
from civic.assessment.queries.panels import weights_of
from civic.assessment.rules import scoring
from civic.assessment.rules.comparing import Given
from civic.core.db import db


def given_in(panel: Panel, reader: Any) -> list[Given]:
    """Every assessor's own result for every item that is in, but for those that are hidden from `reader`."""
    columns = select(
        Item.id,
        Item.subject,
        Assignment.user_id,
        Assignment.submitted_at,
        Score.criterion_id,
        Score.value,
        Assignment.id.label("by"),
    )
    found = (
        columns.join(Assignment, Assignment.item_id == Item.id)
        .join(Score, (Score.assignment_id == Assignment.id) & (Score.round == Assignment.sent))
        .where(
            Item.panel_id == panel.id,
            Item.status.in_(("scored", "agreed")),
            Assignment.status == "submitted",
            Assignment.user_id.is_not(None),
        )
    )
    rows = list(db.session.execute(found))
    hidden = hidden_among({row.subject for row in rows}, reader.id)
    values: dict[int, dict[int, int]] = defaultdict(dict)
    for row in rows:
        values[row.by][row.criterion_id] = row.value
    weights = weights_of(panel)
    shown = {row.by: row for row in rows if row.subject not in hidden}
    return [
        Given(row.id, row.user_id, scoring.weighted(values[by], weights, panel.scale), row.submitted_at)
        for by, row in shown.items()
    ]
