"""Surveys keep their translations in the questionnaire; here they are told to and taken from translators' files.

A version that has gone live never changes: what comes back for a live survey goes into a new version, which is launched as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db
from civic.core.translatable import Source, Texts, Translatable
from civic.surveys import explaining
from civic.surveys.actions import building
from civic.surveys.models.survey import Survey
from civic.surveys.rules import editing

OWN: dict[str, Any] = {"title": _l("Title"), "summary": _l("Summary"), "purpose": _l("Purpose")}
LONGEST = 4000


def _load(numbers: Iterable[int]) -> Mapping[int, Texts]:
    rows = db.session.scalars(select(Survey).where(Survey.id.in_(list(numbers)), Survey.status != "archived")).all()
    return {row.id: _texts(row) for row in rows}


def _texts(survey: Survey) -> Texts:
    questionnaire = building.working_version(survey).questionnaire
    language = questionnaire.language
    found = {
        name: Source(getattr(survey, name).get(language, ""), language, label, most=LONGEST)
        for name, label in OWN.items()
    }
    for address, text in editing.texts_of(questionnaire):
        heading = explaining.heading_of(questionnaire, address.split(".")[0])
        found[address] = Source(text.get(language, ""), language, heading, most=LONGEST)
    return Texts(
        survey.title.get(language, ""),
        language,
        url_for("manage_surveys.show_survey", slug=survey.slug),
        found,
        is_public=False,  # members suggest nothing here: what people answer stands still
    )


def _choices(below: int | None, most: int) -> list[int]:
    query = select(Survey.id).where(Survey.status != "archived")
    if below is not None:
        query = query.where(Survey.id < below)
    return list(db.session.scalars(query.order_by(Survey.id.desc()).limit(most)))


def _held(number: int, language: str) -> Mapping[str, str]:
    survey = db.session.get(Survey, number)
    if survey is None:
        return {}
    questionnaire = building.working_version(survey).questionnaire
    own = {name: getattr(survey, name).get(language, "") for name in OWN}
    texts = {address: text.get(language, "") for address, text in editing.texts_of(questionnaire)}
    return {name: text for name, text in (own | texts).items() if text}


def _write(number: int, language: str, said: Mapping[str, str]) -> None:
    """Keep words in one language: raises what the builder raises, as for an archived survey."""
    survey = db.session.get_one(Survey, number)
    if language not in survey.languages:
        raise building.Gone()
    own = {name: dict(editing.with_words(getattr(survey, name), language, said[name])) for name in OWN if name in said}
    rest = {address: text for address, text in said.items() if address not in OWN}
    building.translate(survey, language, rest, own, now=clock.now())


def _edit_url(number: int, language: str) -> str:
    survey = db.session.get_one(Survey, number)
    if language not in survey.languages:  # first the survey must be offered in that language
        return url_for("manage_surveys.show_survey", slug=survey.slug)
    return url_for("manage_surveys.edit_translation", slug=survey.slug, language=language)


TRANSLATABLES = [Translatable("survey", _l("Surveys"), _load, _choices, write=_write, held=_held, edit_url=_edit_url)]
