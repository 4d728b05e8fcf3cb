"""An assessor's scores: kept as a draft as often as one likes, sent once, and never changed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from civic.assessment.actions.items import must_be_impartial, must_be_open, settle
from civic.assessment.models import Assignment, Item, Score, ScoreDraft
from civic.assessment.queries import panels
from civic.assessment.queries.results import sent_by
from civic.assessment.refusals import (
    AlreadySent,
    ChangedMeanwhile,
    NotComplete,
    NotDeclared,
    NotOnPanel,
    NotToBeAssessed,
    NotYours,
)
from civic.assessment.rules.choices import FEWEST_WORDS
from civic.assessment.rules.editions import edition
from civic.assessment.rules.scoring import Mark
from civic.core import audit
from civic.core.db import db, locked
from civic.core.states import advance

Marks = Mapping[int, Mark]
"""A score and a reason by the number of the criterion."""


def draft_of(assignment: Assignment) -> dict[int, Mark]:
    """What was typed and not sent yet."""
    kept = db.session.get(ScoreDraft, assignment.id)
    return {int(key): Mark(each["value"], each["words"]) for key, each in (kept.marks if kept else {}).items()}


def edition_of(assignment: Assignment) -> str:
    """The mark of a draft, and of whether it may still be sent."""
    return edition(assignment.sent, sorted((key, mark.value, mark.words) for key, mark in draft_of(assignment).items()))


def missing_in(values: Marks, criteria: Iterable[int], scale: int) -> list[int]:
    """The criteria that lack a score on the scale or a reason that is long enough."""
    return [each for each in criteria if not _is_whole(values.get(each), scale)]


def save_draft(assignment: Assignment, values: Marks, *, by: Any, now: datetime, seen: str | None = None) -> None:
    """Keep what was typed, half done or not; raises ChangedMeanwhile where the draft is no longer the one that was `seen`.

    Raises NotYours, NotDeclared, AlreadySent, NotToBeAssessed, PanelNotOpen, OwnInterest, NotOnPanel as submit() does.
    """
    held, _item = _hold(assignment, by)
    _must_be_seen(held, seen)
    _keep(held, values, now)


def submit(
    assignment: Assignment, values: Marks, *, by: Any, now: datetime, language: str = "en", seen: str | None = None
) -> None:
    """Send scores for every criterion, each with a reason; they stand, and when everybody is in the item is scored.

    After its day a panel takes them until it closes. Raises NotComplete, and what save_draft() does.
    """
    held, item = _hold(assignment, by)
    _must_be_seen(held, seen)
    panel = item.panel
    criteria = list(panels.weights_of(panel))
    missing = missing_in(values, criteria, panel.scale)
    if missing or set(values) - set(criteria):
        raise NotComplete(missing)
    held.sent += 1
    held.submitted_at = now
    _keep(held, {}, now)
    for each in criteria:
        mark = values[each]
        assert mark.value is not None
        score = Score(assignment_id=held.id, criterion_id=each, round=held.sent, written_at=now, language=language)
        score.value, score.justification = mark.value, mark.words.strip()
        db.session.add(score)
    advance(held, "submit", by=by, now=now)
    audit.record("assessment.sent", on=held, by=by, now=now, after={"time": held.sent})
    settle(item, by=by, now=now)


def give_back(assignment: Assignment, *, why: str, by: Any, now: datetime) -> None:
    """Let an assessor write their scores anew, while others are still missing; what they sent is kept beside.

    Raises NotToBeAssessed once everybody is in, IllegalMove, PanelNotOpen, OwnInterest.
    """
    must_be_open(db.session.get_one(Item, assignment.item_id).panel_id)
    item: Item = locked(Item, assignment.item_id)
    must_be_impartial(item.subject, by)
    if item.status != "waiting":
        raise NotToBeAssessed()
    held: Assignment = locked(Assignment, assignment.id)
    advance(held, "give_back", by=by, now=now, why=why)
    _keep(held, {key: Mark(score.value, score.justification) for key, score in sent_by(held).items()}, now)
    audit.record("assessment.given_back", on=held, by=by, now=now, why=why)


def _hold(assignment: Assignment, by: Any) -> tuple[Assignment, Item]:
    """The assignment and its item, locked, of somebody who may score it now."""
    if assignment.user_id != by.id:
        raise NotYours()
    panel = must_be_open(db.session.get_one(Item, assignment.item_id).panel_id)
    item: Item = locked(Item, assignment.item_id)
    item.panel = panel
    held: Assignment = locked(Assignment, assignment.id)
    must_be_impartial(item.subject, by)
    if panels.seat_of(panel.id, by.id) is None:
        raise NotOnPanel()
    if held.status == "submitted":
        raise AlreadySent()
    if held.status == "assigned":
        raise NotDeclared()
    if held.status != "reading" or item.status == "withdrawn":
        raise NotToBeAssessed()
    return held, item


def _keep(assignment: Assignment, values: Marks, now: datetime) -> None:
    kept = db.session.get(ScoreDraft, assignment.id) or ScoreDraft(assignment_id=assignment.id)
    kept.marks = {str(key): {"value": mark.value, "words": mark.words} for key, mark in values.items()}
    kept.kept_at = now
    db.session.add(kept)
    db.session.flush()


def _must_be_seen(assignment: Assignment, seen: str | None) -> None:
    if seen is not None and edition_of(assignment) != seen:
        raise ChangedMeanwhile()


def _is_whole(mark: Mark | None, scale: int) -> bool:
    return (
        mark is not None
        and mark.value is not None
        and 0 <= mark.value <= scale
        and len(mark.words.strip()) >= FEWEST_WORDS
    )
