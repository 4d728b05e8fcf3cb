"""Quick entry: a whole form on one page, in the codes that stand on it; on paper by two people, on the phone by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from civic.accounts.models import User
from civic.accounts.queries.people import user_by_email
from civic.accounts.rules.emails import normalised
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.doors import allowed
from civic.core.errors import CivicError
from civic.core.forms import clean
from civic.core.pages import see_other
from civic.core.person import me
from civic.surveys.assisted import queries
from civic.surveys.assisted.access import may_type_answers
from civic.surveys.assisted.actions import typing as actions
from civic.surveys.assisted.actions.sending import SENTENCES, refusal
from civic.surveys.assisted.forms import language_choices
from civic.surveys.assisted.manage import bp
from civic.surveys.assisted.models import AssistedForm
from civic.surveys.assisted.printing import on_paper
from civic.surveys.assisted.queries import BOROUGH_CODES, BOROUGH_NAMES, OnPaper
from civic.surveys.rules.paper import codes
from civic.surveys.rules.typing import Typed, as_typed, read_form
from civic.surveys.words import refusal_sentence

LONGEST_REASON = 500


@bp.get("/batches/<int:batch_id>/forms/<int:form_number>")
@allowed(may_type_answers, on=queries.numbered_form)
def type_form(on: OnPaper) -> ResponseReturnValue:
    """The page into which a form is typed: by whoever comes first, and by somebody else who does not see what was typed."""
    if on.form is not None and on.form.status not in ("waiting", "once"):
        return see_other("assisted.show_form", form_id=on.form.id)
    return _page(on, _kept(on, on.form), {})


@bp.post("/batches/<int:batch_id>/forms/<int:form_number>")
@allowed(may_type_answers, on=queries.numbered_form)
def keep_form(on: OnPaper) -> ResponseReturnValue:
    """Keep what was read; where two people read the same it becomes a response."""
    assert on.batch is not None
    typed, errors = _read(on)
    if errors:
        return _page(on, _sent(), errors), 422
    try:
        with transaction():
            form = actions.form_of(on, now=clock.now())
            state = actions.type_in(on, form, typed.answers, person=_who(), by=me(), now=clock.now())
    except CivicError as refused:
        return _refused(on, refused)
    flash(*_told(on, state, typed))
    if state == "differs":
        return see_other("assisted.show_form", form_id=form.id)
    return see_other("assisted.show_batch", batch_id=on.batch.id)


@bp.get("/surveys/<slug>/calls/new")
@allowed(may_type_answers, on=queries.on_paper)
def take_call(on: OnPaper) -> str:
    """The page into which somebody's answers on the phone are typed while the questions are read out."""
    return _page(on, {"_language": [on.survey.language]}, {})


@bp.post("/surveys/<slug>/calls/new")
@allowed(may_type_answers, on=queries.on_paper)
def keep_call(on: OnPaper) -> ResponseReturnValue:
    """Keep what was said; nothing is sent before it was read back."""
    typed, errors = _read(on)
    reason, language = clean(request.form.get("_reason", ""))[:LONGEST_REASON], request.form.get("_language", "")
    if not reason:
        errors = {"_reason": (_("Say why by phone."), "_reason"), **errors}
    if language not in dict(language_choices(on.survey)):
        errors = {"_language": (_("Choose a language."), "_language"), **errors}
    if errors:
        return _page(on, _sent(), errors), 422
    try:
        with transaction():
            form = actions.call(on, language=language, reason=reason, now=clock.now())
            actions.type_in(on, form, typed.answers, person=_who(), by=me(), now=clock.now())
    except CivicError as refused:
        return _refused(on, refused)
    return see_other("assisted.show_form", form_id=form.id)


@bp.get("/forms/<int:form_id>/answers")
@allowed(may_type_answers, on=queries.form_on_desk)
def change_call(on: OnPaper) -> ResponseReturnValue:
    """What was said on the phone, to be put right while it is read back."""
    assert on.form is not None
    if on.form.mode != "phone" or on.form.status != "once":
        return see_other("assisted.show_form", form_id=on.form.id)
    return _page(on, _kept(on, on.form), {})


@bp.post("/forms/<int:form_id>/answers")
@allowed(may_type_answers, on=queries.form_on_desk)
def keep_changed_call(on: OnPaper) -> ResponseReturnValue:
    """Put it right."""
    assert on.form is not None
    typed, errors = _read(on)
    if errors:
        return _page(on, _sent(), errors), 422
    try:
        with transaction():
            form = queries.locked_form(on.form.id)
            if form.mode != "phone":
                raise actions.IllegalMove()
            actions.type_in(on, form, typed.answers, person=_who(), by=me(), now=clock.now())
    except CivicError as refused:
        return _refused(on, refused)
    return see_other("assisted.show_form", form_id=on.form.id)


Errors = dict[str, tuple[Any, str]]


def _read(on: OnPaper) -> tuple[Typed, Errors]:
    """What was typed, and what is wrong with it: a sentence and the field to go to, by the key of its question."""
    typed = read_form(on.questionnaire, request.form, BOROUGH_CODES)
    errors: Errors = {}
    for key, each in typed.refusals.items():
        question = on.questionnaire.question(key)
        assert question is not None
        if each.code == "unknown_code":
            sentence = _("“%(code)s” is not on the form for this question.", code=str(each.names["code"])[:40])
        else:
            sentence = refusal_sentence(question, each)
        errors[key] = (sentence, each.field)
    who = clean(request.form.get("_who", ""))
    if who and _who() is None:
        errors["_who"] = (_("No account has this email address."), "_who")
    return typed, errors


def _who() -> User | None:
    address = normalised(clean(request.form.get("_who", "")))
    return user_by_email(address) if address else None


def _sent() -> dict[str, list[str]]:
    form: MultiDict[str, str] = request.form
    return {name: [clean(value) for value in form.getlist(name)] for name in form}


def _kept(on: OnPaper, form: AssistedForm | None) -> dict[str, list[str]]:
    """What this person typed before, in codes; nothing of what somebody else typed."""
    entry = queries.entry_of(form, me().id)
    if entry is None or form is None:
        return {}
    known = codes(on.questionnaire)
    fields: dict[str, list[str]] = {"_language": [form.language], "_reason": [form.reason]}
    for question in on.questionnaire.questions():
        if question.key in entry.answers:
            typed = as_typed(question, known[question.key], entry.answers[question.key], BOROUGH_NAMES)
            fields |= {name: [value] for name, value in typed.items()}
    person = db.session.get(User, form.person_id) if form.person_id is not None else None
    return fields | ({"_who": [person.email]} if person else {})


def _refused(on: OnPaper, refused: CivicError) -> ResponseReturnValue:
    """A refusal on the page where everything stands that was typed."""
    if refused.status in (403, 404):
        raise refused
    field = refused.field or ""
    return _page(on, _sent(), {field: (refused.sentence, field)}), 409 if refused.status in (409, 410) else 422


def _told(on: OnPaper, state: str, typed: Typed) -> tuple[str, str]:
    known = codes(on.questionnaire)
    left_out = ", ".join(known[key].code for key in typed.left_out)
    if state == "differs":
        return _("You read some answers differently. Settle them with the paper in hand."), "warning"
    said = (
        _("The two agree: the answers are counted.")
        if state == "sent"
        else _("Kept. Somebody else types the form now.")
    )
    if left_out:
        said += " " + _("Not counted, because the form says that others answer them: %(codes)s.", codes=left_out)
    return said, "success"


def _page(on: OnPaper, fields: Mapping[str, list[str]], errors: Errors) -> str:
    is_phone = on.batch is None
    code = refusal(on, clock.now())
    if is_phone:
        back = url_for("assisted.list_surveys")
    else:
        back = url_for("assisted.show_batch", batch_id=on.batch.id)  # type: ignore[union-attr]
    return render_template(
        "surveys/assisted/type_form.html",
        on=on,
        back=back,
        is_phone=is_phone,
        is_second=on.form is not None and on.form.status == "once" and queries.entry_of(on.form, me().id) is None,
        language_choices=language_choices(on.survey),
        sections=on_paper(on.questionnaire, on.batch.language if on.batch else None),
        fields=fields,
        errors=errors,
        has_errors=bool(errors),
        refusal=SENTENCES[code] if code else "",
    )
