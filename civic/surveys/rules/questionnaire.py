"""A questionnaire as a value: sections, questions, options, each with a key that never changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from civic.surveys.rules.conditions import Condition, MalformedCondition, condition_from_json

Text = Mapping[str, str]

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
DECLINED = "prefer_not_to_say"
OTHER = "other"
KINDS = (
    "single",
    "multiple",
    "yes_no",
    "scale",
    "matrix",
    "ranking",
    "number",
    "short_text",
    "long_text",
    "date",
    "borough",
    "information",
)
WITH_OPTIONS = ("single", "multiple", "matrix", "ranking")
LONGEST_ANSWER = {"short_text": 200, "long_text": 4000}


class MalformedQuestionnaire(ValueError):
    """What was read is not a questionnaire."""


@dataclass(frozen=True)
class Option:
    """One thing to choose, or one row of a matrix. An exclusive option stands alone."""

    key: str
    text: Text
    exclusive: bool = False

    def to_json(self) -> dict[str, Any]:
        """The option as it is kept."""
        return _without_empty({"key": self.key, "text": dict(self.text), "exclusive": self.exclusive})

    @classmethod
    def from_json(cls, kept: Any) -> Option:
        """Read an option."""
        kept = _object(kept)
        return cls(_string(kept, "key"), _text(kept, "text"), _flag(kept, "exclusive"))


@dataclass(frozen=True)
class Question:
    """One question. `minimum` and `maximum` bound a number, a scale, the choices made or the characters typed."""

    key: str
    kind: str
    text: Text
    hint: Text = field(default_factory=dict)
    required: bool = False
    show_if: Condition | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    unit: Text = field(default_factory=dict)
    labels: Mapping[int, Text] = field(default_factory=dict)
    other: bool = False
    earliest: str | None = None
    latest: str | None = None

    @property
    def is_asked(self) -> bool:
        """Whether it takes an answer at all; information does not."""
        return self.kind != "information"

    @cached_property
    def option_keys(self) -> tuple[str, ...]:
        """The keys of its options, in order."""
        return tuple(option.key for option in self.options)

    @cached_property
    def row_keys(self) -> tuple[str, ...]:
        """The keys of its rows, in order."""
        return tuple(row.key for row in self.rows)

    @cached_property
    def points(self) -> range:
        """The points of a scale, from lowest to highest; 1 to 5 where nothing else is said."""
        low = int(self.minimum) if self.minimum is not None else 1
        high = int(self.maximum) if self.maximum is not None else 5
        return range(low, high + 1)

    @property
    def longest(self) -> int:
        """The most characters a written answer may have."""
        usual = LONGEST_ANSWER.get(self.kind, 0)
        return int(self.maximum) if self.maximum is not None else usual

    def option(self, key: str) -> Option | None:
        """The option with this key."""
        return next((option for option in self.options if option.key == key), None)

    def to_json(self) -> dict[str, Any]:
        """The question as it is kept."""
        return _without_empty(
            {
                "key": self.key,
                "kind": self.kind,
                "text": dict(self.text),
                "hint": dict(self.hint),
                "required": self.required,
                "show_if": self.show_if.to_json() if self.show_if else None,
                "options": [option.to_json() for option in self.options],
                "rows": [row.to_json() for row in self.rows],
                "minimum": _number_to_json(self.minimum),
                "maximum": _number_to_json(self.maximum),
                "decimals": self.decimals,
                "unit": dict(self.unit),
                "labels": {str(point): dict(text) for point, text in self.labels.items()},
                "other": self.other,
                "earliest": self.earliest,
                "latest": self.latest,
            }
        )

    @classmethod
    def from_json(cls, kept: Any) -> Question:
        """Read a question, refusing a kind we do not know."""
        kept = _object(kept)
        kind = _string(kept, "kind")
        if kind not in KINDS:
            raise MalformedQuestionnaire(f"There is no question of the kind “{kind}”.")
        return cls(
            key=_string(kept, "key"),
            kind=kind,
            text=_text(kept, "text"),
            hint=_text(kept, "hint"),
            required=_flag(kept, "required"),
            show_if=_condition(kept),
            options=tuple(Option.from_json(option) for option in _list(kept, "options")),
            rows=tuple(Option.from_json(row) for row in _list(kept, "rows")),
            minimum=_number(kept, "minimum"),
            maximum=_number(kept, "maximum"),
            decimals=int(_number(kept, "decimals") or 0),
            unit=_text(kept, "unit"),
            labels=_labels(kept),
            other=_flag(kept, "other"),
            earliest=_optional_string(kept, "earliest"),
            latest=_optional_string(kept, "latest"),
        )


@dataclass(frozen=True)
class Section:
    """A page of questions under one heading."""

    key: str
    title: Text
    intro: Text = field(default_factory=dict)
    show_if: Condition | None = None
    questions: tuple[Question, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The section as it is kept."""
        return _without_empty(
            {
                "key": self.key,
                "title": dict(self.title),
                "intro": dict(self.intro),
                "show_if": self.show_if.to_json() if self.show_if else None,
                "questions": [question.to_json() for question in self.questions],
            }
        )

    @classmethod
    def from_json(cls, kept: Any) -> Section:
        """Read a section."""
        kept = _object(kept)
        questions = tuple(Question.from_json(question) for question in _list(kept, "questions"))
        return cls(_string(kept, "key"), _text(kept, "title"), _text(kept, "intro"), _condition(kept), questions)


@dataclass(frozen=True)
class Questionnaire:
    """All that is asked; the first language is the one it was written in."""

    languages: tuple[str, ...] = ("en",)
    sections: tuple[Section, ...] = ()

    @property
    def language(self) -> str:
        """The language it was written in."""
        return self.languages[0]

    @cached_property
    def _by_key(self) -> dict[str, Question]:
        return {question.key: question for question in self.questions()}

    def questions(self) -> Iterator[Question]:
        """Every question, in the order asked."""
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question | None:
        """The question with this key."""
        return self._by_key.get(key)

    def section(self, key: str) -> Section | None:
        """The section with this key."""
        return next((section for section in self.sections if section.key == key), None)

    def section_of(self, key: str) -> Section | None:
        """The section that holds the question with this key."""
        return next((s for s in self.sections if any(q.key == key for q in s.questions)), None)

    def to_json(self) -> dict[str, Any]:
        """The questionnaire as it is kept."""
        return {"languages": list(self.languages), "sections": [section.to_json() for section in self.sections]}

    @classmethod
    def from_json(cls, kept: Any) -> Questionnaire:
        """Read a questionnaire; raises MalformedQuestionnaire, never anything else."""
        kept = _object(kept)
        languages = tuple(_list(kept, "languages"))
        if not languages or not all(isinstance(language, str) for language in languages):
            raise MalformedQuestionnaire("A questionnaire names its languages.")
        return cls(languages, tuple(Section.from_json(section) for section in _list(kept, "sections")))


def _without_empty(kept: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kept.items() if value or name in ("key", "kind") or value == "0"}


def _object(kept: Any) -> dict[str, Any]:
    if not isinstance(kept, dict):
        raise MalformedQuestionnaire("An object was expected.")
    return kept


def _list(kept: dict[str, Any], name: str) -> list[Any]:
    value = kept.get(name) or []
    if not isinstance(value, list):
        raise MalformedQuestionnaire(f"“{name}” must be a list.")
    return value


def _string(kept: dict[str, Any], name: str) -> str:
    value = kept.get(name)
    if not isinstance(value, str):
        raise MalformedQuestionnaire(f"“{name}” must be a text.")
    return value


def _optional_string(kept: dict[str, Any], name: str) -> str | None:
    return _string(kept, name) if kept.get(name) is not None else None


def _flag(kept: dict[str, Any], name: str) -> bool:
    value = kept.get(name, False)
    if not isinstance(value, bool):
        raise MalformedQuestionnaire(f"“{name}” must be true or false.")
    return value


def _text(kept: dict[str, Any], name: str) -> Text:
    value = kept.get(name) or {}
    if not isinstance(value, dict) or not all(isinstance(words, str) for words in value.values()):
        raise MalformedQuestionnaire(f"“{name}” must be a text by language.")
    return value


def _labels(kept: dict[str, Any]) -> Mapping[int, Text]:
    value = _object(kept.get("labels") or {})
    if not all(re.fullmatch(r"-?[0-9]{1,4}", str(point)) for point in value):
        raise MalformedQuestionnaire("The labels of a scale stand at whole numbers.")
    return {int(point): _text(value, point) for point in value}


def _condition(kept: dict[str, Any]) -> Condition | None:
    if kept.get("show_if") is None:
        return None
    try:
        return condition_from_json(kept["show_if"])
    except MalformedCondition as error:
        raise MalformedQuestionnaire(str(error)) from error


def _number_to_json(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _number(kept: dict[str, Any], name: str) -> Decimal | None:
    value = kept.get(name)
    if value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or abs(number) > Decimal("1e15"):
        raise MalformedQuestionnaire(f"“{name}” must be a number.")
    return number
