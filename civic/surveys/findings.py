"""Results in words: the sentence before every chart, the labels beside its bars, the reasons for what is not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date as babel_date
from flask_babel import gettext as _
from flask_babel import ngettext

from civic.core.i18n import Words, current, format_number, format_share, text_in
from civic.places import BOROUGHS
from civic.surveys import words
from civic.surveys.rules.questionnaire import OTHER, Question, Questionnaire
from civic.surveys.rules.results import FEW, Bar, Finding, Results

Rows = list[dict[str, Any]]


def label(question: Question, key: str) -> str:
    """The words beside a bar."""
    if question.kind == "scale":
        return words.reading(question, int(key)) if key.lstrip("-").isdigit() else key
    if question.kind == "number":
        return _band(question, key)
    if question.kind == "date":
        return format_month(date(int(key[:4]), int(key[5:7]), 1)) if len(key) == 7 else key
    if question.kind in ("yes_no", "borough"):
        return words.reading(question, key)
    return words.option_words(question, key)


def marked(question: Question, key: str) -> Words | str:
    """The words beside a bar, marked with their language where the page speaks another: a voice must know how to read them."""
    written = question.kind in ("single", "multiple", "ranking", "matrix", "scale") and not (
        key == OTHER and question.other
    )
    return Words(label(question, key), text_in(question.text).language) if written else label(question, key)


def row(question: Question, key: str) -> Words:
    """The words of a matrix's row, marked likewise."""
    return Words(words.row_words(question, key), text_in(question.text).language)


def format_month(day: date) -> str:
    """ "March 2026", in the page's language."""
    return str(babel_date(day, "LLLL y", current().locale))


def _band(question: Question, key: str) -> str:
    unit = text_in(question.unit).text
    low, dots, high = key.partition("..")
    if not dots:
        said = key
    elif low and high:
        said = _("%(low)s to under %(high)s", low=_plain(low), high=_plain(high))
    elif high:
        said = _("under %(high)s", high=_plain(high))
    else:
        said = _("%(low)s or more", low=_plain(low)) if low else _("all")
    return f"{said} {unit}".strip()


def _plain(number: str) -> str:
    return format_number(float(number)) if "." in number else format_number(int(number))


def bars(question: Question, finding: Finding) -> Rows:
    """The rows of a chart."""
    return [{"label": marked(question, bar.key), "count": bar.n, "share": bar.share} for bar in finding.bars]


def by_borough(finding: Finding) -> dict[str, int | None]:
    """The numbers of a question about boroughs, for the map."""
    return {bar.key: bar.n for bar in finding.bars}


def headline(question: Question, finding: Finding) -> str:
    """What a chart shows, in one line."""
    if finding.median is not None and question.kind == "number":
        unit = text_in(question.unit).text
        middle = f"{words.format_number(finding.median)} {unit}".strip()
        return _("Half of the answers are %(middle)s or less", middle=middle)
    top = finding.most
    if top is None or top.share is None:
        return _("%(people)s answered", people=people(finding.people))
    return _("%(share)s: %(answer)s", share=format_share(top.share), answer=label(question, top.key))


def sentence(question: Question, finding: Finding) -> str:
    """The same in a full sentence, with how many people stand behind it."""
    said = people(finding.people)
    if question.kind in ("short_text", "long_text"):
        return _("%(people)s answered in their own words. We read every answer; we do not publish them.", people=said)
    parts = [_sentence_of(question, finding, said)]
    if question.kind == "scale" and finding.median is not None:
        parts.append(_("The answer in the middle is %(median)s.", median=label(question, f"{finding.median:f}")))
    if finding.mean is not None:
        parts.append(_("The average is %(mean)s.", mean=format_number(finding.mean, 1)))
    return " ".join(parts)


def _sentence_of(question: Question, finding: Finding, said: str) -> str:
    top = finding.most
    if top is None or top.share is None:
        return _("%(people)s answered.", people=said)
    named = {"people": said, "share": format_share(top.share), "answer": label(question, top.key)}
    if question.kind == "multiple":
        return _("%(people)s answered, and could choose several. The most chosen is “%(answer)s”: %(share)s.", **named)
    if question.kind == "ranking":
        return _("%(people)s answered. Put first most often is “%(answer)s”: %(share)s.", **named)
    return _("%(people)s answered. The most given answer is “%(answer)s”: %(share)s.", **named)


def lead(question: Question, finding: Finding) -> str:
    """The main finding as the page begins with it: the question, and what most people answered."""
    top = finding.most
    if top is None or top.share is None:
        return sentence(question, finding)
    named = {
        "question": str(text_in(question.text)), "share": format_share(top.share), "answer": label(question, top.key),
        "people": people(finding.people),
    }  # fmt: skip
    if question.kind == "multiple":
        return _("“%(question)s” Of %(people)s, %(share)s chose “%(answer)s”, more than anything else.", **named)
    if question.kind == "ranking":
        return _("“%(question)s” Of %(people)s, %(share)s put “%(answer)s” first.", **named)
    return _("“%(question)s” Of %(people)s, %(share)s answered “%(answer)s”.", **named)


def people(number: int | None) -> str:
    """ "1,204 people"."""
    return ngettext("%(people)s person", "%(people)s people", number or 0, people=format_number(number or 0))


def note(finding: Finding, smallest: int) -> str:
    """Why some numbers of a chart are not shown."""
    if not finding.holds_back:
        return ""
    return _(
        "Numbers under %(smallest)s are not shown, and neither are others from which they could be worked out.",
        smallest=format_number(smallest),
    )


def why_withheld(finding: Finding, smallest: int) -> str:
    """Why nothing of a question is shown."""
    if finding.withheld == FEW:
        return _("Fewer than %(smallest)s people answered this question.", smallest=format_number(smallest))
    return _("Not shown, because it would tell how few people gave an earlier answer.")


def who_answered(results: Results) -> str:
    """How many answered, and how many of them are people whose borough is known."""
    if results.responses is None:
        return ""
    known = next((bar.n for bar in results.levels if bar.key == "borough_given"), None)
    if known is None or len(results.levels) < 2:
        return ""
    return _(
        "%(known)s of %(all)s answers come from people with a confirmed email address who told us their London borough.",
        known=format_number(known), all=format_number(results.responses),
    )  # fmt: skip


LEVEL_NAMES = {
    "nothing": lambda: _("Without an account"),
    "email_confirmed": lambda: _("Account with a confirmed email address"),
    "borough_given": lambda: _("Confirmed, and told us their London borough"),
}


def level_rows(levels: Sequence[Bar]) -> Rows:
    """The rows of the chart of levels."""
    return [
        {"label": LEVEL_NAMES[bar.key](), "count": bar.n, "share": bar.share}
        for bar in levels
        if bar.key in LEVEL_NAMES
    ]


def not_heard_from(boroughs: Mapping[str, int | None], most: int = 5) -> list[str]:
    """The boroughs with the fewest responses for their population, the fewest first; those not shown come before all others."""

    def rate(code: str) -> tuple[int, float, str]:
        place, n = _PLACES[code], boroughs[code]
        return (0 if n is None else 1, (n or 0) / place.population_2021, place.name)

    return [_PLACES[code].name for code in sorted(boroughs, key=rate)[:most]]


_PLACES = {place.gss: place for place in BOROUGHS}


def per_ten_thousand(boroughs: Mapping[str, int | None]) -> dict[str, float | None]:
    """Responses for every 10,000 residents (Census 2021), to one decimal place."""
    return {
        code: None if n is None else round(10_000 * n / _PLACES[code].population_2021, 1)
        for code, n in boroughs.items()
    }


def main_finding(questionnaire: Questionnaire, findings: Mapping[str, Finding]) -> tuple[Question, Finding] | None:
    """The finding that heads the page: the first question with an answer most people gave."""
    for question in questionnaire.questions():
        finding = findings.get(question.key)
        if (
            finding
            and not finding.withheld
            and finding.most
            and question.kind in ("single", "yes_no", "multiple", "scale", "ranking")
        ):
            return question, finding
    return None
