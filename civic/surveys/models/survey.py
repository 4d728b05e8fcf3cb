"""A survey, and the versions of its questionnaire; a version that has gone live never changes again."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, UniqueConstraint, event, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.core.db import Model, id_column
from civic.surveys.rules.questionnaire import Questionnaire

STATUSES = ("draft", "open", "closed", "archived")
LEVELS = ("nothing", "email_confirmed", "borough_given")
ANONYMITIES = ("anonymous", "identified")
FEWEST_SHOWN = 10


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} in ({listed})", name=column)


class Survey(Model):
    """A survey: who may answer it, when, under which promise, and how far it has come."""

    __tablename__ = "survey"
    TRANSITIONS = {
        ("draft", "launch"): "open",
        ("draft", "archive"): "archived",
        ("open", "close"): "closed",
        ("closed", "reopen"): "open",
        ("closed", "archive"): "archived",
    }

    id: Mapped[int] = id_column()
    slug: Mapped[str]
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]] = mapped_column(default=dict)
    purpose: Mapped[dict[str, str]] = mapped_column(default=dict)  # what happens with the answers
    languages: Mapped[list[str]]  # the first is the one it was written in
    status: Mapped[str] = mapped_column(default="draft")
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    who_may_answer: Mapped[str] = mapped_column(default="nothing")
    anonymity: Mapped[str] = mapped_column(default="anonymous")
    one_answer_each: Mapped[bool] = mapped_column(default=True)
    suppress_below: Mapped[int] = mapped_column(default=FEWEST_SHOWN)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    launched_at: Mapped[datetime | None]
    results_published_at: Mapped[datetime | None]
    minutes: Mapped[int | None]  # about how long it takes, worked out at launch
    published_sections: Mapped[list[str]] = mapped_column(default=list)  # section keys whose results anyone may see
    version_id: Mapped[int] = mapped_column(nullable=False)

    imported: Mapped[dict[str, Any] | None] = mapped_column(JSONB)  # the file it came from, and what stayed behind

    versions: Mapped[list[SurveyVersion]] = relationship(
        back_populates="survey", order_by="SurveyVersion.number", lazy="raise", passive_deletes=True
    )

    __mapper_args__ = {"version_id_col": version_id}
    __table_args__ = (
        UniqueConstraint("slug"),
        UniqueConstraint(
            "id", "anonymity"
        ),  # what responses hold on to, so that the promise cannot be broken in either place
        CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80", name="slug"),
        _one_of("status", STATUSES),
        _one_of("who_may_answer", LEVELS),
        _one_of("anonymity", ANONYMITIES),
        CheckConstraint("closes_at > opens_at", name="dates"),
        CheckConstraint("suppress_below between 5 and 1000", name="suppress_below"),
        CheckConstraint("status = 'draft' or status = 'archived' or launched_at is not null", name="launched"),
        Index("ix_survey_status_closes_at", "status", "closes_at", "id"),
        Index(
            "ix_survey_results_published_at",
            "results_published_at",
            "id",
            postgresql_where=text("results_published_at is not null"),
        ),
    )

    @property
    def language(self) -> str:
        """The language the survey was written in."""
        return self.languages[0]

    @property
    def is_public(self) -> bool:
        """Whether anyone may know that it exists."""
        return self.status in ("open", "closed")

    @property
    def is_anonymous(self) -> bool:
        """Whether answers are kept without any tie to who gave them."""
        return self.anonymity == "anonymous"

    def is_taking_answers(self, now: datetime) -> bool:
        """Whether an answer sent now counts: open, begun, and before the closing minute."""
        return self.status == "open" and not self.is_coming_up(now) and not self.has_ended(now)

    def is_coming_up(self, now: datetime) -> bool:
        """Whether it is launched, but its first minute is still to come."""
        return self.status == "open" and self.opens_at is not None and now < self.opens_at

    def has_ended(self, now: datetime) -> bool:
        """Whether it was closed or its closing minute has passed."""
        return self.status in ("closed", "archived") or (self.closes_at is not None and now >= self.closes_at)

    def shows_results_of(self, section_key: str) -> bool:
        """Whether anyone may see the results of this section."""
        return self.results_published_at is not None and section_key in self.published_sections


class SurveyVersion(Model):
    """One version of the questionnaire. Pinned when it goes live; from then on the database refuses any change."""

    __tablename__ = "survey_version"

    id: Mapped[int] = id_column()
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"))
    number: Mapped[int]
    definition: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    pinned_at: Mapped[datetime | None]
    version_id: Mapped[int] = mapped_column(nullable=False)

    survey: Mapped[Survey] = relationship(back_populates="versions", lazy="raise")

    __mapper_args__ = {"version_id_col": version_id}
    __table_args__ = (
        UniqueConstraint("survey_id", "number"),
        CheckConstraint("number > 0", name="number"),
        # At most one version of a survey is being worked on.
        Index("uq_survey_version_draft", "survey_id", unique=True, postgresql_where=text("pinned_at is null")),
    )

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire as a value; a pinned one is read only once in the life of the process."""
        if self.pinned_at is not None and self.id is not None:
            return _pinned_questionnaire(_Pinned(self.id, self.version_id, self.definition))
        return Questionnaire.from_json(self.definition)

    @property
    def is_pinned(self) -> bool:
        """Whether it has gone live and can never change again."""
        return self.pinned_at is not None


class _Pinned:
    """A cache key that carries what is to be read."""

    def __init__(self, number: int, revision: int, definition: dict[str, Any]) -> None:
        self.key, self.definition = (number, revision), definition

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pinned) and self.key == other.key and self.definition == other.definition


@lru_cache(maxsize=256)
def _pinned_questionnaire(pinned: _Pinned) -> Questionnaire:
    return Questionnaire.from_json(pinned.definition)


# The promise “what was asked stays as it was asked” must hold against our own mistakes too: the database keeps it.
GUARD_FUNCTION = DDL("""
create or replace function guard_pinned_survey_version() returns trigger language plpgsql as $$
begin
  if old.pinned_at is not null and (
      new.definition is distinct from old.definition or new.pinned_at is distinct from old.pinned_at
      or new.number is distinct from old.number or new.survey_id is distinct from old.survey_id) then
    raise exception 'a version that has gone live cannot change' using errcode = 'integrity_constraint_violation',
      constraint = 'ck_survey_version_pinned';
  end if;
  return new;
end $$
""")
GUARD_TRIGGER = DDL("""
create or replace trigger guard_pinned before update on survey_version
for each row execute function guard_pinned_survey_version()
""")
event.listen(SurveyVersion.__table__, "after_create", GUARD_FUNCTION.execute_if(dialect="postgresql"))
event.listen(SurveyVersion.__table__, "after_create", GUARD_TRIGGER.execute_if(dialect="postgresql"))
