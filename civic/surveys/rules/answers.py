"""From what was typed to an answer, and back to what stands in the fields.

The names of the fields of a question `k` (keys never hold a hyphen, so these cannot clash):
    k                              single, multiple, yes_no, scale, number, texts, borough
    k-other                        the words beside “other”
    k-day, k-month, k-year         date
    k-<row>                        matrix, one field a row
    k-<option>                     ranking: the place, 1 for first; empty for not ranked
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from re import fullmatch
from typing import Any, Protocol

from civic.core.numbers import plain_number
from civic.surveys.rules.questionnaire import OTHER, Question

LONGEST_OTHER = 200
MOST_DIGITS = 15
BOROUGH = r"E090000(0[1-9]|[12][0-9]|3[0-3])"


class Raw(Protocol):
    """What a browser sent: a werkzeug MultiDict, or anything with its getlist."""

    def getlist(self, key: str) -> list[str]:
        """Every value sent under this name."""


@dataclass(frozen=True)
class Refusal:
    """Why an answer was not taken: a code, the field to go to, and the names the sentence needs."""

    code: str
    field: str
    names: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """An answer (None when skipped), or a refusal; never both."""

    value: Any = None
    refusal: Refusal | None = None


class _Refused(Exception):
    def __init__(self, code: str, suffix: str = "", **names: Any) -> None:
        self.code, self.suffix, self.names = code, suffix, names


def check_answer(question: Question, raw: Raw, boroughs: Collection[str] | None = None) -> Checked:
    """Read the answer to one question out of what was sent. Skipped is value None, refused with the code
    `required` when it must be answered. `boroughs`: the codes to accept, by default the 33 of London."""
    if not question.is_asked:
        return Checked()
    try:
        value = _CHECKS[question.kind](question, _Fields(question.key, raw))
        if question.kind == "borough" and value and boroughs is not None and value not in boroughs:
            raise _Refused("unknown_option")
        if value is None and question.required:
            raise _Refused("required")
    except _Refused as refused:
        return Checked(None, Refusal(refused.code, _field_name(question, refused.suffix), refused.names))
    return Checked(value)


def as_fields(question: Question, value: Any) -> dict[str, list[str]]:
    """What stands in the fields of a question that has this answer; check_answer of it gives the answer again."""
    key = question.key
    if value is None or not question.is_asked:
        return {}
    if question.kind in ("single", "multiple"):
        return _choice_fields(key, value if isinstance(value, list) else [value])
    if question.kind == "matrix":
        return {f"{key}-{row}": [option] for row, option in value.items()}
    if question.kind == "ranking":
        return {f"{key}-{option}": [str(place)] for place, option in enumerate(value, 1)}
    if question.kind == "date":
        year, month, day = (str(int(part)) for part in value.split("-"))
        return {f"{key}-day": [day], f"{key}-month": [month], f"{key}-year": [year]}
    return {key: [str(value)]}


def clean_text(typed: str) -> str:
    """Written words as kept: one kind of line break, no characters that only machines send."""
    words = typed.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in words or any(unicodedata.category(character) == "Cs" for character in words):
        raise ValueError("characters that cannot be kept")
    return "".join(c for c in words if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


@dataclass(frozen=True)
class _Fields:
    """The fields of one question in what was sent."""

    key: str
    raw: Raw

    def all(self, suffix: str = "") -> list[str]:
        sent = self.raw.getlist(f"{self.key}-{suffix}" if suffix else self.key)
        return [value for value in sent if value.strip()]

    def one(self, suffix: str = "") -> str:
        values = self.all(suffix)
        if len(values) > 1:
            raise _Refused("one_only", suffix)
        return values[0] if values else ""


def _field_name(question: Question, suffix: str) -> str:
    """The field an error should lead to: the one at fault, or the first of the question."""
    if not suffix and question.kind == "date":
        suffix = "day"
    if not suffix and question.kind == "matrix" and question.rows:
        suffix = question.rows[0].key
    if not suffix and question.kind == "ranking" and question.options:
        suffix = question.options[0].key
    return f"{question.key}-{suffix}" if suffix else question.key


def _choice_fields(key: str, parts: list[Any]) -> dict[str, list[str]]:
    fields = {key: [OTHER if isinstance(part, dict) else part for part in parts]}
    for part in parts:
        if isinstance(part, dict):
            fields[f"{key}-other"] = [part[OTHER]]
    return fields


def _written(typed: str, longest: int, suffix: str = "") -> str:
    try:
        words = clean_text(typed)
    except ValueError as error:
        raise _Refused("bad_characters", suffix) from error
    if len(words) > longest:
        raise _Refused("too_long", suffix, longest=longest, length=len(words))
    return words


def _choice(question: Question, fields: _Fields, key: str) -> Any:
    if key == OTHER and question.other:
        words = _written(fields.one("other"), LONGEST_OTHER, "other")
        if not words:
            raise _Refused("other_needs_words", "other")
        return {OTHER: words}
    if key not in question.option_keys:
        raise _Refused("unknown_option")
    return key


def _single(question: Question, fields: _Fields) -> Any:
    key = fields.one()
    return _choice(question, fields, key) if key else None


def _multiple(question: Question, fields: _Fields) -> list[Any] | None:
    sent = fields.all()
    order = {key: place for place, key in enumerate(question.option_keys)}
    keys = sorted(dict.fromkeys(sent), key=lambda key: order.get(key, len(order)))
    if not keys:
        return None
    picked = [_choice(question, fields, key) for key in keys]
    alone = next((o for o in question.options if o.exclusive and o.key in keys), None)
    if alone is not None:
        if len(keys) > 1:
            raise _Refused("stands_alone", "", option=alone.key)
        return picked
    if question.minimum is not None and len(picked) < question.minimum:
        raise _Refused("too_few_choices", "", fewest=int(question.minimum))
    if question.maximum is not None and len(picked) > question.maximum:
        raise _Refused("too_many_choices", "", most=int(question.maximum))
    return picked


def _yes_no(question: Question, fields: _Fields) -> str | None:
    key = fields.one()
    if key not in ("", "yes", "no"):
        raise _Refused("unknown_option")
    return key or None


def _scale(question: Question, fields: _Fields) -> int | None:
    key = fields.one()
    if not key:
        return None
    points = {str(point): point for point in question.points}
    if key not in points:
        raise _Refused("unknown_option")
    return points[key]


def _matrix(question: Question, fields: _Fields) -> dict[str, str] | None:
    answer = {}
    for row in question.rows:
        key = fields.one(row.key)
        if key and key not in question.option_keys:
            raise _Refused("unknown_option", row.key)
        if key:
            answer[row.key] = key
        elif question.required:
            raise _Refused("row_required", row.key, row=row.key)
    return answer or None


def _ranking(question: Question, fields: _Fields) -> list[str] | None:
    places: dict[int, str] = {}
    for option in question.options:
        typed = plain_number(fields.one(option.key))
        if not typed:
            continue
        if not fullmatch(r"0{0,3}[0-9]{1,3}", typed) or not 1 <= int(typed) <= len(question.options):
            raise _Refused("bad_place", option.key, most=len(question.options))
        if int(typed) in places:
            raise _Refused("same_place_twice", option.key, place=int(typed))
        places[int(typed)] = option.key
    if not places:
        return None
    if set(places) != set(range(1, len(places) + 1)):
        raise _Refused("place_left_out", "", most=len(places))
    if question.minimum is not None and len(places) < question.minimum:
        raise _Refused("too_few_ranked", "", fewest=int(question.minimum))
    if question.maximum is not None and len(places) > question.maximum:
        raise _Refused("too_many_ranked", "", most=int(question.maximum))
    return [places[place] for place in sorted(places)]


def _number(question: Question, fields: _Fields) -> str | None:
    typed = fields.one()
    if not typed:
        return None
    plain = plain_number(typed) if len(typed) <= 60 else ""
    if not fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", plain):
        raise _Refused("not_a_number")
    number = Decimal(plain)
    whole, _, fraction = f"{number:f}".lstrip("-").partition(".")
    if len(whole.lstrip("0")) > MOST_DIGITS:
        raise _Refused("number_too_large")
    if len(fraction.rstrip("0")) > question.decimals:
        raise _Refused("too_many_decimals" if question.decimals else "not_whole", "", decimals=question.decimals)
    if question.minimum is not None and number < question.minimum:
        raise _Refused("number_too_small", "", smallest=question.minimum)
    if question.maximum is not None and number > question.maximum:
        raise _Refused("number_too_large", "", largest=question.maximum)
    return canonical_number(number)


def canonical_number(number: Decimal) -> str:
    """The one way a number is kept: no exponent, no trailing zeros, no minus zero."""
    written = f"{number:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in ("-0", "+0", "") else written


def _text(question: Question, fields: _Fields) -> str | None:
    sent = fields.all()
    if len(sent) > 1:
        raise _Refused("one_only")
    words = _written(sent[0], question.longest) if sent else ""
    if question.kind == "short_text":
        words = " ".join(words.split())
    return words or None


def _date(question: Question, fields: _Fields) -> str | None:
    parts = {name: plain_number(fields.one(name)) for name in ("day", "month", "year")}
    if not any(parts.values()):
        return None
    for name, typed in parts.items():
        if not typed:
            raise _Refused("date_incomplete", name, part=name)
        if not fullmatch(r"[0-9]{4}" if name == "year" else r"[0-9]{1,2}", typed):
            raise _Refused("not_a_date", name, part=name)
    try:
        day = date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError as error:
        raise _Refused("not_a_date", "day") from error
    if question.earliest and day.isoformat() < question.earliest:
        raise _Refused("date_too_early", "day", earliest=question.earliest)
    if question.latest and day.isoformat() > question.latest:
        raise _Refused("date_too_late", "day", latest=question.latest)
    return day.isoformat()


def _borough(question: Question, fields: _Fields) -> str | None:
    code = fields.one()
    if code and not fullmatch(BOROUGH, code):
        raise _Refused("unknown_option")
    return code or None


_CHECKS: Mapping[str, Callable[[Question, _Fields], Any]] = {
    "single": _single,
    "multiple": _multiple,
    "yes_no": _yes_no,
    "scale": _scale,
    "matrix": _matrix,
    "ranking": _ranking,
    "number": _number,
    "short_text": _text,
    "long_text": _text,
    "date": _date,
    "borough": _borough,
}
