"""Matches: what went in, what came out, what was overridden and by whom; one that was published never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.challenge.applying.models import Call
from civic.challenge.matching.rules.choices import OVERRIDE_KINDS, OVERRIDE_STATES, RUN_STATES
from civic.core.db import Model, id_column

KIND = "challenge_match_run"


class Run(Model):
    """One computed match. Its input is pinned when it is made; two people publish it, of whom neither may be the other."""

    __tablename__ = KIND
    TRANSITIONS = {
        ("draft", "propose"): "proposed",
        ("draft", "discard"): "discarded",
        ("proposed", "return"): "draft",
        ("proposed", "publish"): "published",
    }

    id: Mapped[int] = id_column()
    call_id: Mapped[int] = mapped_column(ForeignKey("challenge_call.id"))
    number: Mapped[int]  # within its call
    is_substitute: Mapped[bool] = mapped_column(default=False)  # of those left over, for places that came free
    status: Mapped[str] = mapped_column(default="draft")
    inputs: Mapped[dict[str, Any]]  # rules/documents.py
    inputs_hash: Mapped[str]
    result: Mapped[dict[str, Any]]  # for every startup its challenge, or nothing; by numbers
    why: Mapped[str] = mapped_column(default="")  # why it was made so: a challenge closed, a startup lost
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    proposed_at: Mapped[datetime | None]
    proposed_why: Mapped[str] = mapped_column(default="")
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    published_at: Mapped[datetime | None]
    file_hash: Mapped[str] = mapped_column(default="")  # of the exported file, once it is published
    version: Mapped[int] = mapped_column(default=1)

    call: Mapped[Call] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", RUN_STATES),
        UniqueConstraint("call_id", "number"),
        CheckConstraint("published_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("NOT is_substitute OR why <> ''", name="why"),
        CheckConstraint("(status IN ('draft', 'discarded')) = (proposed_at IS NULL)", name="proposed"),
        CheckConstraint("(status = 'published') = (published_at IS NOT NULL AND file_hash <> '')", name="published"),
        Index(
            "uq_challenge_match_run_first",
            "call_id",
            unique=True,
            postgresql_where="status = 'published' AND NOT is_substitute",
        ),
        Index("ix_challenge_match_run_waiting", "call_id", postgresql_where="status = 'proposed'"),
    )


class Override(Model):
    """Somebody decided otherwise than the match: for whom, why, and a second person who agreed."""

    __tablename__ = "challenge_match_override"
    TRANSITIONS = {
        ("proposed", "approve"): "approved",
        ("proposed", "refuse"): "refused",
        ("proposed", "withdraw"): "withdrawn",
        ("approved", "withdraw"): "withdrawn",  # as long as the match is a draft
    }

    id: Mapped[int] = id_column()
    run_id: Mapped[int] = mapped_column(ForeignKey("challenge_match_run.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("challenge_application.id"), index=True)
    kind: Mapped[str]
    reason: Mapped[str]
    status: Mapped[str] = mapped_column(default="proposed")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("kind", OVERRIDE_KINDS),
        one_of("status", OVERRIDE_STATES),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("decided_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("status NOT IN ('approved', 'refused') OR decided_at IS NOT NULL", name="decided"),
    )


# PostgreSQL itself refuses to rewrite a match: its input never, and nothing once it is published. What leads to a person goes with
# their account.
event.listen(
    Run.__table__,
    "after_create",
    DDL("""
CREATE OR REPLACE FUNCTION refuse_change_of_match() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE people text[] := ARRAY['made_by_id', 'proposed_by_id', 'published_by_id'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.status = 'published' THEN RAISE EXCEPTION 'a published match is kept'; END IF;
    RETURN OLD;
  END IF;
  IF (NEW.inputs, NEW.result, NEW.inputs_hash, NEW.call_id) IS DISTINCT FROM (OLD.inputs, OLD.result, OLD.inputs_hash, OLD.call_id)
    OR (OLD.status = 'published' AND (to_jsonb(NEW) - people) IS DISTINCT FROM (to_jsonb(OLD) - people))
  THEN RAISE EXCEPTION 'a match is not rewritten'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER challenge_match_run_kept BEFORE UPDATE OR DELETE ON challenge_match_run
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_match();
"""),
)
event.listen(
    Override.__table__,
    "after_create",
    DDL("""
CREATE OR REPLACE FUNCTION refuse_change_of_override() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE people text[] := ARRAY['proposed_by_id', 'decided_by_id'];
  published boolean := EXISTS (
    SELECT 1 FROM challenge_match_run WHERE id = (CASE WHEN TG_OP = 'DELETE' THEN OLD.run_id ELSE NEW.run_id END) AND status = 'published'
  );
BEGIN
  IF published AND (TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - people) IS DISTINCT FROM (to_jsonb(OLD) - people))
  THEN RAISE EXCEPTION 'an override of a published match is kept'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER challenge_match_override_kept BEFORE INSERT OR UPDATE OR DELETE ON challenge_match_override
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_override();
"""),
)
