"""What people answered. In an anonymous survey who answered and what was answered share no key, no order and no time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column

MODES = ("web", "paper", "phone", "import")


def _of_its_survey() -> ForeignKeyConstraint:
    """The promise made in the survey, carried into the row: it can be neither broken here nor changed there."""
    return ForeignKeyConstraint(["survey_id", "anonymity"], ["survey.id", "survey.anonymity"], ondelete="CASCADE")


class Response(Model):
    """One sent response. `answers` is the truth; every count can be made again from it.

    The key is random and the date has no hour, so that an anonymous response cannot be matched with who was online.
    """

    __tablename__ = "response"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    survey_id: Mapped[int]
    anonymity: Mapped[str]
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    answers: Mapped[dict[str, Any]]
    language: Mapped[str]
    mode: Mapped[str] = mapped_column(default="web")
    level: Mapped[str] = mapped_column(default="nothing")  # what was known of the person, in accounts' words
    borough: Mapped[str | None]  # code of the borough in the person's profile when they answered
    submitted_on: Mapped[date] = mapped_column(Date)
    receipt_hash: Mapped[str]

    __table_args__ = (
        _of_its_survey(),
        UniqueConstraint("receipt_hash"),
        CheckConstraint("anonymity = 'identified' or person_id is null", name="anonymous"),
        CheckConstraint(f"mode in {MODES}", name="mode"),
        Index("ix_response_survey_id_id", "survey_id", "id"),
        Index("ix_response_person_id", "person_id", "survey_id", postgresql_where=text("person_id is not null")),
    )  # fmt: skip


class Participation(Model):
    """That a person took part in a survey, so that they are counted once; never what they answered.

    In an anonymous survey not even the day is kept: on a quiet day it would point at one response.
    """

    __tablename__ = "participation"

    survey_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    anonymity: Mapped[str]
    answered_on: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (
        _of_its_survey(),
        CheckConstraint("(anonymity = 'anonymous') = (answered_on is null)", name="anonymous"),
    )


class Draft(Model):
    """Answers on their way: kept until they are sent, and deleted in the same moment.

    Held by an account, or by whoever's browser (or mailed link) has its `key`. A draft that changes a sent response is
    held by its key only, so that it never ties an account to an anonymous response.
    """

    __tablename__ = "draft"

    id: Mapped[int] = id_column()
    key: Mapped[str]
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    response_id: Mapped[UUID | None] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), index=True)
    answers: Mapped[dict[str, Any]]
    passed: Mapped[list[str]]  # keys of the questions that were on a page that was sent
    place: Mapped[str]  # key of the page to come back to
    language: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (
        UniqueConstraint("key"),
        CheckConstraint("response_id is null or person_id is null", name="holder"),
        Index("uq_draft_survey_id_person_id", "survey_id", "person_id", unique=True,
              postgresql_where=text("person_id is not null")),
    )  # fmt: skip


class AnswerCount(Model):
    """How many responses gave one answer, by level: kept while answers come and go, so that results never count rows.

    `question` is a question's key (`key.row` for a row of a matrix, `key.option` for the places an option was given), or
    a name beginning with a colon for facts about the whole response; see `rules.counting`.
    """

    __tablename__ = "answer_count"

    survey_id: Mapped[int] = mapped_column(
        ForeignKey("survey.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    question: Mapped[str] = mapped_column(primary_key=True)
    option: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]
