"""Scores, which nobody ever changes: each assessor's own, and beside them what a meeting agreed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.assessment.models.panels import Panel
from civic.assessment.rules.choices import FEWEST_WORDS
from civic.core.db import Model, id_column


class ScoreDraft(Model):
    """What an assessor typed and has not sent yet. Apart from the assignment, which others may read: this is theirs alone."""

    __tablename__ = "score_draft"
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assessment_assignment.id"), primary_key=True)
    marks: Mapped[dict[str, Any]]  # by criterion: {"12": {"value": 3, "words": "…"}}
    kept_at: Mapped[datetime]


class Score(Model):
    """One assessor's score for one criterion, and why; of several times the last counts and all are kept."""

    __tablename__ = "assessment_score"
    id: Mapped[int] = id_column()
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assessment_assignment.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("assessment_criterion.id"), index=True)
    round: Mapped[int] = mapped_column(SmallInteger)  # 1 the first time they were sent
    value: Mapped[int] = mapped_column(SmallInteger)
    justification: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    written_at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("assignment_id", "criterion_id", "round"),
        CheckConstraint("value >= 0", name="value"),
        CheckConstraint(f"char_length(justification) >= {FEWEST_WORDS}", name="justification"),
    )


class Meeting(Model):
    """A meeting in which assessors talked about their scores: when, who was there, what was said."""

    __tablename__ = "moderation_meeting"
    id: Mapped[int] = id_column()
    panel_id: Mapped[int] = mapped_column(ForeignKey("assessment_panel.id"), index=True)
    held_on: Mapped[date]
    # Who was there, as they were called then: [{"id": 7, "name": "Priya Raman"}].
    people: Mapped[list[Any]]
    notes: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    panel: Mapped[Panel] = relationship(lazy="raise")
    __table_args__ = (CheckConstraint("jsonb_array_length(people) >= 2", name="people"),)


class AgreedScore(Model):
    """What a meeting agreed for one criterion of one item, beside the scores it started from; the latest counts."""

    __tablename__ = "agreed_score"
    id: Mapped[int] = id_column()
    item_id: Mapped[int] = mapped_column(ForeignKey("assessed_item.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("assessment_criterion.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("moderation_meeting.id"), index=True)
    round: Mapped[int] = mapped_column(SmallInteger)  # of the item
    value: Mapped[int] = mapped_column(SmallInteger)
    justification: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    author_id: Mapped[int]  # no foreign key: the record outlives an erased account
    at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("value >= 0", name="value"),
        Index("ix_agreed_score_item", "item_id", "round", "criterion_id", "id"),
        Index("ix_agreed_score_author", "author_id"),
    )


for _name, _table in (("assessment_score", Score.__table__), ("agreed_score", AgreedScore.__table__)):
    event.listen(
        _table,
        "after_create",
        DDL(
            f"CREATE TRIGGER {_name}_append_only BEFORE UPDATE OR DELETE ON {_name} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change();"
        ),
    )
