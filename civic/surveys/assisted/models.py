"""What exists: batches of printed forms, the forms that were typed in, and what each typist read.

What was typed is deleted in the moment in which it becomes a response; then a form says only that it was sent, and who typed.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column
from civic.surveys.models.response import _of_its_survey

STATUSES = ("waiting", "once", "differs", "sent", "set_aside")
MOST_FORMS = 2000


class PaperBatch(Model):
    """A stack of printed forms of one version in one language, numbered from 1; its code stands on every page."""

    __tablename__ = "paper_batch"

    id: Mapped[int] = id_column()
    code: Mapped[str]
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), index=True)
    language: Mapped[str]
    forms: Mapped[int]
    reason: Mapped[str]  # why on paper: where the forms were handed out
    arrived_on: Mapped[date | None] = mapped_column(Date)
    late_reason: Mapped[str]  # why it is typed in after the close
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(f"forms between 1 and {MOST_FORMS}", name="forms"),
        Index("ix_paper_batch_survey_id", "survey_id", "id"),
    )


class AssistedForm(Model):
    """One person's answers on paper or by phone on their way: paper is typed by two people, a call is read back."""

    __tablename__ = "assisted_form"
    TRANSITIONS = {
        ("waiting", "type"): "once",
        ("once", "agree"): "sent",
        ("once", "differ"): "differs",
        ("differs", "settle"): "sent",
        ("waiting", "set_aside"): "set_aside",
        ("once", "set_aside"): "set_aside",
        ("differs", "set_aside"): "set_aside",
        ("set_aside", "restart"): "waiting",
    }

    id: Mapped[int] = id_column()
    survey_id: Mapped[int]
    anonymity: Mapped[str]
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"), index=True)
    mode: Mapped[str]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("paper_batch.id", ondelete="CASCADE"))
    number: Mapped[int | None]
    language: Mapped[str]
    reason: Mapped[str]
    status: Mapped[str] = mapped_column(default="waiting")
    typed: Mapped[int] = mapped_column(default=0)  # by how many people; `checks` counts them again
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    __table_args__ = (
        _of_its_survey(),
        UniqueConstraint("batch_id", "number"),
        CheckConstraint("anonymity = 'identified' or person_id is null", name="anonymous"),
        CheckConstraint("mode in ('paper', 'phone')", name="mode"),
        CheckConstraint(
            "(mode = 'paper') = (batch_id is not null) and (batch_id is null) = (number is null)", name="batch"
        ),
        CheckConstraint(f"status in {STATUSES}", name="status"),
        CheckConstraint("typed between 0 and case mode when 'paper' then 2 else 1 end", name="typed"),
        # Two pairs of eyes for every form on paper; each of the two is another person (uq_typed_entry_form_id_typist_id).
        CheckConstraint("status <> 'sent' or typed = case mode when 'paper' then 2 else 1 end", name="two_people"),
        Index("ix_assisted_form_survey_id", "survey_id", "status", "id"),
    )


class TypedEntry(Model):
    """What one person read from a form; emptied when the form is sent, gone when it is set aside."""

    __tablename__ = "typed_entry"

    id: Mapped[int] = id_column()
    form_id: Mapped[int] = mapped_column(ForeignKey("assisted_form.id", ondelete="CASCADE"))
    place: Mapped[int]
    typist_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    answers: Mapped[dict[str, Any]]
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("form_id", "place"),
        UniqueConstraint("form_id", "typist_id"),
        CheckConstraint("place in (1, 2)", name="place"),
    )
