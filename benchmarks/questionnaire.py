"""A survey of twenty questions on one page, and made-up answers to it, as many as are wanted and quickly."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from civic.places.boroughs import BOROUGHS
from civic.surveys.actions.bulk import Reply
from civic.surveys.rules.questionnaire import Option, Question, Questionnaire, Section

AGREE = (
    ("agree", "Agree"),
    ("rather_agree", "Rather agree"),
    ("neither", "Neither"),
    ("rather_not", "Rather disagree"),
    ("disagree", "Disagree"),
)
CHOICES = tuple((f"choice_{n}", f"Choice number {n}") for n in range(1, 7))
DIFFERENT = 10_000
"""So many replies differ; then they come again. Counting and keeping cost the same for each."""


def _options(pairs: tuple[tuple[str, str], ...]) -> tuple[Option, ...]:
    return tuple(Option(key, {"en": words}) for key, words in pairs)


def _question(number: int, kind: str, **more: Any) -> Question:
    return Question(
        f"question_{number}", kind, {"en": f"What do you think of matter number {number} in your borough?"},
        hint={"en": "Think of the last 12 months."}, **more,
    )  # fmt: skip


def twenty_questions() -> Questionnaire:
    """One section: nine of single choice, three of multiple choice, and one or two of every other kind."""
    kinds: list[tuple[str, dict[str, Any]]] = [
        *[("single", {"options": _options(AGREE)})] * 7,
        *[("multiple", {"options": _options(CHOICES)})] * 3,
        *[("yes_no", {})] * 2,
        *[("scale", {"minimum": Decimal(1), "maximum": Decimal(5)})] * 2,
        ("matrix", {"options": _options(AGREE[:3]), "rows": _options(CHOICES[:3])}),
        ("ranking", {"options": _options(CHOICES[:4])}),
        ("number", {"minimum": Decimal(0), "maximum": Decimal(100)}),
        ("short_text", {}),
        ("date", {}),
        ("borough", {}),
    ]
    questions = tuple(_question(number, kind, **more) for number, (kind, more) in enumerate(kinds, 1))
    return Questionnaire(("en",), (Section("all_of_it", {"en": "Twenty questions"}, questions=questions),))


def answer(rng: Random, question: Question) -> Any:
    """One answer that the page would take."""
    match question.kind:
        case "single":
            return rng.choice(question.option_keys)
        case "multiple":
            return [key for key in question.option_keys if rng.random() < 0.4] or [question.option_keys[0]]
        case "yes_no":
            return rng.choice(("yes", "no"))
        case "scale":
            return rng.choice(question.points)
        case "matrix":
            return {row: rng.choice(question.option_keys) for row in question.row_keys}
        case "ranking":
            return rng.sample(question.option_keys, len(question.option_keys))
        case "number":
            return str(rng.randint(0, 100))
        case "date":
            return date(2025, rng.randint(1, 12), rng.randint(1, 28)).isoformat()
        case "borough":
            return rng.choice(BOROUGHS).gss
    return "Something short"


def replies(questionnaire: Questionnaire, number: int, day: date) -> Iterator[Reply]:
    """So many replies."""
    rng = Random(20)
    made = []
    for _ in range(min(DIFFERENT, number)):
        answers = {question.key: answer(rng, question) for question in questionnaire.questions()}
        gss = rng.choice(BOROUGHS).gss if rng.random() < 0.6 else None
        made.append(Reply(answers, day, "en", "web", "borough_given" if gss else "nothing", gss))
    for position in range(number):
        yield made[position % len(made)]
