"""What is missing, in words: before an application can be sent, and before a round can open."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from civic.core.i18n import Words, format_number
from civic.crowdfund.rounds.models import Round
from civic.crowdfund.rounds.wording.dates import LABELS

GAPS: dict[str, Any] = {
    "tier": _l("Choose which size of pledge you ask for"),
    "campaign": _l("This size of pledge needs a campaign: choose another, or apply with your campaign"),
    "ask": _l("Say how much you ask for"),
    "title": _l("Say what your project is called"),
    "summary": _l("Say in one or two sentences what you are going to do"),
    "borough": _l("Choose the borough"),
    "cost_minor": _l("Say what the whole project costs"),
}
ROUND_GAPS: dict[str, Any] = {
    "theme": _l("Say what the round is for"),
    "tiers": _l("Add at least one size of pledge"),
    "questions": _l("Add at least one question to applicants"),
    "criteria": _l("Write the criteria by which applications are judged"),
    "money": _l("Set money of the fund aside for this round"),
}
GAP_STEPS = {
    "theme": "about",
    "tiers": "tiers",
    "questions": "questions",
    "criteria": "criteria",
    "money": "money",
    "date": "dates",
    "order": "dates",
    "yes": "conditions",
}
"""In which step of writing a round each is put right."""


def gap(code: str, round_: Round) -> Any:
    """What is missing in an application or expression of interest."""
    kind, _colon, key = code.partition(":")
    if not key:
        return GAPS[kind]
    question = next(each for each in round_.questions if each.key == key)
    text = Words(question.text, round_.language)
    # Markup, so that the question is marked with its own language.
    if kind == "answer":
        return Markup(_("Answer: %(question)s")) % {"question": text}  # noqa: S704 - a sentence of ours
    most = format_number(question.most_words)
    sentence = Markup(_("Shorten your answer to %(most)s words: %(question)s"))  # noqa: S704 - a sentence of ours
    return sentence % {"most": most, "question": text}


def round_gap(code: str) -> tuple[str, Any]:
    """(step, words) of something that is missing before a round can open."""
    kind, _colon, rest = code.partition(":")
    if kind == "date":
        return "dates", _("Set the date: %(date)s", date=LABELS[rest])
    if kind == "order":
        first, second = rest.split(":")
        return "dates", _("“%(first)s” must not be later than “%(second)s”", first=LABELS[first], second=LABELS[second])
    if kind == "yes":
        return "conditions", _("A condition asks for a question that is not there (any more)")
    return GAP_STEPS[kind], ROUND_GAPS[kind]
