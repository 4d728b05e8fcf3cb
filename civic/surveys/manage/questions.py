"""Questions: choose a kind, write, edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.i18n import Words
from civic.core.pages import see_other
from civic.surveys import words
from civic.surveys.access import may_build
from civic.surveys.actions import building
from civic.surveys.forms.building import QuestionForm, lines_of, question_form
from civic.surveys.manage import bp
from civic.surveys.manage.desk import Desk, keeping, question_on_desk, section_on_desk
from civic.surveys.rules import editing
from civic.surveys.rules.questionnaire import DECLINED, KINDS, Option, Question, Section, Text

NONE_OF_THESE = "none_of_these"


@bp.get("/<slug>/sections/<key>/questions/new")
@allowed(may_build, on=section_on_desk)
def new_question(desk: Desk) -> str:
    """Choose a kind; or, once chosen, the form for a new question of it."""
    kind = request.args.get("kind", "")
    if kind not in KINDS:
        return render_template("surveys/manage/choose_kind.html", desk=desk, section=desk.thing, kinds=words.KIND_NAMES)
    form = question_form(
        kind, is_new=True, data={"decimals": 0, "minimum": 1, "maximum": 5} if kind == "scale" else {"decimals": 0}
    )
    return _page(desk, form, kind, section=desk.thing)


@bp.post("/<slug>/sections/<key>/questions")
@allowed(may_build, on=section_on_desk)
def create_question(desk: Desk) -> ResponseReturnValue:
    """Put a question at the end of a section."""
    assert isinstance(desk.thing, Section)
    kind, section = request.form.get("kind", ""), desk.thing
    if kind not in KINDS:
        raise NotFound()
    form = question_form(kind, is_new=True)
    status = 422
    if form.validate() and _key_is_free(form, desk):
        key = ""
        with keeping(form) as kept:
            question = _question(form, Question(form.key.data or "", kind, {}), desk.language)
            key = building.add_question(desk.survey, section.key, question, now=clock.now())
        if kept.ok:
            return _after(desk, key, section.key, kind)
        status = kept.status
    return _page(desk, form, kind, section=section), status


@bp.get("/<slug>/questions/<key>")
@allowed(may_build, on=question_on_desk)
def edit_question(desk: Desk) -> str:
    """The form for a question."""
    question = _of(desk)
    return _page(desk, _form(desk, question), question.kind, question=question)


@bp.post("/<slug>/questions/<key>")
@allowed(may_build, on=question_on_desk)
def update_question(desk: Desk) -> ResponseReturnValue:
    """Keep a question, unless somebody else changed it meanwhile."""
    question = _of(desk)
    form = _form(desk, question)
    status, current = 422, None
    if form.validate():
        with keeping(form) as kept:
            building.put(
                desk.survey, _question(form, question, desk.language), edition=form.edition.data, now=clock.now()
            )
        if kept.ok:
            section = desk.questionnaire.section_of(question.key)
            return _after(desk, question.key, section.key if section else "", question.kind)
        status, current = kept.status, question if kept.status == 409 else None
        form.edition.data = desk.edition
    return _page(desk, form, question.kind, question=question, current=current), status


@bp.post("/<slug>/questions/<key>/copies")
@allowed(may_build, on=question_on_desk)
def copy_question(desk: Desk) -> ResponseReturnValue:
    """The same question once more, to be reworded."""
    with transaction():
        copied = building.copy_question(desk.survey, _of(desk).key, now=clock.now())
    flash(_("Here is the copy. Reword it and save it."), "success")
    return see_other("manage_surveys.edit_question", slug=desk.survey.slug, key=copied)


def _page(desk: Desk, form: QuestionForm, kind: str, **more: Any) -> str:
    question = more.get("question")
    section = more.get("section") or (desk.questionnaire.section_of(question.key) if question else None)
    return render_template(
        "surveys/manage/edit_question.html",
        desk=desk,
        form=form,
        kind=kind,
        kind_name=words.KIND_NAMES[kind],
        kinds=words.KIND_NAMES,
        next_kind=request.form.get("next_kind", kind),
        question=question,
        section=section,
        current=more.get("current"),
    )


def _after(desk: Desk, key: str, section_key: str, kind: str) -> ResponseReturnValue:
    """Back to the survey, or on to the next question."""
    if request.form.get("then") == "another":
        wanted = request.form.get("next_kind", kind)
        flash(_("The question was saved. Here is the next one."), "success")
        return see_other("manage_surveys.new_question", slug=desk.survey.slug, key=section_key, kind=wanted)
    return see_other("manage_surveys.show_survey", slug=desk.survey.slug, _anchor=key)


def _form(desk: Desk, question: Question) -> QuestionForm:
    """The form as the question stands, or as it was typed."""
    language = desk.language
    data = {
        "text": question.text.get(language, ""),
        "hint": question.hint.get(language, ""),
        "rows": _lines(question.rows, language),
        "options": _lines(question.options, language),
        "other": question.other,
        "exclusive": [option.key for option in question.options if option.exclusive],
        "minimum": question.minimum,
        "maximum": question.maximum,
        "decimals": question.decimals,
        "unit": question.unit.get(language, ""),
        "labels": _label_lines(question, language),
        "earliest": _day(question.earliest),
        "latest": _day(question.latest),
        "required": question.required,
        "edition": desk.edition,
    }
    exclusive = [(option.key, Words(option.text.get(language, option.key), language)) for option in question.options]
    return question_form(question.kind, is_new=False, data=data, exclusive=exclusive)


def _question(form: QuestionForm, before: Question, language: str) -> Question:
    """The question that the form says; what the form does not show stays as it was."""

    def typed(name: str, otherwise: Any) -> Any:
        return form[name].data if name in form else otherwise

    def said(name: str, text: Text) -> Text:
        return editing.with_words(text, language, typed(name, text.get(language)) or "")

    changed = replace(
        before,
        text=said("text", before.text),
        hint=said("hint", before.hint),
        unit=said("unit", before.unit),
        required=bool(typed("required", before.required)),
        other=bool(typed("other", before.other)),
        minimum=typed("minimum", before.minimum),
        maximum=typed("maximum", before.maximum),
        decimals=typed("decimals", before.decimals) or 0,
        earliest=_iso(typed("earliest", None)),
        latest=_iso(typed("latest", None)),
        options=_options(form, before, language),
        rows=editing.options_from_lines(lines_of(form.rows.data), before.rows, language, "row")
        if "rows" in form
        else before.rows,
    )
    return replace(changed, labels=_labels(form, changed, language)) if "labels" in form else changed


def _options(form: QuestionForm, before: Question, language: str) -> tuple[Option, ...]:
    if "options" not in form:
        return before.options
    options = editing.options_from_lines(lines_of(form.options.data), before.options, language)
    if "exclusive" in form:
        known = before.option_keys
        options = tuple(replace(o, exclusive=o.key in form.exclusive.data) if o.key in known else o for o in options)
    several = before.kind == "multiple"
    keys = {option.key for option in options}
    if "none_of_these" in form and form.none_of_these.data and NONE_OF_THESE not in keys:
        options = (*options, Option(NONE_OF_THESE, {language: _("None of these")}, exclusive=True))
    if "decline" in form and form.decline.data and DECLINED not in keys:
        options = (*options, Option(DECLINED, {language: _("Prefer not to say")}, exclusive=several))
    return options


def _labels(form: QuestionForm, question: Question, language: str) -> dict[int, Text]:
    """Words at the ends of a scale, or at every point; words in other languages stay with their point."""
    lines, points = lines_of(form.labels.data), question.points
    named = dict(zip(points, lines, strict=True)) if len(lines) == len(points) else {}
    if not named and len(lines) == 2:
        named = {points[0]: lines[0], points[-1]: lines[1]}
    kept = {
        point: editing.with_words(question.labels.get(point, {}), language, words) for point, words in named.items()
    }
    return {point: text for point, text in kept.items() if text}


def _label_lines(question: Question, language: str) -> str:
    return "\n".join(text.get(language, "") for _point, text in sorted(question.labels.items()))


def _lines(options: tuple[Option, ...], language: str) -> str:
    return "\n".join(option.text.get(language, "") for option in options)


def _day(kept: str | None) -> Any:

    try:
        return date.fromisoformat(kept) if kept else None
    except ValueError:
        return None


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _key_is_free(form: QuestionForm, desk: Desk) -> bool:
    if form.key.data and form.key.data in editing.keys_taken(desk.questionnaire):
        form.key.errors = [*form.key.errors, _("Another part of the survey already has this name.")]
        return False
    return True


def _of(desk: Desk) -> Question:
    assert isinstance(desk.thing, Question)
    return desk.thing
