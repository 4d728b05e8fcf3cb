"""Sections: add, edit, move, remove."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.pages import see_other
from civic.surveys import explaining
from civic.surveys.access import may_build
from civic.surveys.actions import building
from civic.surveys.forms.building import SectionForm
from civic.surveys.manage import bp
from civic.surveys.manage.desk import Desk, keeping, on_desk, part_on_desk, section_on_desk
from civic.surveys.rules import editing
from civic.surveys.rules.conditions import comparisons
from civic.surveys.rules.questionnaire import Section

STEPS = {"up": -1, "down": 1}


@bp.get("/<slug>/sections/new")
@allowed(may_build, on=on_desk)
def new_section(desk: Desk) -> str:
    """The form for a new section."""
    return render_template(
        "surveys/manage/edit_section.html", desk=desk, form=SectionForm(), section=None, current=None
    )


@bp.post("/<slug>/sections")
@allowed(may_build, on=on_desk)
def create_section(desk: Desk) -> ResponseReturnValue:
    """Put a section at the end."""
    form = SectionForm()
    if form.validate():
        section = Section("", {desk.language: form.title.data}, _text(desk.language, form.intro.data))
        with keeping(form) as kept:
            building.add_section(desk.survey, section, now=clock.now())
        if kept.ok:
            return see_other("manage_surveys.show_survey", slug=desk.survey.slug, _anchor="add-section")
    return render_template("surveys/manage/edit_section.html", desk=desk, form=form, section=None, current=None), 422


@bp.get("/<slug>/sections/<key>")
@allowed(may_build, on=section_on_desk)
def edit_section(desk: Desk) -> str:
    """The form for a section's own words."""
    section = _section(desk)
    data = {
        "title": section.title.get(desk.language, ""),
        "intro": section.intro.get(desk.language, ""),
        "edition": desk.edition,
    }
    form = SectionForm(data=data)
    return render_template("surveys/manage/edit_section.html", desk=desk, form=form, section=section, current=None)


@bp.post("/<slug>/sections/<key>")
@allowed(may_build, on=section_on_desk)
def update_section(desk: Desk) -> ResponseReturnValue:
    """Keep a section's words, unless somebody else changed them meanwhile."""
    form, section = SectionForm(), _section(desk)
    status, current = 422, None
    if form.validate():
        title = editing.with_words(section.title, desk.language, form.title.data)
        changed = replace(
            section, title=title, intro=editing.with_words(section.intro, desk.language, form.intro.data or "")
        )
        with keeping(form) as kept:
            building.put(desk.survey, changed, edition=form.edition.data, now=clock.now())
        if kept.ok:
            return see_other("manage_surveys.show_survey", slug=desk.survey.slug, _anchor=section.key)
        status, current = kept.status, section if kept.status == 409 else None
        form.edition.data = desk.edition
    page = render_template("surveys/manage/edit_section.html", desk=desk, form=form, section=section, current=current)
    return page, status


@bp.post("/<slug>/parts/<key>/place")
@allowed(may_build, on=part_on_desk)
def move_part(desk: Desk) -> ResponseReturnValue:
    """Move a section or question one place up or down."""
    assert desk.thing is not None
    steps = STEPS.get(request.form.get("direction", ""), 0)
    with transaction():
        building.move(desk.survey, desk.thing.key, steps, now=clock.now())
    return see_other("manage_surveys.show_survey", slug=desk.survey.slug, _anchor=desk.thing.key)


@bp.get("/<slug>/parts/<key>/removal")
@allowed(may_build, on=part_on_desk)
def confirm_removal(desk: Desk) -> str:
    """What would go if a section or question were removed."""
    assert desk.thing is not None
    return render_template(
        "surveys/manage/confirm_removal.html",
        desk=desk,
        thing=desk.thing,
        is_section=isinstance(desk.thing, Section),
        heading_words=explaining.heading_of(desk.questionnaire, desk.thing.key),
        dependents=[explaining.heading_of(desk.questionnaire, key) for key in _dependents(desk)],
    )


@bp.post("/<slug>/parts/<key>/removal")
@allowed(may_build, on=part_on_desk)
def remove_part(desk: Desk) -> ResponseReturnValue:
    """Take a section with its questions, or one question, out of the survey."""
    assert desk.thing is not None
    with transaction():
        building.remove(desk.survey, desk.thing.key, now=clock.now())
    flash(_("It was removed from the survey."), "success")
    return see_other("manage_surveys.show_survey", slug=desk.survey.slug)


def _section(desk: Desk) -> Section:
    assert isinstance(desk.thing, Section)
    return desk.thing


def _text(language: str, said: str | None) -> dict[str, str]:
    return {language: said} if said else {}


def _dependents(desk: Desk) -> list[str]:
    """What is shown depending on the part to be removed, and would stand in the way."""
    thing = desk.thing
    gone = (
        {question.key for question in thing.questions} if isinstance(thing, Section) else {thing.key if thing else ""}
    )
    staying = [s for s in desk.questionnaire.sections if s is not thing]
    things: list[editing.Thing] = [*staying, *(q for s in staying for q in s.questions if q.key not in gone)]
    return [each.key for each in things if any(c.question in gone for c in comparisons(each.show_if))]
