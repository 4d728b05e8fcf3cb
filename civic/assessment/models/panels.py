"""A panel: who judges, by which criteria, on which scale, and until when."""

from datetime import datetime

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models import User
from civic.accounts.models.people import one_of
from civic.assessment.rules.choices import HIGHEST_SCALE, PANEL_STATES
from civic.core.db import Model, id_column


class Panel(Model):
    """A panel of assessors for one owner ("round:3"): prepared, open while it scores and meets, then closed."""

    __tablename__ = "assessment_panel"
    TRANSITIONS = {
        ("draft", "open"): "open",
        ("open", "close"): "closed",
        ("closed", "reopen"): "open",
    }
    id: Mapped[int] = id_column()
    owner: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    status: Mapped[str] = mapped_column(default="draft")
    quorum: Mapped[int] = mapped_column(SmallInteger, default=2)  # assessors that each item needs
    scale: Mapped[int] = mapped_column(SmallInteger, default=5)  # the highest score; the lowest is 0
    gap: Mapped[int] = mapped_column(SmallInteger, default=20)  # of 100 points: from here on an item is talked about
    publishes_scores: Mapped[bool] = mapped_column(default=False)
    due_at: Mapped[datetime | None]  # later scores are taken until the panel closes, and shown as late
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    __table_args__ = (
        one_of("status", PANEL_STATES),
        CheckConstraint("quorum >= 2", name="quorum"),
        CheckConstraint(f"scale BETWEEN 1 AND {HIGHEST_SCALE}", name="scale"),
        CheckConstraint("gap BETWEEN 1 AND 100", name="gap"),
        Index("ix_assessment_panel_status", "status", "id"),
    )
    __mapper_args__ = {"version_id_col": version}

    def is_late(self, at: datetime) -> bool:
        """Whether a moment is after the day by which scores were asked for."""
        return self.due_at is not None and at > self.due_at


class Criterion(Model):
    """What is judged, how much it weighs, and what each score means; fixed once the panel is open."""

    __tablename__ = "assessment_criterion"
    id: Mapped[int] = id_column()
    panel_id: Mapped[int] = mapped_column(ForeignKey("assessment_panel.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    key: Mapped[str]
    title: Mapped[str]
    guidance: Mapped[str] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(SmallInteger)
    # What a score means, by the score: {"0": "No evidence", "5": "…"}; some may be missing.
    anchors: Mapped[dict[str, str]] = mapped_column(default=dict)
    __table_args__ = (
        UniqueConstraint("panel_id", "key"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight"),
        CheckConstraint("title <> ''", name="title"),
    )


class Assessor(Model):
    """Somebody's seat on a panel, from when to when."""

    __tablename__ = "panel_assessor"
    id: Mapped[int] = id_column()
    panel_id: Mapped[int] = mapped_column(ForeignKey("assessment_panel.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    panel: Mapped[Panel] = relationship(lazy="raise")
    user: Mapped[User] = relationship(lazy="raise", foreign_keys=[user_id])
    __table_args__ = (
        Index("ix_panel_assessor_user", "user_id"),
        Index(
            "uq_panel_assessor_active",
            "panel_id",
            "user_id",
            unique=True,
            postgresql_where="removed_at IS NULL",
        ),
    )


# Whoever judges and whoever is judged must be able to rely on the criteria: PostgreSQL itself keeps them as they were opened.
event.listen(
    Criterion.__table__,
    "after_create",
    DDL("""
CREATE OR REPLACE FUNCTION criteria_stay() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF EXISTS (SELECT FROM assessment_panel WHERE id IN (NEW.panel_id, OLD.panel_id) AND status <> 'draft') THEN
    RAISE EXCEPTION 'criteria are fixed once the panel is open' USING ERRCODE = 'check_violation', CONSTRAINT = 'criteria_stay';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER assessment_criterion_stays BEFORE INSERT OR UPDATE OR DELETE ON assessment_criterion
  FOR EACH ROW EXECUTE FUNCTION criteria_stay();
"""),
)
