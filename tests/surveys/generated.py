"""Questionnaires and answers out of nothing: every kind of question, every comparison, conditions nested at will."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from civic.surveys.rules.conditions import All, AnyOf, Compare, Condition, Not
from civic.surveys.rules.faults import allowed_comparisons
from civic.surveys.rules.questionnaire import KINDS, OTHER, Option, Question, Questionnaire, Section

WORDS = (
    "park",
    "bus",
    "home",
    "air",
    "noise",
    "safety",
    "rent",
    "canal",
    "market",
    "سوق",
    "ulica",
    "=cmd()",
    "<b>x</b>",
    "“”",
)


def questionnaire(random: Random, most_sections: int = 4, most_questions: int = 5) -> Questionnaire:
    """A questionnaire without faults."""
    earlier: list[Question] = []
    sections = []
    for number in range(random.randint(1, most_sections)):
        section_if = condition(random, earlier) if number and random.random() < 0.4 else None
        questions = []
        for _ in range(random.randint(1, most_questions)):
            made = question(random, f"q{len(earlier)}", earlier)
            questions.append(made)
            earlier.append(made)
        sections.append(Section(f"s{number}", _text(random), {}, section_if, tuple(questions)))
    first = Question("q_first", "yes_no", {"en": "Really?"})
    sections[0] = Section("s0", sections[0].title, {}, None, (first, *sections[0].questions))
    return Questionnaire(("en", "ar"), tuple(sections))


def question(random: Random, key: str, earlier: list[Question]) -> Question:
    """A question of any kind, sometimes shown only on a condition."""
    kind = random.choice(KINDS)
    options = tuple(
        Option(f"o{i}", _text(random), exclusive=kind == "multiple" and i == 0 and random.random() < 0.3)
        for i in range(random.randint(2, 5))
    )
    bounds: dict[str, Any] = {}
    if kind == "number" and random.random() < 0.5:
        bounds = {"minimum": Decimal(random.randint(-5, 5)), "maximum": Decimal(random.randint(6, 40))}
    if kind == "scale":
        bounds = {
            "minimum": Decimal(random.randint(0, 1)),
            "maximum": Decimal(random.randint(2, 10)),
            "labels": {1: {"en": "low"}},
        }
    if kind == "multiple" and random.random() < 0.3:
        bounds = {"minimum": Decimal(1), "maximum": Decimal(2)}
    return Question(
        key,
        kind,
        _text(random),
        hint=_text(random) if random.random() < 0.2 else {},
        required=kind != "information" and random.random() < 0.3,
        show_if=condition(random, earlier) if earlier and random.random() < 0.5 else None,
        options=options if kind in ("single", "multiple", "matrix", "ranking") else (),
        rows=tuple(Option(f"r{i}", _text(random)) for i in range(random.randint(1, 4))) if kind == "matrix" else (),
        decimals=random.choice((0, 2)) if kind == "number" else 0,
        other=kind in ("single", "multiple") and random.random() < 0.4,
        **bounds,
    )


def condition(random: Random, earlier: list[Question], depth: int = 0) -> Condition | None:
    """A condition on earlier questions, at most three groups deep."""
    if not earlier:
        return None
    if depth < 3 and random.random() < 0.45:
        parts = tuple(made for _ in range(random.randint(1, 3)) if (made := condition(random, earlier, depth + 1)))
        return random.choice((All(parts), AnyOf(parts), Not(parts[0])))
    named = random.choice(earlier)
    return compare(random, named, random.choice(allowed_comparisons(named)))


def compare(random: Random, named: Question, comparison: str) -> Compare:
    """One comparison that fits the question."""
    row = (
        random.choice(named.row_keys)
        if named.kind == "matrix" and comparison not in ("answered", "not_shown")
        else None
    )
    if comparison in ("answered", "not_shown"):
        return Compare(named.key, comparison)
    value: str | int
    if named.options:
        value = random.choice([*named.option_keys, *([OTHER] if named.other else [])])
    elif named.kind == "yes_no":
        value = random.choice(("yes", "no"))
    elif named.kind == "scale":
        value = random.choice(list(named.points))
    elif named.kind == "number":
        value = str(random.randint(-6, 41))
    elif named.kind == "date":
        value = (date(2026, 1, 1) + timedelta(days=random.randint(0, 4))).isoformat()
    elif named.kind == "borough":
        value = "E09000001"
    else:
        value = random.choice(WORDS)
    return Compare(named.key, comparison, value, row)


def answers(random: Random, asked: Questionnaire, share: float = 0.75) -> dict[str, Any]:
    """Answers to some of the questions, also to those that ought to be hidden."""
    return {q.key: answer(random, q) for q in asked.questions() if q.is_asked and random.random() < share}


def answer(random: Random, asked: Question) -> Any:
    """A proper answer to one question."""
    other = {OTHER: random.choice(WORDS)}
    match asked.kind:
        case "single":
            return random.choice([*asked.option_keys, *([other] if asked.other else [])])
        case "multiple":
            return _several(random, asked, other)
        case "yes_no":
            return random.choice(("yes", "no"))
        case "scale":
            return random.choice(list(asked.points))
        case "matrix":
            rows = (
                asked.row_keys
                if asked.required
                else random.sample(asked.row_keys, random.randint(1, len(asked.row_keys)))
            )
            return {row: random.choice(asked.option_keys) for row in asked.row_keys if row in rows}
        case "ranking":
            return random.sample(asked.option_keys, random.randint(1, len(asked.option_keys)))
        case "number":
            low = int(asked.minimum) if asked.minimum is not None else -6
            high = int(asked.maximum) if asked.maximum is not None else 41
            return str(random.randint(low, high))
        case "date":
            return (date(2026, 1, 1) + timedelta(days=random.randint(0, 4))).isoformat()
        case "borough":
            return random.choice(("E09000001", "E09000033"))
    return random.choice(WORDS)


def _several(random: Random, asked: Question, other: dict[str, str]) -> list[Any]:
    alone = [option.key for option in asked.options if option.exclusive]
    if alone and random.random() < 0.2:
        return [alone[0]]
    keys = [key for key in asked.option_keys if key not in alone]
    most = min(len(keys), int(asked.maximum or len(keys)))
    picked = random.sample(keys, random.randint(1, most))
    chosen: list[Any] = [key for key in asked.option_keys if key in picked]
    if asked.other and len(chosen) < (asked.maximum or 99) and random.random() < 0.3:
        chosen.append(other)
    return chosen


def _text(random: Random) -> dict[str, str]:
    return {"en": " ".join(random.choices(WORDS, k=random.randint(1, 4))), "ar": random.choice(WORDS)}
