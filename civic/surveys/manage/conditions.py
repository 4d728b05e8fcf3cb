"""When a question or section is shown: the editor of conditions, in two steps and without script."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import CivicError, Conflict
from civic.core.forms import clean
from civic.core.i18n import text_in
from civic.core.numbers import plain_number
from civic.core.pages import see_other
from civic.places import BOROUGHS
from civic.surveys import explaining, words
from civic.surveys.access import may_build
from civic.surveys.actions import building
from civic.surveys.manage import bp
from civic.surveys.manage.desk import Desk, part_on_desk
from civic.surveys.rules.conditions import WITHOUT_VALUE, Compare, Condition
from civic.surveys.rules.faults import allowed_comparisons
from civic.surveys.rules.groups import Groups, groups_of
from civic.surveys.rules.questionnaire import OTHER, Question


class NotComplete(CivicError):
    """The comparison lacks something."""

    sentence, status = _l("Choose a comparison and a value."), 422


class NestedTooDeeply(Conflict):
    """The condition came from elsewhere and is nested deeper than the editor can show."""

    sentence = _l("This condition is nested too deeply to be edited here. Remove it to begin anew.")


@bp.get("/<slug>/conditions/<key>")
@allowed(may_build, on=part_on_desk)
def edit_condition(desk: Desk) -> str:
    """The condition as it stands, and the two steps of adding to it."""
    return _page(desk, _chosen(desk, request.args.get("question", "")))


@bp.post("/<slug>/conditions/<key>")
@allowed(may_build, on=part_on_desk)
def update_condition(desk: Desk) -> ResponseReturnValue:
    """Add a comparison, take one away, join them differently, or always show it."""
    thing, edition = desk.thing, request.form.get("edition", "")
    assert thing is not None
    try:
        changed = replace(thing, show_if=_changed(desk, request.form.get("act", "")))
        with transaction():
            building.put(desk.survey, changed, edition=edition, now=clock.now())
    except CivicError as refused:
        if refused.status not in (409, 422):
            raise
        return _page(desk, _chosen(desk, request.form.get("question", "")), refused.sentence), refused.status
    return see_other("manage_surveys.edit_condition", slug=desk.survey.slug, key=thing.key)


def _page(desk: Desk, chosen: Question | None, problem: Any = "") -> str:
    thing = desk.thing
    assert thing is not None
    return render_template(
        "surveys/manage/edit_condition.html",
        desk=desk,
        thing=thing,
        heading_words=explaining.heading_of(desk.questionnaire, thing.key),
        groups=groups_of(thing.show_if),
        in_words=lambda condition: explaining.condition_in_words(desk.questionnaire, condition),
        earlier=[(q.key, explaining.shortened(text_in(q.text))) for q in desk.earlier(thing.key) if q.is_asked],
        chosen=chosen,
        comparisons=[(name, explaining.COMPARISON_NAMES[name]) for name in allowed_comparisons(chosen)]
        if chosen
        else [],
        values=_values(chosen) if chosen else [],
        row_choices=[(row.key, text_in(row.text)) for row in chosen.rows] if chosen else [],
        typed=request.form,
        problem=problem,
        has_errors=bool(problem),
    )


def _chosen(desk: Desk, key: str) -> Question | None:
    assert desk.thing is not None
    return next(
        (question for question in desk.earlier(desk.thing.key) if question.key == key and question.is_asked), None
    )


def _values(question: Question) -> list[tuple[str, Any]]:
    """The values to choose from; none where one is typed."""
    if question.options:
        found: list[tuple[str, Any]] = [(option.key, text_in(option.text)) for option in question.options]
        return [*found, *([(OTHER, _("Other"))] if question.other else [])]
    if question.kind == "yes_no":
        return [("yes", _("Yes")), ("no", _("No"))]
    if question.kind == "scale":
        return [(str(point), words.reading(question, point)) for point in question.points]
    if question.kind == "borough":
        return [(borough.gss, borough.name) for borough in BOROUGHS]
    return []


def _changed(desk: Desk, act: str) -> Condition | None:
    assert desk.thing is not None
    if act == "clear":
        return None
    groups = groups_of(desk.thing.show_if)
    if groups is None:
        raise NestedTooDeeply()
    if act.startswith("remove-"):
        at, place = _numbers(act)
        return groups.without_row(at, place).condition()
    if act == "join":
        return _joined(groups).condition()
    row = _row(desk)
    group = request.form.get("group", "0")
    return _joined(groups).with_row(row, int(group) if group.isdecimal() and len(group) < 4 else None).condition()


def _joined(groups: Groups) -> Groups:
    inner = {i: request.form.get(f"joiner-{i}", "") for i in range(len(groups.groups))}
    return groups.with_joiners(request.form.get("joiner", ""), inner)


def _numbers(act: str) -> tuple[int, int]:
    parts = act.removeprefix("remove-").split("-")
    if len(parts) != 2 or not all(part.isdecimal() and len(part) < 4 for part in parts):
        raise NotComplete()
    return int(parts[0]), int(parts[1])


def _row(desk: Desk) -> Compare:
    """The comparison that was typed."""
    question = _chosen(desk, request.form.get("question", ""))
    comparison = request.form.get("comparison", "")
    if question is None or comparison not in allowed_comparisons(question):
        raise NotComplete()
    row = request.form.get("row") if question.kind == "matrix" and comparison not in WITHOUT_VALUE else None
    if comparison in WITHOUT_VALUE:
        return Compare(question.key, comparison, None, row)
    value = _value(question)
    if value is None or (question.kind == "matrix" and row not in question.row_keys):
        raise NotComplete()
    return Compare(question.key, comparison, value, row)


def _value(question: Question) -> str | int | None:
    typed = clean(request.form.get("value", ""))
    if values := _values(question):
        known = typed in dict(values)
        return (int(typed) if question.kind == "scale" else typed) if known else None
    if question.kind == "number":
        plain = plain_number(typed)
        try:
            return f"{Decimal(plain):f}" if plain and len(plain) <= 20 and "e" not in plain.lower() else None
        except ArithmeticError:
            return None
    if question.kind == "date":
        parts = [plain_number(request.form.get(f"value-{part}", "")) for part in ("year", "month", "day")]
        try:
            return date(*(int(part[:4]) for part in parts)).isoformat()
        except ValueError:
            return None
    return typed[:200] or None
