"""Answering a survey: keep a page, send everything once, change it, take it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Text, and_, bindparam, cast, delete, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert

from civic.core import clock, tokens
from civic.core.db import db
from civic.core.errors import CivicError, Conflict, Gone
from civic.surveys.actions import counting
from civic.surveys.models.response import Draft, Participation, Response
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.queries import answering as queries
from civic.surveys.queries.answering import Taking
from civic.surveys.rules.counting import cells_of_response
from civic.surveys.rules.logic import Shown, clear_hidden, settle
from civic.surveys.rules.questionnaire import Question, Questionnaire


class SurveyClosed(Gone):
    """The survey takes no answers now."""

    sentence = _l("This survey is closed. Answers sent now are not counted.")


class AlreadyAnswered(Conflict):
    """The person has answered, and each may answer once."""

    sentence = _l("You have already answered this survey. Each person’s answers count once.")


class AlreadySent(Conflict):
    """The draft was sent or deleted from another window."""

    sentence = _l("These answers were already sent from another window. Nothing was counted twice.")


class ChangedElsewhere(Conflict):
    """The draft was changed in another window since it was checked."""

    sentence = _l("Your answers were changed in another window. Check them again before you send them.")


class UnknownReceipt(CivicError):
    """No response has this receipt code in this survey."""

    sentence, status, field = (
        _l("We could not find a response with this code. Check it and type it again."),
        422,
        "code",
    )


@dataclass(frozen=True)
class Someone:
    """Who answers, as far as the survey may know: an account or nobody, what is known of them, and their borough."""

    person_id: int | None = None
    level: str = "nothing"
    borough: str | None = None


_FRESH = {"populate_existing": True}


class Incomplete(CivicError):
    """Questions that must be answered are still open."""

    sentence, status = _l("Some questions still need an answer."), 422

    def __init__(self, questions: list[Question]) -> None:
        super().__init__()
        self.questions = questions


def receipt_code(key: str) -> str:
    """The receipt of a draft: always the same for the same draft, so that sending twice shows one receipt."""
    return tokens.code_from("surveys.receipt", key)


def receipt_hash(code: str) -> str:
    """What is kept of a receipt code, however it was typed; of no use without the site's secret."""
    plain = "".join(character for character in code.upper() if character.isalnum())[:40]
    return tokens.code_from("surveys.receipt_hash", plain, groups=6)


def missing(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> list[Question]:
    """The questions that are shown, must be answered and are not."""
    shown = settle(questionnaire, answers)
    return [
        question
        for question in questionnaire.questions()
        if question.is_asked
        and question.required
        and question.key not in answers
        and shown[question.key] is Shown.SHOWN
    ]


def keep_page(
    taking: Taking,
    *,
    key: str,
    by: Someone,
    answers: Mapping[str, Any],
    asked: Collection[str],
    passed: bool,
    place: str,
    language: str,
    now: datetime,
) -> Draft:
    """Keep the answers of one page: what was `asked` is replaced by `answers`, everything else stays.

    One statement, so that two windows on different pages lose nothing. `passed` says that the page was sent on and its
    empty answers were meant.
    """
    survey, version = taking.survey, taking.version
    if not survey.is_taking_answers(now):
        raise SurveyClosed()
    assert version is not None, "a survey that takes answers has a version"
    if taking.draft is None and by.person_id is not None and taking.has_taken_part and survey.one_answer_each:
        raise AlreadyAnswered()
    told = {"answers": dict(answers), "asked": list(asked), "passed": list(asked) if passed else []}
    values = {"place": place, "language": language, "updated_at": now}
    draft = (
        _change_draft(taking.draft, told, values)
        if taking.draft
        else _new_draft(survey, version, key, by, told, values)
    )
    if draft is None:
        raise AlreadySent()
    return draft


def _merged(told: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's answers without what was asked on the page, and with what was answered there."""
    asked, passed = cast(told["asked"], ARRAY(Text)), cast(told["passed"], ARRAY(Text))
    return {
        "answers": Draft.answers.op("-")(asked).op("||")(cast(told["answers"], JSONB)),
        "passed": Draft.passed.op("-")(passed).op("||")(cast(told["passed"], JSONB)),
        "revision": Draft.revision + 1,
    }


def _change_draft(draft: Draft, told: Mapping[str, Any], values: Mapping[str, Any]) -> Draft | None:
    changed = update(Draft).where(Draft.id == draft.id).values(**_merged(told), **values).returning(Draft)
    return db.session.scalar(changed, execution_options=_FRESH)


def _new_draft(
    survey: Survey, version: SurveyVersion, key: str, by: Someone, told: Mapping[str, Any], values: Mapping[str, Any]
) -> Draft | None:
    fresh = insert(Draft).values(
        key=key, survey_id=survey.id, survey_version_id=version.id, person_id=by.person_id,
        answers=told["answers"], passed=told["passed"], **values,
    )  # fmt: skip
    # The same reader may have begun in another window a moment ago.
    same = ["key"] if by.person_id is None else ["survey_id", "person_id"]
    where = None if by.person_id is None else Draft.person_id.is_not(None)
    merged = fresh.on_conflict_do_update(
        index_elements=same,
        index_where=where,
        set_={**_merged(told), **values},
        where=and_(Draft.survey_id == survey.id, Draft.person_id.is_not_distinct_from(by.person_id)),
    )
    return db.session.scalar(merged.returning(Draft), execution_options=_FRESH)


_SEND = text("""
with sent as (
  delete from draft where id = :draft_id and revision = :revision returning id
), counted as (
  insert into participation (survey_id, person_id, anonymity, answered_on)
  select :survey_id, cast(:person_id as bigint), :anonymity, case when :anonymity = 'identified' then cast(:today as date) end
  from sent where cast(:person_id as bigint) is not null
  on conflict do nothing returning person_id
)
insert into response
  (id, survey_id, anonymity, survey_version_id, person_id, answers, language, mode, level, borough, submitted_on, receipt_hash)
select gen_random_uuid(), :survey_id, :anonymity, :version_id,
       case when :anonymity = 'identified' then cast(:person_id as bigint) end,
       :answers, :language, :mode, :level, :borough, :today, :receipt_hash
from sent
where not :once or cast(:person_id as bigint) is null or exists (select from counted)
returning 1
""").bindparams(bindparam("answers", type_=JSONB))


def send(taking: Taking, *, by: Someone, now: datetime, mode: str = "web") -> str:
    """Send the answers of a draft: the draft goes, the response and its counts come, in one moment; gives the receipt code.

    However often and from however many windows it is sent, there is one response.
    """
    survey, version, draft = taking.survey, taking.version, taking.draft
    if not survey.is_taking_answers(now):
        raise SurveyClosed()
    if draft is None or version is None:
        raise AlreadySent()
    answers = clear_hidden(version.questionnaire, draft.answers)
    if open_questions := missing(version.questionnaire, answers):
        raise Incomplete(open_questions)
    if draft.response_id is not None:
        return _send_change(survey, version, draft, answers)
    code = receipt_code(draft.key)
    sent = {
        "draft_id": draft.id, "revision": draft.revision, "survey_id": survey.id, "version_id": version.id,
        "anonymity": survey.anonymity, "person_id": by.person_id, "once": survey.one_answer_each,
        "answers": answers, "language": draft.language, "mode": mode, "level": by.level, "borough": by.borough,
        "today": clock.london_today(now), "receipt_hash": receipt_hash(code),
    }  # fmt: skip
    if db.session.scalar(_SEND, sent) is None:
        raise _why_not_sent(taking, by)
    cells = cells_of_response(version.questionnaire, answers, language=draft.language, mode=mode, borough=by.borough)
    counting.add(survey.id, {by.level: dict.fromkeys(cells, 1)})
    return code


def _why_not_sent(taking: Taking, by: Someone) -> CivicError:
    """The draft was changed meanwhile, went with another request, or the person had taken part already."""
    assert taking.draft is not None
    if db.session.scalar(select(Draft.id).where(Draft.id == taking.draft.id)) is not None:
        return ChangedElsewhere()
    mine = Participation.survey_id == taking.survey.id, Participation.person_id == by.person_id
    took_part = by.person_id is not None and db.session.scalar(select(Participation.person_id).where(*mine)) is not None
    return AlreadyAnswered() if took_part else AlreadySent()


def _send_change(survey: Survey, version: SurveyVersion, draft: Draft, answers: dict[str, Any]) -> str:
    """Put changed answers in the place of those that were sent; the receipt stays the same."""
    response = db.session.get(Response, draft.response_id, with_for_update=True, populate_existing=True)
    gone = delete(Draft).where(Draft.id == draft.id, Draft.revision == draft.revision).returning(Draft.id)
    if response is None or db.session.scalar(gone) is None:
        raise AlreadySent()
    before = db.session.get_one(SurveyVersion, response.survey_version_id)
    was = counting.cells_of(before.questionnaire, response)
    response.answers, response.language, response.survey_version_id = answers, draft.language, version.id
    db.session.flush()
    becomes = counting.cells_of(version.questionnaire, response)
    counting.add(survey.id, {response.level: counting.difference(was, becomes)})
    return ""


def change(survey: Survey, response: Response, *, key: str, now: datetime) -> Draft:
    """Begin to change a response that was sent: a draft of its answers, held by its key alone."""
    if not survey.is_taking_answers(now):
        raise SurveyClosed()
    version = db.session.get_one(SurveyVersion, response.survey_version_id)
    db.session.execute(delete(Draft).where(Draft.response_id == response.id))
    draft = Draft(
        key=key, survey_id=survey.id, survey_version_id=version.id, response_id=response.id, answers=response.answers,
        passed=[question.key for question in version.questionnaire.questions()], place="", language=response.language,
        updated_at=now,
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    return draft


def withdraw(survey: Survey, response: Response, *, by: Someone, now: datetime) -> None:
    """Delete a response as if it had never been sent; the person may answer again."""
    if not survey.is_taking_answers(now):
        raise SurveyClosed()
    version = db.session.get_one(SurveyVersion, response.survey_version_id)
    cells = counting.cells_of(version.questionnaire, response)
    counting.add(survey.id, {response.level: {cell: -n for cell, n in cells.items()}})
    person_id = by.person_id if survey.is_anonymous else response.person_id
    if person_id is not None:
        db.session.execute(
            delete(Participation).where(Participation.survey_id == survey.id, Participation.person_id == person_id)
        )
    db.session.delete(response)
    db.session.flush()


def find_by_code(survey: Survey, code: str) -> Response:
    """The response with this receipt code; raises UnknownReceipt."""
    response = queries.response_by_receipt(survey, receipt_hash(code)) if code.strip() else None
    if response is None:
        raise UnknownReceipt()
    return response


def is_known(survey: Survey, code: str) -> bool:
    """Whether a response with this receipt code is kept."""
    found = select(Response.id).where(Response.survey_id == survey.id, Response.receipt_hash == receipt_hash(code))
    return db.session.scalar(found) is not None


def discard(taking: Taking) -> None:
    """Delete a draft that was not sent."""
    if taking.draft is not None:
        db.session.execute(delete(Draft).where(Draft.id == taking.draft.id))
