"""One form after it was typed: read back to whoever is on the phone, settled where two people differ, or set aside."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import CivicError, saving
from civic.core.forms import clean
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import can, history
from civic.surveys.assisted import queries
from civic.surveys.assisted.access import may_type_answers
from civic.surveys.assisted.actions import typing as actions
from civic.surveys.assisted.forms import AsideForm
from civic.surveys.assisted.manage import bp
from civic.surveys.assisted.manage.typing import Errors
from civic.surveys.assisted.queries import BOROUGH_CODES, BOROUGH_NAMES, OnPaper
from civic.surveys.rules import double_entry
from civic.surveys.rules.logic import clear_hidden
from civic.surveys.rules.paper import codes
from civic.surveys.rules.questionnaire import Question
from civic.surveys.rules.typing import as_typed, read
from civic.surveys.words import reading, refusal_sentence


@bp.get("/forms/<int:form_id>")
@allowed(may_type_answers, on=queries.form_on_desk)
def show_form(on: OnPaper) -> str:
    """Where a form stands, with what is to be done about it."""
    return _page(on, {}, AsideForm(formdata=None))


@bp.post("/forms/<int:form_id>/settlement")
@allowed(may_type_answers, on=queries.form_on_desk)
def settle_form(on: OnPaper) -> ResponseReturnValue:
    """Decide every difference; then the answers are counted."""
    assert on.form is not None
    choices, errors = _choices(on)
    if errors:
        return _page(on, errors, AsideForm(formdata=None)), 422
    try:
        with transaction():
            actions.settle(on, on.form.id, choices, by=me(), now=clock.now())
    except CivicError as refused:
        if refused.status in (403, 404):
            raise
        return _page(on, {"": (refused.sentence, "")}, AsideForm(formdata=None)), 409 if refused.status != 422 else 422
    flash(_("Settled: the answers are counted."), "success")
    return see_other("assisted.show_batch", batch_id=on.form.batch_id)


@bp.post("/forms/<int:form_id>/response")
@allowed(may_type_answers, on=queries.form_on_desk)
def send_call(on: OnPaper) -> ResponseReturnValue:
    """Send what was read back."""
    assert on.form is not None
    with transaction():
        code = actions.read_back(on, on.form.id, by=me(), now=clock.now())
    flash(
        _(
            "The answers are counted. Read this receipt code out, with which they can be changed or withdrawn: %(code)s",
            code=code,
        ),
        "success",
    )
    return see_other("assisted.show_form", form_id=on.form.id)


@bp.post("/forms/<int:form_id>/setting-aside")
@allowed(may_type_answers, on=queries.form_on_desk)
def set_form_aside(on: OnPaper) -> ResponseReturnValue:
    """Put a form aside with a reason; what was typed is deleted."""
    assert on.form is not None
    form = AsideForm()
    if form.validate():
        with saving(form) as saved:
            actions.set_aside(on.form.id, why=form.why.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("Set aside. What was typed is deleted."), "success")
            return see_other("assisted.show_form", form_id=on.form.id)
    return _page(on, {}, form), 422


@bp.post("/forms/<int:form_id>/restart")
@allowed(may_type_answers, on=queries.form_on_desk)
def restart_form(on: OnPaper) -> ResponseReturnValue:
    """Type a form again that was set aside."""
    assert on.form is not None
    with transaction():
        actions.restart(on.form.id, by=me(), now=clock.now())
    flash(_("The form can be typed again."), "success")
    return see_other("assisted.show_batch", batch_id=on.form.batch_id)


def _differing(on: OnPaper) -> list[tuple[Question, Any, Any]]:
    """The questions that were read differently, with both readings."""
    assert on.form is not None
    kept = queries.entries(on.form) if on.form.status == "differs" else []
    if len(kept) != 2:
        return []
    first, second = kept[0].answers, kept[1].answers
    asked = double_entry.differences(on.questionnaire, first, second)
    return [(question, first.get(question.key), second.get(question.key)) for question in asked]


def _choices(on: OnPaper) -> tuple[dict[str, Any], Errors]:
    """What was decided for each difference: one of the two readings, or what was typed anew."""
    known, chosen, errors = codes(on.questionnaire), {}, {}
    for question, first, second in _differing(on):
        which = request.form.get(f"_is-{question.key}", "")
        if which in ("first", "second"):
            chosen[question.key] = first if which == "first" else second
        elif which == "new":
            found = read(question, known[question.key], request.form, BOROUGH_CODES)
            if found.refusal and found.refusal.code not in ("required", "row_required", "unknown_code"):
                errors[question.key] = (refusal_sentence(question, found.refusal), found.refusal.field)
            elif found.refusal and found.refusal.code == "unknown_code":
                sentence = _(
                    "“%(code)s” is not on the form for this question.", code=str(found.refusal.names["code"])[:40]
                )
                errors[question.key] = (sentence, found.refusal.field)
            chosen[question.key] = found.value
        else:
            errors[question.key] = (_("Choose what stands on the paper."), f"_is-{question.key}")
    return chosen, errors


def _page(on: OnPaper, errors: Errors, aside: AsideForm) -> str:
    form, known = on.form, codes(on.questionnaire)
    assert form is not None
    answers: dict[str, Any] = {}
    if form.mode == "phone" and form.status == "once":
        answers = clear_hidden(on.questionnaire, queries.entries(form)[0].answers)
    return render_template(
        "surveys/assisted/show_form.html",
        on=on,
        moves=history(form),
        differing=[
            (
                question,
                known[question.key],
                _codes_of(on, question, first),
                _codes_of(on, question, second),
                first,
                second,
            )
            for question, first, second in _differing(on)
        ],
        said=[(q, known[q.key].code, answers.get(q.key)) for q in on.questionnaire.questions() if q.key in answers],
        reading=reading,
        fields={name: clean(value) for name, value in request.form.items()},
        errors=errors,
        has_errors=bool(errors) or bool(aside.errors),
        aside=aside,
        may_set_aside=can(form, "set_aside"),
        form=aside if aside.errors else None,
    )


def _codes_of(on: OnPaper, question: Question, answer: Any) -> dict[str, str]:
    return as_typed(question, codes(on.questionnaire)[question.key], answer, BOROUGH_NAMES)
