"""Cases: one text that somebody reported or that waits, what was reported about it, and what was decided."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column
from civic.moderation.rules.house_rules import KEYS

OPEN = text("status = 'open'")
RULES = ", ".join(f"'{key}'" for key in KEYS)


class Case(Model):
    """One text before the moderators; there is never more than one case of a text that nobody has finished with."""

    __tablename__ = "moderation_case"
    TRANSITIONS = {
        ("open", "keep"): "kept",
        ("open", "remove"): "removed",
        ("open", "close"): "closed",
        ("open", "withdraw"): "closed",
        ("removed", "appeal"): "appealed",
        ("appealed", "uphold"): "upheld",
        ("appealed", "restore"): "restored",
        ("appealed", "close"): "closed",
        ("appealed", "withdraw"): "closed",
        ("removed", "resubmit"): "open",
        ("upheld", "resubmit"): "open",
    }

    id: Mapped[int] = id_column()
    thing: Mapped[str]  # "comment:12"
    status: Mapped[str] = mapped_column(default="open")
    # Counts every change that a moderator should have seen: a decision names the version it was made on.
    version: Mapped[int] = mapped_column(default=1)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    place: Mapped[str] = mapped_column(default="")  # "topic:3"
    language: Mapped[str]
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime]  # or since when it waits again: for an appeal, or as it was sent again
    # Why it lies here; any of them may be true.
    is_reported: Mapped[bool] = mapped_column(default=False)
    is_waiting: Mapped[bool] = mapped_column(default=False)
    is_alike: Mapped[bool] = mapped_column(default=False)
    is_wave: Mapped[bool] = mapped_column(default=False)
    is_resubmitted: Mapped[bool] = mapped_column(default=False)
    waits_for: Mapped[str] = mapped_column(default="")  # why nobody sees it yet: place, election or rule of screening
    # Kept from the standing reports, in hundredths of one ordinary report.
    weight: Mapped[int] = mapped_column(default=0)
    reports: Mapped[int] = mapped_column(default=0)
    is_folded: Mapped[bool] = mapped_column(default=False)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    claimed_until: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint(
            "status IN ('open', 'kept', 'removed', 'appealed', 'upheld', 'restored', 'closed')", name="status"
        ),
        CheckConstraint("(claimed_by_id IS NULL) OR (claimed_until IS NOT NULL)", name="claim"),
        CheckConstraint("weight >= 0 AND reports >= 0", name="counts"),
        Index(
            "uq_moderation_case_thing", "thing", unique=True, postgresql_where=text("status IN ('open', 'appealed')")
        ),
        Index("ix_moderation_case_thing", "thing", "id"),
        Index("ix_moderation_case_created", "created_at"),
        # The queue, each stretch of it in its own order.
        Index("ix_moderation_case_oldest", "opened_at", "id", postgresql_where=OPEN),
        Index("ix_moderation_case_heaviest", text("weight DESC"), "id", postgresql_where=OPEN),
        Index("ix_moderation_case_language", "language", "opened_at", "id", postgresql_where=OPEN),
        Index("ix_moderation_case_language_heaviest", "language", text("weight DESC"), "id", postgresql_where=OPEN),
        Index(
            "ix_moderation_case_reported",
            text("weight DESC"),
            "id",
            postgresql_where=text("status = 'open' AND is_reported"),
        ),
        Index("ix_moderation_case_waiting", "opened_at", "id", postgresql_where=text("status = 'open' AND is_waiting")),
        Index("ix_moderation_case_alike", "opened_at", "id", postgresql_where=text("status = 'open' AND is_alike")),
        Index("ix_moderation_case_wave", "opened_at", "id", postgresql_where=text("status = 'open' AND is_wave")),
        Index("ix_moderation_case_appeal", "opened_at", "id", postgresql_where=text("status = 'appealed'")),
        Index("ix_moderation_case_decided", "decided_at", "id"),
    )


class Report(Model):
    """What one person says is wrong with one text: once, and again only about words that no moderator has decided on for them."""

    __tablename__ = "moderation_report"
    TRANSITIONS = {
        ("standing", "withdraw"): "withdrawn",
        ("withdrawn", "report"): "standing",
        ("standing", "uphold"): "upheld",
        ("standing", "dismiss"): "dismissed",
        ("standing", "close"): "closed",
        ("upheld", "reverse"): "dismissed",
    }

    id: Mapped[int] = id_column()
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id", ondelete="CASCADE"), index=True)
    thing: Mapped[str]
    # Empty once the account is deleted: that somebody reported it stays.
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    status: Mapped[str] = mapped_column(default="standing")
    rule: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    at: Mapped[datetime]
    weight: Mapped[int]  # what it weighs by its reporter's record, in hundredths
    counted: Mapped[int]  # what of that counts beside the other reports; less in a wave
    # The latest version of the words (a number in moderation_text) when it was said, or decided; 0 where none was kept.
    words_seen: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        CheckConstraint("status IN ('standing', 'withdrawn', 'upheld', 'dismissed', 'closed')", name="status"),
        CheckConstraint(f"rule IN ({RULES})", name="rule"),
        CheckConstraint("rule <> 'other' OR words <> ''", name="words"),
        CheckConstraint("counted BETWEEN 0 AND weight", name="counted"),
        CheckConstraint("words_seen >= 0", name="words_seen"),
        Index(
            "uq_moderation_report_standing",
            "thing",
            "reporter_id",
            unique=True,
            postgresql_where=text("status = 'standing'"),
        ),
        Index("ix_moderation_report_thing", "thing", "reporter_id"),
        Index("ix_moderation_report_reporter", "reporter_id", "id"),
        Index("ix_moderation_report_at", "at"),
    )


class Decision(Model):
    """What a moderator decided about a case, and why, in words for its author."""

    __tablename__ = "moderation_decision"
    id: Mapped[int] = id_column()
    case_id: Mapped[int] = mapped_column(ForeignKey("moderation_case.id", ondelete="CASCADE"), index=True)
    verb: Mapped[str]
    rule: Mapped[str] = mapped_column(default="")
    words: Mapped[str]
    language: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    waited_since: Mapped[datetime]  # when the case opened, or was last brought back: the clock of the public report
    __table_args__ = (
        CheckConstraint("verb IN ('keep', 'remove', 'uphold', 'restore')", name="verb"),
        CheckConstraint(f"rule IN ('', {RULES})", name="rule"),
        CheckConstraint("verb <> 'remove' OR (rule <> '' AND words <> '')", name="reason"),
        Index("ix_moderation_decision_at", "at"),
    )


class Appeal(Model):
    """An author asks somebody else to look at a removal or a suspension again; once for each."""

    __tablename__ = "moderation_appeal"
    id: Mapped[int] = id_column()
    # Against the removal of a text, or against a suspension.
    case_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_case.id", ondelete="CASCADE"), index=True)
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("moderation_decision.id", ondelete="CASCADE"), unique=True
    )
    suspension_id: Mapped[int | None] = mapped_column(
        ForeignKey("moderation_suspension.id", ondelete="CASCADE"), unique=True
    )
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    words: Mapped[str]
    language: Mapped[str]
    at: Mapped[datetime]
    # Who removed the text or suspended the person, and who looked again: never the same person.
    against_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(default="")
    answer_language: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("words <> ''", name="words"),
        CheckConstraint(
            "(case_id IS NULL) = (decision_id IS NULL) AND (case_id IS NULL) <> (suspension_id IS NULL)", name="about"
        ),
        CheckConstraint("decided_by_id <> against_id AND decided_by_id <> author_id", name="somebody_else"),
        CheckConstraint("outcome IN ('', 'upheld', 'restored', 'closed')", name="outcome"),
        CheckConstraint("(outcome = '') = (decided_at IS NULL)", name="decided"),
        Index("ix_moderation_appeal_at", "at"),
        Index(
            "ix_moderation_appeal_suspension",
            "at",
            "id",
            postgresql_where=text("suspension_id IS NOT NULL AND outcome = ''"),
        ),
    )
