"""The way through a questionnaire: pages of a whole section, or of one question, whichever the reader prefers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from civic.surveys.rules.logic import Shown, evaluate
from civic.surveys.rules.questionnaire import Question, Questionnaire, Section


@dataclass(frozen=True)
class Place:
    """One page: its key (of the section, or of the question), what is shown on it, and where it stands on the way."""

    key: str
    section: Section
    questions: tuple[Question, ...]
    is_single: bool
    number: int = 0
    of: int = 0
    is_of_certain: bool = True

    @property
    def asked(self) -> tuple[str, ...]:
        """The keys of the questions on it that take an answer."""
        return tuple(question.key for question in self.questions if question.is_asked)


@dataclass(frozen=True)
class Route:
    """The pages as they stand after the answers so far."""

    places: tuple[Place, ...]

    def at(self, key: str) -> Place | None:
        """The page with this key, if it is on the way."""
        return next((place for place in self.places if place.key == key), None)

    def after(self, key: str) -> Place | None:
        """The page that follows; None after the last."""
        return self._beside(key, 1)

    def before(self, key: str) -> Place | None:
        """The page that came before; None before the first."""
        return self._beside(key, -1)

    def _beside(self, key: str, step: int) -> Place | None:
        places = [place.key for place in self.places]
        index = places.index(key) + step if key in places else -1
        return self.places[index] if 0 <= index < len(places) else None

    def first_unseen(self, passed: Collection[str]) -> Place | None:
        """The first page with a question that the reader has not passed."""
        return next((place for place in self.places if any(key not in passed for key in place.asked)), None)


def route(
    questionnaire: Questionnaire, answers: Mapping[str, Any], passed: Collection[str], *, one_at_a_time: bool
) -> Route:
    """The pages on the way. A question that hangs on an answer still to come is left out until that answer is there."""
    shown = evaluate(questionnaire, answers, passed)
    groups = list(_groups(questionnaire, one_at_a_time))
    possible = [group for group in groups if any(shown[question.key] is not Shown.HIDDEN for question in group[2])]
    sure = all(any(shown[question.key] is Shown.SHOWN for question in group[2]) for group in possible)
    places = []
    for number, (key, section, questions) in enumerate(possible, 1):
        visible = tuple(question for question in questions if shown[question.key] is Shown.SHOWN)
        if visible and (not one_at_a_time or visible[-1].key == key):
            places.append(Place(key, section, visible, one_at_a_time, number, len(possible), sure))
    return Route(tuple(places))


def is_single(questionnaire: Questionnaire, key: str) -> bool | None:
    """Whether a page's key names one question (True) or a section (False); None where it names neither."""
    if questionnaire.section(key) is not None:
        return False
    return True if questionnaire.question(key) is not None else None


def other_way(questionnaire: Questionnaire, place: Place) -> str:
    """The key of the same page for readers who prefer the other way: its section, or its first question."""
    if place.is_single:
        return place.section.key
    first = next((question.key for question in place.questions if question.is_asked), "")
    return first or place.questions[-1].key


def _groups(questionnaire: Questionnaire, one_at_a_time: bool) -> Iterator[tuple[str, Section, tuple[Question, ...]]]:
    """Sections, or questions each with the information that stands before it."""
    for section in questionnaire.sections:
        if not one_at_a_time:
            yield section.key, section, section.questions
            continue
        before: tuple[Question, ...] = ()
        for question in section.questions:
            if question.is_asked:
                yield question.key, section, (*before, question)
                before = ()
            else:
                before = (*before, question)
        if before:
            yield before[-1].key, section, before
