"""The texts of a survey as they are checked before others read them, and its own checklist among what is said of it."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from civic.authoring.wording import FIELDS
from civic.core.advice import ADVICE, GATE, Adviser, Checked, Remark, Text
from civic.core.db import db
from civic.core.i18n import Words, text_in
from civic.core.subjects import number_of
from civic.core.web import link_to
from civic.surveys import advising, explaining
from civic.surveys.access import may_build_surveys
from civic.surveys.actions.building import working_version
from civic.surveys.actions.launching import CHECKLIST, checklist
from civic.surveys.manage.desk import Desk
from civic.surveys.manage.life import where_mended
from civic.surveys.models.survey import Survey
from civic.surveys.rules.editing import texts_of
from civic.surveys.rules.faults import faults
from civic.surveys.rules.questionnaire import Questionnaire

LABELS = {**FIELDS, "purpose": _l("What happens with the answers")}


def _survey(number: int) -> Survey | None:
    return db.session.get(Survey, number)


def _texts(number: int) -> list[Text]:
    survey = _survey(number)
    if survey is None:
        return []
    settings = link_to("manage_surveys.edit_settings", slug=survey.slug)
    found = [
        Text(
            name,
            LABELS[name],
            words,
            language,
            False,
            settings if language == survey.language else _tongue(survey, language),
        )
        for name in ("title", "summary", "purpose")
        for language, words in getattr(survey, name).items()
    ]
    return [*found, *_asked(survey, working_version(survey).questionnaire)]


def _asked(survey: Survey, questionnaire: Questionnaire) -> Iterator[Text]:
    """Every word of the questionnaire in every language, named by the question it belongs to."""
    for address, said in texts_of(questionnaire):
        key = address.split(".")[0]
        label = explaining.heading_of(questionnaire, key)
        for language, words in said.items():
            first = language == questionnaire.language
            mended = _part(survey, questionnaire, key) if first else _tongue(survey, language)
            yield Text(address, label, words, language, False, mended)


def _part(survey: Survey, questionnaire: Questionnaire, key: str) -> str:
    kind = "question" if questionnaire.question(key) else "section"
    return link_to(f"manage_surveys.edit_{kind}", slug=survey.slug, key=key)


def _tongue(survey: Survey, language: str) -> str:
    return link_to("manage_surveys.edit_translation", slug=survey.slug, language=language)


def _advise(name: str) -> list[Remark]:
    """The survey's own checklist: what nobody could answer, what good practice would ask."""
    number = number_of(name, "survey")
    survey = _survey(number) if number is not None else None
    if survey is None:
        return []
    version = working_version(survey)
    desk = Desk(survey, version, version.questionnaire)
    asked = version.questionnaire
    found = [
        Remark(each.code, GATE, explaining.fault_sentence(asked, each), url=where_mended(desk, each.code, each.at))
        for each in faults(asked)
    ]
    points = [
        Remark(
            each.code,
            GATE if each.is_blocking else ADVICE,
            advising.sentence(asked, each),
            url=where_mended(desk, each.code, each.at),
        )
        for each in checklist(survey, asked)
    ]
    return found + points


def _edit_url(number: int) -> str:
    survey = _survey(number)
    if survey is None:
        return link_to("manage_surveys.list_surveys")
    return link_to("manage_surveys.show_survey", slug=survey.slug)


def _title(number: int) -> Words:
    survey = _survey(number)
    return text_in(survey.title) if survey is not None else Words("", "en")


CHECKED = [
    Checked(
        "survey",
        _texts,
        by_staff=True,
        edit_url=_edit_url,
        may_edit=lambda number: may_build_surveys() and _survey(number) is not None,
        title=_title,
    )
]
ADVISERS = [Adviser(CHECKLIST, _advise)]
