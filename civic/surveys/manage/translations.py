"""Translations: every text of a survey beside its original, a page for each language."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.forms import Form, HiddenField, clean
from civic.core.i18n import LANGUAGES, Words, direction
from civic.core.pages import see_other
from civic.surveys import explaining
from civic.surveys.access import may_build
from civic.surveys.actions import building
from civic.surveys.manage import bp
from civic.surveys.manage.desk import Desk, keeping, on_desk
from civic.surveys.rules import editing

OWN = ("title", "summary", "purpose")
LONGEST = 4000


class TranslationForm(Form):
    """Only the mark of what was translated; the texts have names of their own."""

    edition = HiddenField()


@bp.get("/<slug>/translations/<language>")
@allowed(may_build, on=on_desk)
def edit_translation(desk: Desk, language: str) -> str:
    """Every text beside its original."""
    _check(desk, language)
    return _page(desk, language, TranslationForm(data={"edition": desk.edition}), _kept(desk, language))


@bp.post("/<slug>/translations/<language>")
@allowed(may_build, on=on_desk)
def update_translation(desk: Desk, language: str) -> ResponseReturnValue:
    """Keep the words of one language, unless the survey was changed meanwhile."""
    _check(desk, language)
    form = TranslationForm()
    typed = {
        address: clean(said)[:LONGEST]
        for address in _kept(desk, language)
        if (said := request.form.get(address)) is not None
    }
    status = 422
    if form.validate():
        own = {
            name: dict(editing.with_words(getattr(desk.survey, name), language, typed.pop(name)))
            for name in OWN
            if name in typed
        }
        with keeping(form) as kept:
            if form.edition.data != desk.edition:
                raise building.ChangedMeanwhile()
            building.translate(desk.survey, language, typed, own, now=clock.now())
        if kept.ok:
            flash(_("The translation was saved."), "success")
            return see_other("manage_surveys.show_survey", slug=desk.survey.slug)
        status = kept.status
        typed |= {name: text.get(language, "") for name, text in own.items()}
        form.edition.data = desk.edition
    return _page(desk, language, form, typed), status


def _check(desk: Desk, language: str) -> None:
    if language not in desk.survey.languages or language == desk.language:
        raise NotFound()


def _kept(desk: Desk, language: str) -> dict[str, str]:
    own = {name: getattr(desk.survey, name).get(language, "") for name in OWN}
    return own | {address: text.get(language, "") for address, text in editing.texts_of(desk.questionnaire)}


def _page(desk: Desk, language: str, form: TranslationForm, typed: dict[str, str]) -> str:
    return render_template(
        "surveys/manage/edit_translation.html",
        desk=desk,
        form=form,
        into=language,
        language_name=Words(LANGUAGES[language].name if language in LANGUAGES else language, language),
        direction_of=direction,
        parts=_parts(desk, typed),
        missing=sum(not said for _heading, rows in _parts(desk, typed) for _address, _original, said in rows),
    )


def _parts(desk: Desk, typed: dict[str, str]) -> list[tuple[Any, list[tuple[str, str, str]]]]:
    """The texts that have an original, under the words of the section or question they belong to."""
    own = [(name, getattr(desk.survey, name).get(desk.language, ""), typed.get(name, "")) for name in OWN]
    parts: list[tuple[Any, list[tuple[str, str, str]]]] = [(_("About the survey"), [row for row in own if row[1]])]
    rows: dict[str, list[tuple[str, str, str]]] = {}
    for address, text in editing.texts_of(desk.questionnaire):
        if original := text.get(desk.language):
            rows.setdefault(address.split(".")[0], []).append((address, original, typed.get(address, "")))
    parts += [(explaining.heading_of(desk.questionnaire, key), found) for key, found in rows.items()]
    return parts
