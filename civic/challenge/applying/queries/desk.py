"""The dashboard of a call: one line a challenge, in a number of statements that does not grow with what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from civic.assessment.models import Assessor, Item, Panel
from civic.challenge.applying.models import Call
from civic.challenge.applying.names import hearing_owner, panel_owner
from civic.challenge.applying.queries import calls
from civic.challenge.models import Challenge
from civic.core.db import db

IN = ("scored", "agreed")


@dataclass(frozen=True)
class Line:
    """One challenge on the dashboard; numbers of what was sent are all that is known before the deadline."""

    challenge: Challenge
    drafts: int
    sent: int  # and not taken back
    waiting: int  # sent, and not answered
    ruled_out: int
    shortlisted: int
    passed_over: int
    panel: Any | None  # (id, status, assessors, items, judged)
    hearing: Any | None
    planned: int
    held: int

    @property
    def is_ready(self) -> bool:
        """Whether its panel is open."""
        return self.panel is not None and self.panel.status == "open"


def lines_of(call: Call) -> list[Line]:
    """The dashboard of a call; five statements."""
    found = calls.challenges_in(call.programme_id)
    numbers, heard = calls.counts(call.id), calls.interview_counts(call.id)
    panels = _panels([name for each in found for name in (panel_owner(each.id), hearing_owner(each.id))])
    return [_line(each, numbers[each.id], heard[each.id], panels) for each in found]


def _line(challenge: Challenge, numbers: dict[str, int], heard: dict[str, int], panels: dict[str, Any]) -> Line:
    sent = sum(number for status, number in numbers.items() if status not in ("draft", "withdrawn"))
    chosen = sum(numbers.get(status, 0) for status in ("shortlisted", "unmatched", "matched", "lost"))
    return Line(
        challenge=challenge,
        drafts=numbers.get("draft", 0),
        sent=sent,
        waiting=numbers.get("submitted", 0),
        ruled_out=numbers.get("ineligible", 0),
        shortlisted=chosen,
        passed_over=numbers.get("not_shortlisted", 0),
        panel=panels.get(panel_owner(challenge.id)),
        hearing=panels.get(hearing_owner(challenge.id)),
        planned=heard.get("planned", 0),
        held=heard.get("held", 0),
    )


def _panels(owners: list[str]) -> dict[str, Any]:
    """Panels by their owners: (owner, id, status, assessors, items, judged); one statement."""
    seats = (
        select(func.count())
        .where(Assessor.panel_id == Panel.id, Assessor.removed_at.is_(None))
        .correlate(Panel)
        .scalar_subquery()
    )
    items = (
        select(Item.panel_id, func.count().label("n"), func.count().filter(Item.status.in_(IN)).label("judged"))
        .where(Item.status != "withdrawn")
        .group_by(Item.panel_id)
        .subquery()
    )
    rows = (
        select(
            Panel.owner, Panel.id, Panel.status, seats.label("assessors"),
            func.coalesce(items.c.n, 0).label("items"), func.coalesce(items.c.judged, 0).label("judged"),
        )
        .outerjoin(items, items.c.panel_id == Panel.id)
        .where(Panel.owner.in_(owners))
    )  # fmt: skip
    return {row.owner: row for row in db.session.execute(rows)}
