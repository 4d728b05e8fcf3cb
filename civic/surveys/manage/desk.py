"""A survey on the researcher's desk: the row, the version being worked on, and the part that the address names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from civic.core.errors import saving
from civic.surveys.actions.building import working_version
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.queries.surveys import survey_by_slug
from civic.surveys.rules import editing
from civic.surveys.rules.questionnaire import Question, Questionnaire, Section


@dataclass
class Desk:
    """What a page of the builder is about."""

    survey: Survey
    version: SurveyVersion
    questionnaire: Questionnaire
    thing: editing.Thing | None = None

    @property
    def language(self) -> str:
        """The language that the survey is written in."""
        return self.questionnaire.language

    @property
    def edition(self) -> str:
        """The mark of the part (or of the whole) as it stands."""
        return editing.edition(self.thing or self.questionnaire)

    @property
    def is_editable(self) -> bool:
        """Whether anything about the questions can still change."""
        return self.survey.status != "archived"

    def earlier(self, key: str) -> list[Question]:
        """The questions asked before this question or section, on which it may depend."""
        found: list[Question] = []
        for section in self.questionnaire.sections:
            if section.key == key:
                break
            for question in section.questions:
                if question.key == key:
                    return found
                found.append(question)
        return [question for question in found if question.is_asked] if isinstance(self.thing, Section) else found


def on_desk(slug: str) -> Desk | None:
    """The survey at this address with the version being worked on."""
    survey = survey_by_slug(slug)
    if survey is None:
        return None
    version = working_version(survey)
    return Desk(survey, version, version.questionnaire)


def part_on_desk(slug: str, key: str) -> Desk | None:
    """The same with one of its sections or questions."""
    desk = on_desk(slug)
    if desk is None or (thing := editing.thing_with_key(desk.questionnaire, key)) is None:
        return None
    desk.thing = thing
    return desk


def section_on_desk(slug: str, key: str) -> Desk | None:
    """The same with one of its sections."""
    desk = part_on_desk(slug, key)
    return desk if desk is not None and isinstance(desk.thing, Section) else None


def question_on_desk(slug: str, key: str) -> Desk | None:
    """The same with one of its questions."""
    desk = part_on_desk(slug, key)
    return desk if desk is not None and isinstance(desk.thing, Question) else None


class keeping(saving):  # noqa: N801 - reads as a word, like the one it extends
    """`saving` that remembers the status of a refusal, so that a page in conflict answers 409."""

    status = 422

    def __enter__(self) -> keeping:
        super().__enter__()
        return self

    def _refuse(self, error: Any) -> None:
        self.status = error.status if getattr(error, "status", 400) == 409 else 422
        if not hasattr(error, "sentence"):
            self.status = 409
        super()._refuse(error)
