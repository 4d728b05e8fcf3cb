"""Challenges and their briefs: criteria, versions, who wrote them, and what members remarked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.challenge.models.programmes import SLUG, Partner, Programme
from civic.challenge.rules.choices import CHALLENGE_STATES, REMARK_RESULTS, THEMES
from civic.core.db import Model, id_column
from civic.core.moderated import Moderable, shown_check

PUBLISHED = "status IN ('final', 'closed') AND NOT is_record"


class Challenge(Model):
    """A problem that a partner owns and would use the answer to; its brief is commented on before it is final.

    `author_id` is who wrote it last; everybody who wrote on it is a BriefWriter, and none of them publishes it.
    """

    __tablename__ = "challenge"
    TRANSITIONS = {
        ("draft", "open"): "commenting",
        ("commenting", "publish"): "final",
        ("final", "close"): "closed",
        ("draft", "record"): "closed",
    }

    id: Mapped[int] = id_column()
    slug: Mapped[str] = mapped_column(unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("challenge_partner.id"))  # unknown only of a record
    theme: Mapped[str]
    title: Mapped[str]
    statement: Mapped[str]  # what is wrong, for whom, and what was tried
    success: Mapped[str] = mapped_column(default="")
    adoption: Mapped[str] = mapped_column(default="")  # how the partner would buy and use what works
    pilot_sites: Mapped[str] = mapped_column(default="")
    data_offered: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    status: Mapped[str] = mapped_column(default="draft")
    comments_close_at: Mapped[datetime | None]
    # An earlier year's, recreated from what was published: what the sources do not say stays empty.
    is_record: Mapped[bool] = mapped_column(default=False)
    weight_total: Mapped[int] = mapped_column(default=0)  # kept: of its criteria
    remarks: Mapped[int] = mapped_column(default=0)  # kept: those that everybody can see
    last_position: Mapped[int] = mapped_column(default=0)  # only grows: no number is given twice
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    # Lists ask for both at once (queries/briefs.py); a lock must not take them along.
    programme: Mapped[Programme] = relationship(lazy="select")
    partner: Mapped[Partner | None] = relationship(lazy="select")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        one_of("status", CHALLENGE_STATES),
        one_of("theme", THEMES),
        CheckConstraint(SLUG, name="slug"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("status = 'draft' OR is_record OR comments_close_at IS NOT NULL", name="closing"),
        CheckConstraint("is_record OR partner_id IS NOT NULL", name="partner"),
        CheckConstraint(f"NOT ({PUBLISHED}) OR adoption <> ''", name="adoption"),
        CheckConstraint(f"NOT ({PUBLISHED}) OR (success <> '' AND statement <> '')", name="success"),
        CheckConstraint(f"NOT ({PUBLISHED}) OR weight_total = 100", name="weights"),
        CheckConstraint("(status IN ('final', 'closed')) = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("published_by_id <> author_id", name="four_eyes"),
        CheckConstraint("remarks >= 0 AND remarks <= last_position", name="kept"),
        Index("ix_challenge_programme_id", "programme_id", "id"),
        Index("ix_challenge_partner_id", "partner_id", "id"),
    )

    @property
    def is_public(self) -> bool:
        """Whether everybody can read it."""
        return self.status != "draft"

    def takes_remarks(self, now: datetime) -> bool:
        """Whether members may still comment on its brief."""
        return self.status == "commenting" and self.comments_close_at is not None and now < self.comments_close_at


class Criterion(Model):
    """One thing that answers are judged by, and its weight in a hundred."""

    __tablename__ = "challenge_criterion"

    id: Mapped[int] = id_column()
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str]
    weight: Mapped[int]
    __table_args__ = (
        UniqueConstraint("challenge_id", "position"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight"),
    )


class BriefVersion(Model):
    """What a brief said since some moment, and what changed then and why; the first is what was opened for comment."""

    __tablename__ = "brief_version"

    id: Mapped[int] = id_column()
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    number: Mapped[int]
    words: Mapped[dict[str, str]]  # the brief's texts by their names
    what_changed: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("challenge_id", "number"),
        CheckConstraint("number = 1 OR what_changed <> ''", name="said"),
    )


class BriefWriter(Model):
    """A member of staff who wrote on a brief, and so may not publish it."""

    __tablename__ = "brief_writer"

    id: Mapped[int] = id_column()
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    __table_args__ = (UniqueConstraint("challenge_id", "person_id"),)


class BriefRemark(Moderable, Model):
    """What a member said about a brief, numbered; staff answer what changed because of it."""

    __tablename__ = "brief_remark"

    id: Mapped[int] = id_column()
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str]
    language: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    result: Mapped[str] = mapped_column(default="")  # empty until it is answered
    answer: Mapped[str] = mapped_column(default="")
    answer_language: Mapped[str] = mapped_column(default="en")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    answered_as: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        shown_check(),
        UniqueConstraint("challenge_id", "position"),
        one_of("result", ("", *REMARK_RESULTS)),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("(result = '') = (answer = '')", name="answer"),
        CheckConstraint("answer = '' OR answered_as <> ''", name="office"),
        Index(
            "ix_brief_remark_waiting", "challenge_id", postgresql_where="result = '' AND shown IN ('shown', 'folded')"
        ),
    )

    @property
    def is_in_sight(self) -> bool:
        """Whether everybody can read it, perhaps one click away."""
        return self.shown in ("shown", "folded")
