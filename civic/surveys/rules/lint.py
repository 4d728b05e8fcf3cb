"""The checklist before launch: what good survey practice would say about a questionnaire.

A blocking point holds the launch until it is mended or somebody gives a reason; the others are advice. The thresholds
are ours: LIX above 50 is hard to read in any alphabet (Björnsson 1968: 50 is official text), a survey above 15 minutes
loses people, six columns are too many for one statement on a phone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from civic.authoring.rules.reading import lix
from civic.surveys.rules.editing import texts_of
from civic.surveys.rules.questionnaire import DECLINED, Question, Questionnaire
from civic.surveys.rules.reach import unreachable

BLOCKING = ("unreachable", "no_translation", "no_way_to_decline", "no_closing_date", "no_purpose")
LONGEST_MINUTES = 15
HARD_TO_READ = 50
MOST_COLUMNS = 6
MOST_WORDS = 35
SECONDS = {
    "single": 7, "multiple": 11, "yes_no": 4, "scale": 5, "matrix": 3, "ranking": 22,
    "number": 7, "short_text": 14, "long_text": 45, "date": 9, "borough": 9, "information": 0,
}  # fmt: skip
WORDS_A_SECOND = 4

EQUALITY = re.compile(
    r"\b(ethnic\w*|racial|religio\w*|faith|disab\w*|sexual(ity| orientation)|gender\w*|your sex|sex registered|trans|"
    r"transgender|pregnan\w*|maternity|marital|married|civil partner\w*|how old|your age|age group|year of birth|"
    r"date of birth|long-term (health )?condition\w*|mental health|illness)\b",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"\b(don'?t you|do you (also )?agree that|wouldn'?t you|isn'?t it|surely|obviously|of course|as you (may )?know|"
    r"everyone knows|most (people|londoners) (think|agree|believe|know)|how (great|excellent|amazing|wonderful|terrible|awful)"
    r"|much[- ]needed|long[- ]overdue|unfair(ly)?)\b",
    re.IGNORECASE,
)
BOTH_AT_ONCE = re.compile(r"\b\w+ (and|and/or|as well as) \w+", re.IGNORECASE)
PAIRS_THAT_ARE_ONE = re.compile(
    r"\b(walking and cycling|cycling and walking|arts and culture|health and safety|black and (minority|asian)|"
    r"friends and family|family and friends|parks and green spaces|(1|one|0|zero) and \w+|between \w+ and \w+|"
    r"terms and conditions|here and now|day and night|and/or both)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Advice:
    """One point of the checklist: its code, the key of what it is about, and the names its sentence needs."""

    code: str
    at: str = ""
    names: dict[str, Any] = field(default_factory=dict)

    @property
    def is_blocking(self) -> bool:
        """Whether the launch waits for it, or for a reason."""
        return self.code in BLOCKING

    @property
    def mark(self) -> str:
        """One word that names this point, for a form field."""
        return f"{self.code}-{self.at}" if self.at else self.code


def advice(
    questionnaire: Questionnaire, *, has_closing_date: bool, has_purpose: bool, is_identified: bool
) -> list[Advice]:
    """The checklist, the blocking points first."""
    points = [
        *(() if has_closing_date else (Advice("no_closing_date"),)),
        *(() if has_purpose else (Advice("no_purpose"),)),
        *(Advice("unreachable", key) for key in unreachable(questionnaire)),
        *_translation_advice(questionnaire),
        *(
            point
            for question in questionnaire.questions()
            for point in _question_advice(question, questionnaire.language)
        ),
        *_whole_advice(questionnaire, is_identified),
    ]
    return sorted(points, key=lambda point: not point.is_blocking)


def estimated_minutes(questionnaire: Questionnaire) -> int:
    """About how long it takes, in whole minutes, if every question is shown."""
    return max(1, ceil(sum(_seconds(question, questionnaire.language) for question in questionnaire.questions()) / 60))


def asks_about_equality(question: Question) -> bool:
    """Whether the English words touch a protected characteristic (Equality Act 2010, section 4)."""
    return question.is_asked and bool(
        EQUALITY.search(f"{question.text.get('en', '')} {question.key.replace('_', ' ')}")
    )


def _seconds(question: Question, language: str) -> float:
    words = len(f"{question.text.get(language, '')} {question.hint.get(language, '')}".split())
    words += sum(len(option.text.get(language, "").split()) for option in question.options[:15])
    words += sum(len(row.text.get(language, "").split()) for row in question.rows)
    return SECONDS[question.kind] * max(1, len(question.rows)) + words / WORDS_A_SECOND


def _translation_advice(questionnaire: Questionnaire) -> Iterator[Advice]:
    for language in questionnaire.languages[1:]:
        missing = [
            address
            for address, text in texts_of(questionnaire)
            if text.get(questionnaire.language) and not text.get(language, "").strip()
        ]
        if missing:
            yield Advice("no_translation", language, {"count": len(missing)})


def _question_advice(question: Question, language: str) -> Iterator[Advice]:
    if asks_about_equality(question) and not _can_be_declined(question):
        yield Advice("no_way_to_decline", question.key)
    if len(question.text.get(language, "").split()) > MOST_WORDS and question.is_asked:
        yield Advice("long_question", question.key)
    if question.kind == "matrix" and len(question.options) > MOST_COLUMNS:
        yield Advice("wide_matrix", question.key)
    if question.kind == "long_text" and question.required:
        yield Advice("required_writing", question.key)
    if language == "en":
        yield from _english_advice(question)


def _english_advice(question: Question) -> Iterator[Advice]:
    asked = question.text.get("en", "")
    if question.is_asked and LEADING.search(asked):
        yield Advice("leading", question.key)
    statements = [asked, *(row.text.get("en", "") for row in question.rows)]
    if question.kind in ("yes_no", "scale", "matrix", "single") and any(_asks_two_things(s) for s in statements):
        yield Advice("double_barrelled", question.key)


def _asks_two_things(statement: str) -> bool:
    return bool(BOTH_AT_ONCE.search(PAIRS_THAT_ARE_ONE.sub("", statement)))


def _can_be_declined(question: Question) -> bool:
    if question.kind in ("single", "multiple", "matrix", "ranking"):
        return DECLINED in question.option_keys or any(
            "prefer not" in option.text.get("en", "").casefold() for option in question.options
        )
    return not question.required


def _whole_advice(questionnaire: Questionnaire, is_identified: bool) -> Iterator[Advice]:
    minutes = estimated_minutes(questionnaire)
    if minutes > LONGEST_MINUTES:
        yield Advice("long_survey", "", {"minutes": minutes, "most": LONGEST_MINUTES})
    words = " ".join(f"{q.text.get(questionnaire.language, '')}." for q in questionnaire.questions())
    if (score := lix(words)) > HARD_TO_READ:
        yield Advice("hard_to_read", "", {"score": round(score)})
    if is_identified and any(asks_about_equality(question) for question in questionnaire.questions()):
        yield Advice("sensitive_and_named")
