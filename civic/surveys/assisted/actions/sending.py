"""What was typed becomes a response, once; how it was typed is forgotten in the same moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core import audit, tokens
from civic.core.clock import london_today
from civic.core.db import db
from civic.core.errors import Gone
from civic.surveys.access import knows_enough_of
from civic.surveys.actions import counting
from civic.surveys.actions.answering import AlreadyAnswered, Someone, missing, receipt_code, receipt_hash
from civic.surveys.assisted.models import AssistedForm, TypedEntry
from civic.surveys.assisted.queries import OnPaper, ended_at
from civic.surveys.models.response import Participation, Response
from civic.surveys.rules.assisted import why_not
from civic.surveys.rules.counting import cells_of_response

SENTENCES = {
    "not_open": _l("The survey has not opened yet."),
    "published": _l("Results are published, so nothing can be added any more."),
    "too_late": _l("The survey closed too long ago: paper can no longer be typed in."),
    "not_arrived": _l("The survey is closed. Say first when this batch arrived, and why it is typed in now."),
    "arrived_late": _l("The survey is closed, and this batch arrived after its close. It does not count."),
    "call_too_late": _l("The survey is closed. Answers by phone count only while it is open."),
}


class DoesNotCount(Gone):
    """The survey takes no such answers now."""


class PersonNeeded(Gone):
    """The survey is for members, and no account was named that it takes."""

    sentence, status = (
        _l("This survey is for members: give the email address of an account that may answer it."),
        422,
    )
    field = "_who"


def refusal(on: OnPaper, now: datetime) -> str:
    """Why a form cannot be typed in now, as a code; empty where it can."""
    survey, batch = on.survey, on.batch
    if not survey.is_public:
        return "too_late"  # it was archived meanwhile
    is_taking = survey.is_taking_answers(now)
    if on.batch is None:
        return "" if is_taking else "call_too_late"
    return why_not(
        now,
        is_taking=is_taking,
        ended_at=None if is_taking or survey.is_coming_up(now) else ended_at(survey),
        published=survey.results_published_at is not None,
        arrived_on=batch.arrived_on if batch else None,
        reason=batch.late_reason if batch else "",
        days=current_app.config["PAPER_LATE_DAYS"],
    )


def must_count(on: OnPaper, now: datetime) -> None:
    """Raises DoesNotCount with its reason."""
    if code := refusal(on, now):
        raise DoesNotCount(SENTENCES[code])


def is_complete(on: OnPaper, answers: Mapping[str, Any]) -> bool:
    """Whether everything is answered that must be."""
    return not missing(on.questionnaire, answers)


def send(on: OnPaper, form: AssistedForm, answers: Mapping[str, Any], *, by: Any, now: datetime) -> str:
    """Make a response of a form that was moved to "sent"; gives its receipt code, which nobody can find again.

    Raises DoesNotCount, PersonNeeded or AlreadyAnswered.
    """
    assert form.status == "sent"
    assert is_complete(on, answers)
    must_count(on, now)
    survey, someone = on.survey, _someone(on, form)
    if someone.person_id is not None:
        _takes_part(on, someone.person_id, now)
    code = receipt_code(tokens.secret_token())
    db.session.add(
        Response(
            survey_id=survey.id,
            anonymity=survey.anonymity,
            survey_version_id=on.version.id,
            person_id=someone.person_id,
            answers=dict(answers),
            language=form.language,
            mode=form.mode,
            level=someone.level,
            borough=someone.borough,
            submitted_on=london_today(now),
            receipt_hash=receipt_hash(code),
        )
    )
    form.done_at = now
    db.session.execute(update(TypedEntry).where(TypedEntry.form_id == form.id).values(answers={}))
    db.session.flush()
    cells = cells_of_response(
        on.questionnaire, answers, language=form.language, mode=form.mode, borough=someone.borough
    )
    counting.add(survey.id, {someone.level: dict.fromkeys(cells, 1)})
    audit.record(
        "assisted_form.sent", on=form, by=by, now=now, why=form.reason, after={"mode": form.mode, "survey": survey.id}
    )
    return code


def _someone(on: OnPaper, form: AssistedForm) -> Someone:
    """Whose answers they are, where the survey asks for names; what is known of them is what their account says."""
    person = db.session.get(User, form.person_id) if form.person_id is not None else None
    if not knows_enough_of(person, on.survey):
        raise PersonNeeded()
    if person is None:
        return Someone()
    level = "borough_given" if person.borough else "email_confirmed"
    return Someone(person.id, level if person.email_confirmed_at else "nothing", person.borough)


def _takes_part(on: OnPaper, person_id: int, now: datetime) -> None:
    """Note that a member took part; raises AlreadyAnswered where each may answer once and they have."""
    told = {
        "survey_id": on.survey.id, "person_id": person_id, "anonymity": on.survey.anonymity, "answered_on": london_today(now),
    }  # fmt: skip
    noted = insert(Participation).values(**told).on_conflict_do_nothing().returning(Participation.person_id)
    if db.session.scalar(noted) is None and on.survey.one_answer_each:
        raise AlreadyAnswered()
