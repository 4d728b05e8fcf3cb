"""What can be asked of batches and forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, or_, select

from civic.core.db import db, locked
from civic.core.states import StateChange
from civic.places import BOROUGHS
from civic.surveys.assisted.models import AssistedForm, PaperBatch, TypedEntry
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.queries.surveys import live_version, survey_by_slug
from civic.surveys.rules.assisted import takes
from civic.surveys.rules.questionnaire import Questionnaire

BOROUGH_CODES = {borough.name.casefold(): borough.gss for borough in BOROUGHS}
BOROUGH_NAMES = {borough.gss: borough.name for borough in BOROUGHS}


@dataclass(frozen=True)
class OnPaper:
    """A survey with the version that its paper is about, and perhaps a batch and a form of it."""

    survey: Survey
    version: SurveyVersion
    batch: PaperBatch | None = None
    form: AssistedForm | None = None
    number: int | None = None

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.version.questionnaire


def takes_paper(survey: Survey) -> bool:
    """Whether answers on paper and by phone fit the survey's promise."""
    return takes(who_may_answer=survey.who_may_answer, is_anonymous=survey.is_anonymous)


def on_paper(slug: str) -> OnPaper | None:
    """A public survey that takes paper, with the version that people are given now."""
    survey = survey_by_slug(slug)
    if survey is None or not survey.is_public or not takes_paper(survey):
        return None
    version = live_version(survey)
    return OnPaper(survey, version) if version is not None else None


def batch_on_desk(batch_id: int) -> OnPaper | None:
    """A batch with its survey and version."""
    return next(_found(PaperBatch.id == batch_id), None) if 0 < batch_id < 2**62 else None


def numbered_form(batch_id: int, form_number: int) -> OnPaper | None:
    """A form of a batch by its number, whether somebody has typed it yet or not."""
    found = batch_on_desk(batch_id)
    if found is None or found.batch is None or not 1 <= form_number <= found.batch.forms:
        return None
    mine = select(AssistedForm).where(AssistedForm.batch_id == batch_id, AssistedForm.number == form_number)
    return OnPaper(found.survey, found.version, found.batch, db.session.scalar(mine), form_number)


def form_on_desk(form_id: int) -> OnPaper | None:
    """A form that was typed, with its survey, version and batch."""
    if not 0 < form_id < 2**62:
        return None
    query = (
        select(Survey, SurveyVersion, PaperBatch, AssistedForm)
        .join(AssistedForm, AssistedForm.survey_id == Survey.id)
        .join(SurveyVersion, SurveyVersion.id == AssistedForm.survey_version_id)
        .outerjoin(PaperBatch, PaperBatch.id == AssistedForm.batch_id)
        .where(AssistedForm.id == form_id)
    )
    row = db.session.execute(query).first()
    return OnPaper(*row, row[3].number) if row else None


def _found(*where: object) -> Iterator[OnPaper]:
    query = (
        select(Survey, SurveyVersion, PaperBatch)
        .join(PaperBatch, PaperBatch.survey_id == Survey.id)
        .join(SurveyVersion, SurveyVersion.id == PaperBatch.survey_version_id)
    )
    for row in db.session.execute(query.where(*where)):  # type: ignore[arg-type]
        yield OnPaper(*row)


def locked_form(form_id: int) -> AssistedForm:
    """The form as it is now, held until the transaction ends."""
    return locked(AssistedForm, form_id)


def entries(form: AssistedForm) -> list[TypedEntry]:
    """What was typed from a form, in order of typing."""
    mine = select(TypedEntry).where(TypedEntry.form_id == form.id).order_by(TypedEntry.place)
    return list(db.session.scalars(mine, execution_options={"populate_existing": True}))


def entry_of(form: AssistedForm | None, person_id: int) -> TypedEntry | None:
    """What this person typed from the form."""
    if form is None:
        return None
    return db.session.scalar(select(TypedEntry).where(TypedEntry.form_id == form.id, TypedEntry.typist_id == person_id))


def ended_at(survey: Survey) -> datetime | None:
    """When the survey stopped taking answers: at its announced minute, or when it was closed before."""
    if survey.status == "open":
        return survey.closes_at
    closed = select(func.max(StateChange.at)).where(
        StateChange.thing == "survey", StateChange.thing_id == str(survey.id), StateChange.verb == "close"
    )
    moments = [each for each in (survey.closes_at, db.session.scalar(closed)) if each is not None]
    return min(moments) if moments else None


def surveys_to_type_in(now: datetime, days: int) -> Select[Any]:
    """The surveys that take paper now, or that closed so few days ago that what had arrived may still be typed in."""
    recent = or_(Survey.closes_at.is_(None), Survey.closes_at > now - timedelta(days=days))
    fits = or_(Survey.who_may_answer == "nothing", Survey.anonymity == "identified")
    return select(Survey).where(Survey.status.in_(("open", "closed")), recent, fits)


def batches_of(survey_ids: Iterable[int]) -> dict[int, list[Row]]:
    """The batches of surveys, newest first, each with how many of its forms stand in each state."""
    count = func.count(AssistedForm.id)
    columns = [
        count.filter(AssistedForm.status == status).label(status) for status in ("once", "differs", "sent", "set_aside")
    ]
    query = (
        select(PaperBatch.survey_id, PaperBatch.id, PaperBatch.code, PaperBatch.language, PaperBatch.forms, *columns)
        .outerjoin(AssistedForm, AssistedForm.batch_id == PaperBatch.id)
        .where(PaperBatch.survey_id.in_(set(survey_ids)))
        .group_by(PaperBatch.id)
        .order_by(PaperBatch.id.desc())
        .limit(500)
    )  # fmt: skip
    found: dict[int, list[Row]] = {}
    for row in db.session.execute(query):
        found.setdefault(row.survey_id, []).append(row)
    return found


def forms_of(batch: PaperBatch) -> dict[int, Row]:
    """The forms of a batch that somebody has begun to type, by their numbers, with who typed first."""
    first = select(TypedEntry.typist_id).where(TypedEntry.form_id == AssistedForm.id, TypedEntry.place == 1)
    columns = (AssistedForm.id, AssistedForm.number, AssistedForm.status, first.scalar_subquery().label("first_by"))
    rows = db.session.execute(select(*columns).where(AssistedForm.batch_id == batch.id))
    return {row.number: row for row in rows}


def calls_under_way(survey_ids: Iterable[int]) -> dict[int, list[int]]:
    """The forms by phone of surveys that were typed and not sent yet, by survey."""
    query = select(AssistedForm.survey_id, AssistedForm.id).where(
        AssistedForm.survey_id.in_(set(survey_ids)), AssistedForm.status == "once", AssistedForm.mode == "phone"
    )
    found: dict[int, list[int]] = {}
    for survey_id, form_id in db.session.execute(query.order_by(AssistedForm.id)):
        found.setdefault(survey_id, []).append(form_id)
    return found


def waiting() -> int:
    """How many forms wait for a second person, or for somebody who settles a difference."""
    mine = AssistedForm.status.in_(("once", "differs"))
    return db.session.scalar(select(func.count()).where(mine)) or 0


def wrong_numbers() -> Iterator[str]:
    """The forms whose number of typists is not what is kept with them; for `flask civic check`."""
    counted = (
        select(AssistedForm.id, AssistedForm.typed, func.count(TypedEntry.id).label("n"))
        .outerjoin(TypedEntry, TypedEntry.form_id == AssistedForm.id)
        .group_by(AssistedForm.id)
        .having(func.count(TypedEntry.id) != AssistedForm.typed)
    )
    for row in db.session.execute(counted):
        yield f"assisted form {row.id}: typed by {row.n}, kept as {row.typed}"
