"""The part of XPath that XLSForms use to say when a question is shown, turned into our conditions.

Read: ${a} = 'x', != < <= > >=, ${a} = '' and != '', selected(${a}, 'x'), count-selected(${a}) >= 1,
string-length(${a}) > 0, not(…), true(), false(), and, or, brackets. Anything else raises NotUnderstood.
Comparing for inequality is true of an empty answer in XPath, so it becomes “not equals” the long way round.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from civic.surveys.rules.conditions import All, AnyOf, Compare, Condition, Not

LONGEST = 4000
DEEPEST = 10
_TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$\{\s*(?P<name>[^}\s]{1,200})\s*\}|\.\./(?P<path>[\w.-]{1,200}))"
    r"|(?P<text>'[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”)"
    r"|(?P<number>-?[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<word>[A-Za-z][A-Za-z-]*)|(?P<self>\.)"
    r"|(?P<mark>!=|<=|>=|[=<>(),]))"
)
_FLIPPED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_ORDER = {"<": "less", ">": "greater", "<=": "at_most", ">=": "at_least"}


class NotUnderstood(ValueError):
    """The expression uses something that has no counterpart here."""


class NotCarried(NotUnderstood):
    """The expression hangs on a question that was not carried over."""


@dataclass(frozen=True)
class Target:
    """What a name in the file became: a question, perhaps a row of it, and its option keys by their old names."""

    question: str
    kind: str
    row: str | None = None
    options: tuple[tuple[str, str], ...] = ()

    def value(self, old: str) -> str | int:
        """The key that an answer's old name became."""
        if self.kind == "scale":
            return int(old) if re.fullmatch(r"-?[0-9]{1,4}", old) else old
        return dict(self.options).get(old, old)


@dataclass(frozen=True)
class Token:
    """One word of an expression."""

    kind: str
    text: str


def condition_from(expression: str, find: Callable[[str], Target | None]) -> Condition:
    """The condition that an expression states; `find` says what a name in the file became."""
    if len(expression) > LONGEST:
        raise NotUnderstood("too long")
    reader = _Reader(list(tokens(expression)), find)
    condition = reader.either(0)
    reader.end()
    return condition


def tokens(expression: str) -> Iterator[Token]:
    """The words of an expression; raises NotUnderstood at the first that is none."""
    place, expression = 0, expression.strip()
    while place < len(expression):
        found = _TOKEN.match(expression, place)
        if not found:
            raise NotUnderstood(expression[place : place + 20])
        place = found.end()
        if found["ref"]:
            yield Token("ref", found["name"] or found["path"])
        elif found["text"]:
            yield Token("text", found["text"][1:-1].strip())
        else:
            kind = next(kind for kind in ("number", "word", "self", "mark") if found[kind])
            yield Token(kind, found[kind])
        while place < len(expression) and expression[place].isspace():
            place += 1


class _Reader:
    def __init__(self, words: list[Token], find: Callable[[str], Target | None]) -> None:
        self.words, self.find, self.at = words, find, 0

    def peek(self) -> Token:
        return self.words[self.at] if self.at < len(self.words) else Token("end", "")

    def take(self, kind: str, text: str | None = None) -> Token:
        word = self.peek()
        if word.kind != kind or (text is not None and word.text != text):
            raise NotUnderstood(word.text)
        self.at += 1
        return word

    def end(self) -> None:
        self.take("end") if self.at < len(self.words) else None

    def either(self, depth: int) -> Condition:
        parts = self.series("or", self.both, depth)
        return parts[0] if len(parts) == 1 else AnyOf(parts)

    def both(self, depth: int) -> Condition:
        parts = self.series("and", self.one, depth)
        return parts[0] if len(parts) == 1 else All(parts)

    def series(self, word: str, read: Callable[[int], Condition], depth: int) -> tuple[Condition, ...]:
        if depth > DEEPEST:
            raise NotUnderstood("nested too deeply")
        parts = [read(depth + 1)]
        while self.peek() in (Token("word", word), Token("word", word.upper())):
            self.at += 1
            parts.append(read(depth + 1))
        return tuple(parts)

    def one(self, depth: int) -> Condition:
        word = self.peek()
        if word == Token("mark", "("):
            self.at += 1
            inside = self.either(depth + 1)
            self.take("mark", ")")
            return inside
        if word.kind == "word":
            return self.function(depth)
        return self.comparison()

    def function(self, depth: int) -> Condition:
        name = self.take("word").text
        self.take("mark", "(")
        if name in ("true", "false"):
            self.take("mark", ")")
            return All(()) if name == "true" else AnyOf(())
        if name == "not":
            inside = self.either(depth + 1)
            self.take("mark", ")")
            return Not(inside)
        target = self.target()
        if name == "selected":
            self.take("mark", ",")
            value = self.literal()
            self.take("mark", ")")
            return _selected(target, value)
        if name in ("count-selected", "string-length"):
            self.take("mark", ")")
            return _is_filled(target, self.operator(), self.literal())
        raise NotUnderstood(name)

    def comparison(self) -> Condition:
        if self.peek().kind in ("text", "number"):
            value, operator, target = self.literal(), _FLIPPED[self.operator()], self.target()
        else:
            target, operator, value = self.target(), self.operator(), self.literal()
        return _compared(target, operator, value)

    def target(self) -> Target:
        found = self.find(self.take("ref").text)
        if found is None:
            raise NotCarried("not carried over")
        return found

    def operator(self) -> str:
        text = self.take("mark").text
        if text not in _FLIPPED:
            raise NotUnderstood(text)
        return text

    def literal(self) -> str:
        word = self.peek()
        if word.kind in ("text", "number"):
            self.at += 1
            return word.text
        if word == Token("word", "date"):
            self.at += 1
            self.take("mark", "(")
            text = self.take("text").text
            self.take("mark", ")")
            return text
        raise NotUnderstood(word.text)


def _selected(target: Target, value: str) -> Condition:
    comparison = "includes" if target.kind in ("multiple", "ranking") else "equals"
    return Compare(target.question, comparison, target.value(value), target.row)


def _is_filled(target: Target, operator: str, value: str) -> Condition:
    answered = Compare(target.question, "answered", None, target.row)
    if (operator, value) in ((">", "0"), (">=", "1"), ("!=", "0")):
        return answered
    if (operator, value) in (("=", "0"), ("<", "1"), ("<=", "0")):
        return Not(answered)
    raise NotUnderstood("counts other than none and some")


def _compared(target: Target, operator: str, value: str) -> Condition:
    if operator in _ORDER:
        if target.kind not in ("number", "scale", "date"):
            raise NotUnderstood("order of words")
        return Compare(target.question, _ORDER[operator], target.value(value), target.row)
    if value == "":
        answered = Compare(target.question, "answered", None, target.row)
        return answered if operator == "!=" else Not(answered)
    equal = Compare(target.question, "equals", target.value(value), target.row)
    return equal if operator == "=" else Not(equal)
