"""A survey as it is read apart from its pages: why, for whom, and every question with its code, in each language it has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from civic.core.db import db
from civic.core.i18n import Words, format_number, text_in
from civic.core.reading import Answer, Block, Facts, Heading, Prose, Question, Readable, Reading
from civic.core.web import external_url
from civic.surveys import on_paper
from civic.surveys.models.survey import Survey
from civic.surveys.queries.surveys import live_version
from civic.surveys.rules import paper, questionnaire
from civic.surveys.rules.questionnaire import Questionnaire, Text


def read(number: int, language: str) -> Reading | None:
    """A survey that everybody may know of, with the questions that are asked now."""
    survey = public(number)
    version = live_version(survey) if survey else None
    if survey is None or version is None:
        return None
    return Writer(survey, version.questionnaire, language).reading()


def public(number: int) -> Survey | None:
    """The survey of this number, where everybody may know of it."""
    survey = db.session.get(Survey, number)
    return survey if survey is not None and survey.is_public else None


def languages(number: int) -> tuple[str, ...]:
    """The languages it is in, the one it was written in first; none where nobody may know of it."""
    survey = public(number)
    return tuple(survey.languages) if survey else ()


def url(number: int) -> str:
    """Its page."""
    slug = db.session.scalar(select(Survey.slug).where(Survey.id == number))
    return url_for("surveys.show_survey", slug=slug or "")


def closes_at(number: int) -> datetime | None:
    """When it closes."""
    return db.session.scalar(select(Survey.closes_at).where(Survey.id == number))


class Writer:
    """Writes one survey in one language, and notices where something has not been translated."""

    def __init__(self, survey: Survey, asked: Questionnaire, language: str):
        self.survey, self.asked, self.language = survey, asked, language
        self.codes = paper.codes(asked)
        self.complete = True

    def reading(self) -> Reading:
        """All of it."""
        survey, title = self.survey, self.words(self.survey.title)
        blocks = (*self._about(), *self._questions())
        return Reading(
            title.text or survey.slug,
            self.language,
            blocks,
            external_url("surveys.show_survey", slug=survey.slug),
            summary=self.words(survey.summary).text,
            kind=_("Survey"),
            closes_at=survey.closes_at,
            complete=self.complete,
            title_language=title.language,
        )

    def words(self, text: Text) -> Words:
        """A text in the wanted language, or the nearest there is."""
        found = text_in(text, self.language)
        if found and found.language != self.language:
            self.complete = False
        return found

    def _about(self) -> Iterator[Block]:
        survey = self.survey
        minutes = survey.minutes or 0
        pairs = [(_("Who may answer"), _who(survey))]
        if minutes:
            said = ngettext(
                "About %(number)s minute", "About %(number)s minutes", minutes, number=format_number(minutes)
            )
            pairs.insert(0, (_("How long it takes"), said))
        yield Facts(tuple(pairs))
        if purpose := self.words(survey.purpose):
            yield Heading(_("What happens with your answers"))
            yield Prose(purpose.text, purpose.language, markdown=False)
        yield Heading(_("Who sees what you say"))
        yield Prose(_anonymous() if survey.is_anonymous else _named(), self.language, markdown=False)

    def _questions(self) -> Iterator[Block]:
        for number, section in enumerate(self.asked.sections, 1):
            title = self.words(section.title)
            heading = title.text or _("Part %(number)s", number=format_number(number))
            yield Heading(heading, 2, title.language if title else "")
            if section.show_if:
                yield Prose(self._condition(section.show_if), self.language, markdown=False)
            if intro := self.words(section.intro):
                yield Prose(intro.text, intro.language, markdown=False)
            for question in section.questions:
                yield from self._question(question)

    def _question(self, question: questionnaire.Question) -> Iterator[Block]:
        text = self.words(question.text)
        if not question.is_asked:
            yield Prose(text.text, text.language, markdown=False)
            return
        its, hint = self.codes[question.key], self.words(question.hint).text
        said = on_paper.instruction(question, self.language)
        yield Question(
            its.code,
            text.text,
            hint=hint,
            instruction="" if said == hint else said,
            condition=self._condition(question.show_if),
            answers=self._answers(question),
            rows=tuple(Answer(its.rows[row.key], *self._with_language(row.text)) for row in question.rows),
            lines=on_paper.LINES.get(question.kind, 0),
            many=question.kind == "multiple",
            language=text.language,
        )

    def _answers(self, question: questionnaire.Question) -> tuple[Answer, ...]:
        found = []
        for key, code in self.codes[question.key].answers.items():
            option = question.option(key)
            words = on_paper.words_of_answer(question, key, self.language)
            tongue = self.words(option.text).language if option else self.language
            if words:
                found.append(Answer(code, words, tongue))
        # A scale with words at its ends alone says so in its instruction.
        is_whole = question.kind != "scale" or len(found) == len(question.points)
        return tuple(found) if is_whole else ()

    def _with_language(self, text: Text) -> tuple[str, str]:
        words = self.words(text)
        return words.text, words.language

    def _condition(self, condition: object) -> str:
        return on_paper.condition_sentence(self.asked, condition, self.codes, self.language)  # type: ignore[arg-type]


def _who(survey: Survey) -> str:
    return {
        "nothing": _("Everyone. You need no account."),
        "email_confirmed": _("Everyone with an account and a confirmed email address."),
        "borough_given": _(
            "Everyone with an account, a confirmed email address and a London borough in their profile."
        ),
    }[survey.who_may_answer]


def _anonymous() -> str:
    return _(
        "Your answers are anonymous. If you are signed in we keep that you took part, so that nobody is counted twice, but not in "
        "any place that leads to your answers: not your name, not the hour, not the order. Not even our staff can join the two."
    )


def _named() -> str:
    return _(
        "Your answers are kept with your account. Only the researchers of this survey see them together. "
        "What we publish never shows who said what."
    )


SURVEY = Readable("survey", _l("Survey"), read, languages, url, closes_at)
