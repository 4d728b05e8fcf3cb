"""Typing: a form on paper by two people, a call by one who reads it back; differences settled with the paper in hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core import audit
from civic.core.db import db
from civic.core.errors import CivicError, Forbidden
from civic.core.states import IllegalMove, advance
from civic.surveys.access import knows_enough_of
from civic.surveys.assisted import queries
from civic.surveys.assisted.actions.batches import must_take_paper
from civic.surveys.assisted.actions.sending import PersonNeeded, is_complete, must_count, send
from civic.surveys.assisted.models import AssistedForm, TypedEntry
from civic.surveys.assisted.queries import OnPaper
from civic.surveys.rules import double_entry
from civic.surveys.rules.logic import clear_hidden


class NotTheSamePerson(CivicError):
    """The second typist read another address than the first."""

    sentence, status = (
        _l("This is not the address that was read before. Look at the form again; if it is right, set the form aside."),
        422,
    )
    field = "_who"


class SomebodyElsesCall(Forbidden):
    """A call is written down and read back by one person."""

    sentence = _l("Whoever took the call reads it back and sends it.")


class StillOpen(CivicError):
    """Questions that must be answered are still open."""

    sentence, status = _l("Some questions still need an answer."), 422


def form_of(on: OnPaper, *, now: datetime) -> AssistedForm:
    """The form with this number of a batch, held; however many begin it at once, there is one."""
    assert on.batch is not None
    assert on.number is not None
    survey, batch = on.survey, on.batch
    fresh = insert(AssistedForm).values(
        survey_id=survey.id, anonymity=survey.anonymity, survey_version_id=batch.survey_version_id, mode="paper",
        batch_id=batch.id, number=on.number, language=batch.language, reason=batch.reason, status="waiting", typed=0, created_at=now,
    )  # fmt: skip
    db.session.execute(fresh.on_conflict_do_nothing(index_elements=["batch_id", "number"]))
    again = queries.numbered_form(batch.id, on.number)
    assert again is not None
    assert again.form is not None
    return queries.locked_form(again.form.id)


def call(on: OnPaper, *, language: str, reason: str, now: datetime) -> AssistedForm:
    """A form for somebody on the phone."""
    must_take_paper(on.survey)
    form = AssistedForm(
        survey_id=on.survey.id, anonymity=on.survey.anonymity, survey_version_id=on.version.id, mode="phone", batch_id=None,
        number=None, language=language, reason=reason, person_id=None, settled_by_id=None, created_at=now, done_at=None,
    )  # fmt: skip
    db.session.add(form)
    db.session.flush()
    return form


def type_in(
    on: OnPaper, form: AssistedForm, answers: Mapping[str, Any], *, person: User | None, by: Any, now: datetime
) -> str:
    """Keep what one person read; gives "once", "differs" or "sent". The second of two who read the same makes the response.

    Whoever typed first may correct it until somebody else has typed. Raises DoesNotCount, IllegalMove and what sending raises.
    """
    must_count(on, now)
    if not is_complete(on, clear_hidden(on.questionnaire, answers)):
        raise StillOpen()
    if form.status not in ("waiting", "once"):
        raise IllegalMove()
    kept = queries.entries(form)
    mine = next((each for each in kept if each.typist_id == by.id), None)
    if form.mode == "phone" and kept and mine is None:
        raise SomebodyElsesCall()
    if kept and mine is None:
        return _second(on, form, kept[0], answers, person=person, by=by, now=now)
    form.person_id = _named(on, person)
    if mine is not None:
        mine.answers, mine.at = dict(answers), now
    else:
        _enter(form, 1, answers, by=by, now=now)
        advance(form, "type", by=by, now=now)
    db.session.flush()
    return form.status


def _named(on: OnPaper, person: User | None) -> int | None:
    if not knows_enough_of(person, on.survey):
        raise PersonNeeded()
    return person.id if person is not None and not on.survey.is_anonymous else None


def _second(
    on: OnPaper, form: AssistedForm, first: TypedEntry, answers: Mapping[str, Any], *, person: User | None, by: Any, now: datetime
) -> str:  # fmt: skip
    if _named(on, person) != form.person_id:
        raise NotTheSamePerson()
    _enter(form, 2, answers, by=by, now=now)
    db.session.flush()
    if not double_entry.agree(on.questionnaire, first.answers, answers):
        advance(form, "differ", by=by, now=now)
        return form.status
    advance(form, "agree", by=by, now=now)
    send(on, form, clear_hidden(on.questionnaire, answers), by=by, now=now)
    return form.status


def _enter(form: AssistedForm, place: int, answers: Mapping[str, Any], *, by: Any, now: datetime) -> None:
    db.session.add(TypedEntry(form_id=form.id, place=place, typist_id=by.id, answers=dict(answers), at=now))
    form.typed = place
    audit.record("assisted_form.typed", on=form, by=by, now=now, after={"place": place})


def settle(on: OnPaper, form_id: int, choices: Mapping[str, Any], *, by: Any, now: datetime) -> None:
    """Decide every difference with the paper in hand, by one of the two or somebody else; then the response is made."""
    form = queries.locked_form(form_id)
    first, second = _both(form)
    asked = double_entry.differences(on.questionnaire, first.answers, second.answers)
    if set(choices) != {question.key for question in asked}:
        raise IllegalMove()  # it was set aside and typed again meanwhile
    answers = double_entry.settled(on.questionnaire, first.answers, choices)
    if not is_complete(on, answers):
        raise StillOpen()
    form.settled_by_id = by.id
    advance(form, "settle", by=by, now=now)
    send(on, form, answers, by=by, now=now)


def _both(form: AssistedForm) -> tuple[TypedEntry, TypedEntry]:
    kept = queries.entries(form)
    if form.status != "differs" or len(kept) != 2:
        raise IllegalMove()
    return kept[0], kept[1]


def read_back(on: OnPaper, form_id: int, *, by: Any, now: datetime) -> str:
    """Send what somebody said on the phone once it was read back to them; gives the receipt code for them."""
    form = queries.locked_form(form_id)
    kept = queries.entries(form)
    if form.mode != "phone" or form.status != "once":
        raise IllegalMove()
    if kept[0].typist_id != by.id:
        raise SomebodyElsesCall()
    answers = clear_hidden(on.questionnaire, kept[0].answers)
    advance(form, "agree", by=by, now=now)
    return send(on, form, answers, by=by, now=now)


def set_aside(form_id: int, *, why: str, by: Any, now: datetime) -> None:
    """Put a form aside with a reason (it is empty, torn, refused); what was typed of it is deleted."""
    form = queries.locked_form(form_id)
    advance(form, "set_aside", by=by, now=now, why=why)
    _empty(form)
    audit.record("assisted_form.set_aside", on=form, by=by, now=now, why=why)


def restart(form_id: int, *, by: Any, now: datetime) -> None:
    """Let a form that was set aside be typed from the beginning."""
    form = queries.locked_form(form_id)
    if form.mode == "phone":
        raise IllegalMove()  # nobody is on the line any more
    advance(form, "restart", by=by, now=now)


def _empty(form: AssistedForm) -> None:
    db.session.execute(delete(TypedEntry).where(TypedEntry.form_id == form.id))
    form.typed, form.person_id = 0, None
    db.session.flush()
