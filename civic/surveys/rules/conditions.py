"""When something is shown: conditions on earlier answers, as plain values that go to JSON and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

COMPARISONS = (
    "equals",
    "not_equals",
    "includes",
    "greater",
    "less",
    "at_least",
    "at_most",
    "answered",
    "not_shown",
)
WITHOUT_VALUE = ("answered", "not_shown")
MAX_DEPTH = 12


class MalformedCondition(ValueError):
    """What was read is not a condition."""


@dataclass(frozen=True)
class Compare:
    """One comparison with an earlier question, or with one row of an earlier matrix."""

    question: str
    comparison: str
    value: str | int | None = None
    row: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The comparison as it is kept."""
        kept: dict[str, Any] = {"question": self.question, "is": self.comparison}
        if self.row is not None:
            kept["row"] = self.row
        if self.comparison not in WITHOUT_VALUE:
            kept["value"] = self.value
        return kept


@dataclass(frozen=True)
class All:
    """True when every part is."""

    parts: tuple[Condition, ...]

    def to_json(self) -> dict[str, Any]:
        """The group as it is kept."""
        return {"all": [part.to_json() for part in self.parts]}


@dataclass(frozen=True)
class AnyOf:
    """True when one part or more is."""

    parts: tuple[Condition, ...]

    def to_json(self) -> dict[str, Any]:
        """The group as it is kept."""
        return {"any": [part.to_json() for part in self.parts]}


@dataclass(frozen=True)
class Not:
    """True when its part is not."""

    part: Condition

    def to_json(self) -> dict[str, Any]:
        """The negation as it is kept."""
        return {"not": self.part.to_json()}


Condition = Compare | All | AnyOf | Not


def condition_from_json(kept: Any, depth: int = 0) -> Condition:
    """Read a condition, refusing what is not one or is nested beyond reason."""
    if not isinstance(kept, dict) or depth > MAX_DEPTH:
        raise MalformedCondition("A condition must be an object, at most twelve groups deep.")
    for name, group in (("all", All), ("any", AnyOf)):
        if name in kept:
            if not isinstance(kept[name], list):
                raise MalformedCondition(f"“{name}” must be a list.")
            return group(tuple(condition_from_json(part, depth + 1) for part in kept[name]))
    if "not" in kept:
        return Not(condition_from_json(kept["not"], depth + 1))
    return _comparison_from_json(kept)


def _comparison_from_json(kept: dict[str, Any]) -> Compare:
    question, comparison, row, value = (kept.get(name) for name in ("question", "is", "row", "value"))
    if not isinstance(question, str) or comparison not in COMPARISONS:
        raise MalformedCondition("A comparison names a question and one of the known comparisons.")
    if not (row is None or isinstance(row, str)):
        raise MalformedCondition("A row is named by its key.")
    if isinstance(value, bool) or not (value is None or isinstance(value, str | int)):
        raise MalformedCondition("A value is a text or a whole number.")
    return Compare(question, comparison, None if comparison in WITHOUT_VALUE else value, row)


def comparisons(condition: Condition | None) -> Iterator[Compare]:
    """Every single comparison in a condition, from left to right."""
    if isinstance(condition, Compare):
        yield condition
    elif isinstance(condition, Not):
        yield from comparisons(condition.part)
    elif condition is not None:
        for part in condition.parts:
            yield from comparisons(part)
