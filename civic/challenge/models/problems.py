"""Problems that residents propose, and who supports them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.challenge.rules.choices import PROBLEM_STATES, THEMES
from civic.core.db import Model, id_column
from civic.core.moderated import Moderable, shown_check


class Problem(Moderable, Model):
    """Something that is wrong in London, for whom and where; what becomes of it is said in public, with a reason."""

    __tablename__ = "problem"
    TRANSITIONS = {
        ("open", "merge"): "merged",
        ("open", "answer"): "answered",
        ("open", "take_up"): "taken_up",
        ("open", "decline"): "not_taken_up",
        ("answered", "take_up"): "taken_up",
        ("answered", "reopen"): "open",
        ("not_taken_up", "reopen"): "open",
    }

    id: Mapped[int] = id_column()
    title: Mapped[str]
    text: Mapped[str]  # what is wrong
    for_whom: Mapped[str]
    borough: Mapped[str] = mapped_column(default="")  # an authority's GSS code; empty means all London
    theme: Mapped[str]
    language: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    status: Mapped[str] = mapped_column(default="open")
    supports: Mapped[int] = mapped_column(default=0)  # kept
    reason: Mapped[str] = mapped_column(default="")  # the official words: the answer, or why it stands where it stands
    reason_language: Mapped[str] = mapped_column(default="en")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    decided_as: Mapped[str] = mapped_column(default="")  # the office of who decided
    decided_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("problem.id"), index=True)
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenge.id"), index=True)
    # What a search finds, by the rules of its own language (core/search.py); written with the words.
    words: Mapped[Any] = mapped_column(TSVECTOR, deferred=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        shown_check(),
        one_of("status", PROBLEM_STATES),
        one_of("theme", THEMES),
        CheckConstraint("title <> '' AND text <> ''", name="words"),
        CheckConstraint("supports >= 0", name="kept"),
        CheckConstraint("status = 'open' OR (reason <> '' AND decided_as <> '')", name="reason"),
        CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
        CheckConstraint("merged_into_id <> id", name="not_into_itself"),
        CheckConstraint("(status = 'taken_up') = (challenge_id IS NOT NULL)", name="taken_up"),
        *(
            Index(
                f"ix_problem_{name}", *columns, postgresql_where="shown IN ('shown', 'folded') AND status <> 'merged'"
            )
            for name, columns in (("supported", ("supports", "id")), ("newest", ("created_at", "id")))
        ),
        Index("ix_problem_status", "status", "supports", "id"),
        Index("ix_problem_author_id", "author_id", "id"),
        Index("ix_problem_words", "words", postgresql_using="gin"),
    )

    @property
    def is_in_sight(self) -> bool:
        """Whether everybody can see it."""
        return self.shown in ("shown", "folded")

    @property
    def takes_support(self) -> bool:
        """Whether it can still be supported: everybody sees it, and nothing was decided yet."""
        return self.is_in_sight and self.status == "open"

    @property
    def may_still_change(self) -> bool:
        """Whether its words can still be changed: what others support stays what they supported."""
        return self.status == "open" and self.supports == 0


class ProblemSupport(Model):
    """Somebody supports a problem: once each. The support of an erased account stays, and is nobody's."""

    __tablename__ = "problem_support"

    id: Mapped[int] = id_column()
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("problem_id", "person_id"),)
