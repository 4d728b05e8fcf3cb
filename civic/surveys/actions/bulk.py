"""Many responses at once, for paper surveys, demonstration data and benchmarks: the same rules, by COPY."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from secrets import token_urlsafe
from typing import Any
from uuid import uuid4

from psycopg.types.json import Jsonb
from werkzeug.datastructures import MultiDict

from civic.core.db import db
from civic.core.errors import CivicError
from civic.surveys.actions import counting
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.rules.answers import as_fields, check_answer
from civic.surveys.rules.counting import Cell, cells_of_response
from civic.surveys.rules.logic import clear_hidden
from civic.surveys.rules.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Reply:
    """One response to bring in, with what is known of its person."""

    answers: Mapping[str, Any]
    submitted_on: date
    language: str = "en"
    mode: str = "import"
    level: str = "nothing"
    borough: str | None = None
    person_id: int | None = None


_COLUMNS = "id, survey_id, anonymity, survey_version_id, person_id, answers, language, mode, level, borough, submitted_on, receipt_hash"


def bulk_respond(survey: Survey, version: SurveyVersion, replies: Iterable[Reply], *, check: bool = True) -> int:
    """Bring in responses to one version and count them; hidden answers are cleared, and with `check` every answer must be one
    that the page would have taken. Gives how many. All or nothing: the caller's transaction decides."""
    questionnaire = version.questionnaire
    counts: dict[str, Counter[Cell]] = defaultdict(Counter)
    people: list[tuple[int, date]] = []
    number = 0
    db.session.flush()
    cursor = db.session.connection().connection.driver_connection.cursor()  # type: ignore[union-attr]
    with cursor.copy(f"copy response ({_COLUMNS}) from stdin") as copy:
        copy.set_types(
            ["uuid", "int8", "text", "int8", "int8", "jsonb", "text", "text", "text", "text", "date", "text"]
        )
        for number, reply in enumerate(replies, 1):
            answers = clear_hidden(questionnaire, reply.answers)
            if check:
                _check(questionnaire, answers, number)
            named = reply.person_id if survey.anonymity == "identified" else None
            copy.write_row(
                (uuid4(), survey.id, survey.anonymity, version.id, named, Jsonb(answers), reply.language, reply.mode,
                 reply.level, reply.borough, reply.submitted_on, token_urlsafe(18))
            )  # fmt: skip
            counts[reply.level].update(
                cells_of_response(
                    questionnaire, answers, language=reply.language, mode=reply.mode, borough=reply.borough
                )
            )
            if reply.person_id is not None:
                people.append((reply.person_id, reply.submitted_on))
    _note_participation(survey, people)
    counting.add(survey.id, counts)
    return number


def _check(questionnaire: Questionnaire, answers: Mapping[str, Any], number: int) -> None:
    for key, value in answers.items():
        question = questionnaire.question(key)
        assert question is not None
        if check_answer(question, MultiDict(as_fields(question, value))).value != value:
            raise CivicError(f"Response {number}: the answer to “{key}” is not one that can be given.")


def _note_participation(survey: Survey, people: list[tuple[int, date]]) -> None:
    """Who took part, in the order of their numbers, so that it tells nothing of the order of the responses."""
    cursor = db.session.connection().connection.driver_connection.cursor()  # type: ignore[union-attr]
    with cursor.copy("copy participation (survey_id, person_id, anonymity, answered_on) from stdin") as copy:
        for person_id, day in sorted(dict(people).items()):
            copy.write_row((survey.id, person_id, survey.anonymity, None if survey.is_anonymous else day))
