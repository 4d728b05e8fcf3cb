"""The ranked list of a challenge: paper and interview together, against the line; nothing of what the reader may not see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from civic.assessment import queries as assessment
from civic.challenge.applying.models import INTERVIEW, KIND, Call, ChallengeApplication, Interview
from civic.challenge.applying.names import hearing_owner, panel_owner
from civic.challenge.applying.queries import applications
from civic.challenge.applying.rules.ranking import Judged, placed
from civic.challenge.models import Challenge
from civic.core.db import db
from civic.core.subjects import number_of


@dataclass(frozen=True)
class Place:
    """One row: the application, how it was judged (nothing where it is hidden), and what became of it so far."""

    number: int
    row: Any  # civic.assessment.queries.Ranked
    judged: Judged | None
    status: str
    interview: Any | None  # (id, application_id, status, at)
    hidden: str


def places(call: Call, challenge: Challenge, reader: Any) -> list[Place]:
    """Everything that was sent to a challenge, from the best down; a number of statements that does not grow."""
    panel = assessment.panel_of(panel_owner(challenge.id))
    rows = assessment.ranked(panel, reader) if panel is not None else []
    by_number = {number_of(each.subject, KIND) or 0: each for each in rows}
    heard, states = _heard(challenge, reader), applications.states_in(challenge.id)
    interviews = _interviews(challenge)
    shown = [
        Judged(number, row.title.text, row.result_bps, heard.get(number))
        for number, row in by_number.items()
        if not row.hidden
    ]
    ordered = placed(shown, call.interview_weight, call.finalists)
    first = [
        Place(each.number, by_number[each.number], each, states.get(each.number, ""), interviews.get(each.number), "")
        for each in ordered
    ]
    blind = [Place(number, row, None, "", None, row.hidden) for number, row in by_number.items() if row.hidden]
    return first + blind


def _heard(challenge: Challenge, reader: Any) -> dict[int, int]:
    """The results of interviews, by application."""
    panel = assessment.panel_of(hearing_owner(challenge.id))
    if panel is None:
        return {}
    rows = assessment.ranked(panel, reader)
    results = {number_of(each.subject, INTERVIEW): each.result_bps for each in rows if each.result_bps is not None}
    mine = select(Interview.id, Interview.application_id).where(Interview.id.in_([each for each in results if each]))
    return {row.application_id: results[row.id] for row in db.session.execute(mine)}


def _interviews(challenge: Challenge) -> dict[int, Any]:
    rows = (
        select(Interview.id, Interview.application_id, Interview.status, Interview.at)
        .join(ChallengeApplication, ChallengeApplication.id == Interview.application_id)
        .where(ChallengeApplication.challenge_id == challenge.id, Interview.status != "cancelled")
    )
    return {row.application_id: row for row in db.session.execute(rows)}
