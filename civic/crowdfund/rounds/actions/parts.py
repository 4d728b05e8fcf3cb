"""Tiers, conditions and questions of a draft round, one at a time: added, changed, moved and removed."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import func, select

from civic.core.db import db, locked
from civic.core.money import Money
from civic.core.names import slug_of
from civic.crowdfund.actions.campaigns import ChangedMeanwhile, edition
from civic.crowdfund.rounds.actions.rounds import NotADraft
from civic.crowdfund.rounds.models import EligibilityRule, Round, RoundQuestion, RoundTier

Part = TypeVar("Part", RoundTier, EligibilityRule, RoundQuestion)
FIELDS: dict[Any, tuple[str, ...]] = {
    RoundTier: ("title", "summary", "most_minor", "needs_target"),
    EligibilityRule: ("tier_id", "kind", "value", "sentence"),
    RoundQuestion: ("stage", "text", "hint", "is_public", "is_required", "is_yes_no", "most_words"),
}
"""What is written of each kind."""


def mark_of(part: Any) -> str:
    """The mark of a part as it stands; of one that is not there yet, none."""
    return "" if part is None else edition(part, FIELDS[type(part)])


def put_tier(
    round_: Round, tier: RoundTier | None, *, title: str, summary: str, most: Money, needs_target: bool, seen: str
) -> RoundTier:
    """Add a size of pledge, or change one; raises NotADraft, ChangedMeanwhile."""
    facts = {"title": title, "summary": summary, "most_minor": most.minor, "needs_target": needs_target}
    return _put(round_, RoundTier, tier, facts, seen)


def put_condition(
    round_: Round,
    condition: EligibilityRule | None,
    *,
    kind: str,
    value: Any,
    sentence: str,
    tier_id: int | None,
    seen: str,
) -> EligibilityRule:
    """Add a condition of the round or of one of its tiers, or change one; raises NotADraft, ChangedMeanwhile."""
    facts = {"kind": kind, "value": value, "sentence": sentence, "tier_id": tier_id}
    return _put(round_, EligibilityRule, condition, facts, seen)


def put_question(round_: Round, question: RoundQuestion | None, *, seen: str, **facts: Any) -> RoundQuestion:
    """Add a question, or change one; the key by which its answers are kept stays. Raises NotADraft, ChangedMeanwhile."""
    if question is None:
        facts["key"] = _free_key(round_, facts["text"])
    return _put(round_, RoundQuestion, question, facts, seen)


def move(round_: Round, part: Any, step: int) -> None:
    """Let a part change its place with the one before (-1) or after it (1), among those it stands with; raises NotADraft."""
    held = _draft(round_)
    mine = [each for each in _all(held, type(part)) if _group(each) == _group(part)]
    at = next(place for place, each in enumerate(mine) if each.id == part.id)
    if 0 <= at + step < len(mine):
        other = mine[at + step]
        mine[at].position, other.position = other.position, mine[at].position
    db.session.flush()


def remove(round_: Round, part: Any) -> None:
    """Take a part away; with a tier its own conditions go. Raises NotADraft."""
    _draft(round_)
    db.session.delete(part)
    db.session.flush()


def _put(round_: Round, kind: type[Part], part: Part | None, facts: dict[str, Any], seen: str) -> Part:
    held = _draft(round_)
    if part is None:
        last = db.session.scalar(select(func.max(kind.position)).where(kind.round_id == held.id))
        part = kind(round_id=held.id, position=0 if last is None else last + 1)
        db.session.add(part)
    else:
        part = locked(kind, part.id)
        if part is None or mark_of(part) != seen:
            raise ChangedMeanwhile()
    for name, value in facts.items():
        setattr(part, name, value)
    db.session.flush()
    return part


def _all(round_: Round, kind: type[Part]) -> Sequence[Part]:
    mine = select(kind).where(kind.round_id == round_.id).order_by(kind.position, kind.id)
    return db.session.scalars(mine.with_for_update()).all()


def _group(part: Any) -> Any:
    """Those among which a part has its place: conditions of one tier, questions of one stage."""
    return getattr(part, "tier_id", None), getattr(part, "stage", None)


def _draft(round_: Round) -> Round:
    held: Round = locked(Round, round_.id)
    if held.status != "draft":
        raise NotADraft()
    return held


def _free_key(round_: Round, text: str) -> str:
    taken = set(db.session.scalars(select(RoundQuestion.key).where(RoundQuestion.round_id == round_.id)))
    wanted = slug_of(text, "question", 40)
    number, key = 2, wanted
    while key in taken:
        key, number = f"{wanted}-{number}", number + 1
    return key
