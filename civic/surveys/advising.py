"""The sentences of the checklist: what a point is about, and what to do."""

from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from civic.core.i18n import LANGUAGES, Words
from civic.surveys.explaining import begun_with, heading_of
from civic.surveys.rules.lint import Advice
from civic.surveys.rules.questionnaire import Questionnaire

SENTENCES: dict[str, Any] = {
    "no_closing_date": _l("There is no closing date. People need to know how long they have."),
    "no_purpose": _l("Participants are not told what happens with their answers. Write it in the settings."),
    "unreachable": _l("Nobody can ever see this, whatever they answer. Look at its condition."),
    "no_translation": _l("%(count)s texts are not translated into %(language)s."),
    "no_way_to_decline": _l(
        "This asks about a protected characteristic. Let people choose “Prefer not to say”, or make it optional."
    ),
    "long_question": _l("The question is long. Move explanations into the help text."),
    "wide_matrix": _l("There are many answers for each statement. Five or fewer are easier on a phone."),
    "required_writing": _l("A long written answer is required. People who would rather not write will leave."),
    "leading": _l("The wording suggests an answer. Ask in a way that all views fit equally well."),
    "double_barrelled": _l("This may ask two things at once. Somebody who agrees with only one of them cannot answer."),
    "long_survey": _l("It takes about %(minutes)s minutes. Many people leave a survey that takes more than %(most)s."),
    "hard_to_read": _l(
        "The questions are hard to read (LIX %(score)s; above 50 is official language). Use shorter words and sentences."
    ),
    "sensitive_and_named": _l("It asks about protected characteristics and is not anonymous. Is the account needed?"),
}


def sentence(questionnaire: Questionnaire, point: Advice) -> Markup:
    """A point of the checklist in words, beginning with where."""
    names = dict(point.names)
    if point.code == "no_translation":
        names["language"] = Words(LANGUAGES[point.at].name, point.at) if point.at in LANGUAGES else point.at
        return Markup(str(SENTENCES[point.code])) % names  # noqa: S704 - the template is ours, the names are escaped
    said = str(SENTENCES[point.code])
    said = said % names if names else said
    return begun_with(heading_of(questionnaire, point.at) if point.at else None, said)
