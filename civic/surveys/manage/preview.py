"""Preview: a section as those who take part will see it, a page of questions or one at a time; nothing is kept."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.surveys import explaining
from civic.surveys.access import may_build
from civic.surveys.manage import bp
from civic.surveys.manage.desk import Desk, on_desk

MODES = ("page", "one")


@bp.get("/<slug>/preview")
@allowed(may_build, on=on_desk)
def show_preview(desk: Desk) -> ResponseReturnValue:
    """One section, or one question of it."""
    sections = [section for section in desk.questionnaire.sections if section.questions]
    key = request.args.get("section", sections[0].key if sections else "")
    section = next((each for each in sections if each.key == key), None)
    if section is None and sections:
        raise NotFound()
    mode = request.args.get("mode", "page")
    number = request.args.get("number", 1, type=int)
    questions = list(section.questions) if section else []
    shown = [questions[min(max(number, 1), len(questions)) - 1]] if mode == "one" and questions else questions
    language = request.args.get("language", desk.language)
    return render_template(
        "surveys/manage/show_preview.html",
        desk=desk,
        section=section,
        sections=sections,
        shown=shown,
        mode=mode if mode in MODES else "page",
        number=min(max(number, 1), max(len(questions), 1)),
        count=len(questions),
        words_in=language if language in desk.questionnaire.languages else desk.language,
        in_words=lambda condition: explaining.condition_in_words(desk.questionnaire, condition),
    )
