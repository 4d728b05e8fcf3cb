"""The kept counts: raised and lowered with the responses, made again from them, and compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select, text

from civic.core.db import db
from civic.surveys.models.response import AnswerCount, Response
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.queries.answering import responses_of
from civic.surveys.rules.counting import Cell, cells_of_response
from civic.surveys.rules.questionnaire import Questionnaire

Levelled = Mapping[str, Mapping[Cell, int]]

# One statement whatever the number of cells, and always in the same order, so that two of them never wait for each other.
ADD = text("""
insert into answer_count (survey_id, question, option, level, n)
select :survey_id, question, option, level, n
from unnest(cast(:questions as text[]), cast(:options as text[]), cast(:levels as text[]), cast(:ns as bigint[]))
     as added(question, option, level, n)
order by question, option, level
on conflict (survey_id, question, option, level) do update set n = answer_count.n + excluded.n
""")


def add(survey_id: int, changes: Levelled) -> None:
    """Raise (or lower) the counts of a survey, by level and cell, in one statement."""
    rows = [(*cell, level, n) for level, cells in changes.items() for cell, n in cells.items() if n]
    if not rows:
        return
    questions, options, levels, ns = (list(column) for column in zip(*rows, strict=True))
    db.session.execute(
        ADD, {"survey_id": survey_id, "questions": questions, "options": options, "levels": levels, "ns": ns}
    )


def cells_of(questionnaire: Questionnaire, response: Response) -> Counter[Cell]:
    """Every count that a kept response stands in."""
    cells = cells_of_response(
        questionnaire, response.answers, language=response.language, mode=response.mode, borough=response.borough
    )
    return Counter(cells)


def difference(before: Counter[Cell], after: Counter[Cell]) -> dict[Cell, int]:
    """What must be added to the counts when a response becomes another."""
    return {cell: after[cell] - before[cell] for cell in {*before, *after}}


def recounted(survey_id: int) -> dict[str, Counter[Cell]]:
    """The counts of a survey made afresh from its responses, a stretch of them at a time."""
    questionnaires = {
        version.id: version.questionnaire
        for version in db.session.scalars(select(SurveyVersion).where(SurveyVersion.survey_id == survey_id))
    }
    counts: dict[str, Counter[Cell]] = defaultdict(Counter)
    for answers, language, mode, level, borough, version_id in responses_of(survey_id):
        counts[level].update(
            cells_of_response(questionnaires[version_id], answers, language=language, mode=mode, borough=borough)
        )
    return counts


def kept(survey_id: int) -> dict[str, Counter[Cell]]:
    """The counts of a survey as they are kept, without those that came back to nothing."""
    counts: dict[str, Counter[Cell]] = defaultdict(Counter)
    mine = (AnswerCount.survey_id == survey_id, AnswerCount.n != 0)
    for row in db.session.execute(
        select(AnswerCount.question, AnswerCount.option, AnswerCount.level, AnswerCount.n).where(*mine)
    ):
        counts[row.level][row.question, row.option] = row.n
    return counts


def recount(survey: Survey) -> bool:
    """Make the kept counts again while nobody answers; tells whether they had been wrong."""
    db.session.execute(text("select id from survey where id = :id for update"), {"id": survey.id})
    db.session.execute(text("lock table answer_count in share row exclusive mode"))
    fresh = recounted(survey.id)
    if fresh == kept(survey.id):
        return False
    db.session.execute(delete(AnswerCount).where(AnswerCount.survey_id == survey.id))
    add(survey.id, fresh)
    return True


def wrong_counts() -> Iterable[str]:
    """The surveys whose kept counts differ from their responses; for `flask civic check`."""
    for survey_id, slug in db.session.execute(select(Survey.id, Survey.slug).order_by(Survey.id)).all():
        fresh, found = recounted(survey_id), kept(survey_id)
        if fresh != found:
            cells = {(level, *cell) for counts in (fresh, found) for level in counts for cell in counts[level]}
            wrong = sum(fresh[level][q, o] != found[level][q, o] for level, q, o in cells)
            yield f"survey {slug}: {wrong} of {len(cells)} kept counts differ from the responses"
