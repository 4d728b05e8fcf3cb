"""One row of an XLSForm at a time: which question of ours it is, and what of it stays behind."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from civic.surveys.importing.constraints import constrained
from civic.surveys.importing.names import key_for
from civic.surveys.importing.reading import Workbook, short
from civic.surveys.importing.report import Left
from civic.surveys.importing.texts import Texts
from civic.surveys.rules.faults import MOST_POINTS
from civic.surveys.rules.questionnaire import OTHER, Option, Question

Pairs = tuple[tuple[str, str], ...]

SELECTS = {"select one": "single", "select all that apply": "multiple", "rank": "ranking"}
PLAIN = {
    "text": "short_text",
    "integer": "number",
    "decimal": "number",
    "date": "date",
    "note": "information",
    "string": "short_text",
}
DEVICE = {
    "start", "end", "today", "deviceid", "device id", "subscriberid", "simserial", "phonenumber", "phone number", "username",
    "email", "audit", "start-geopoint", "background-audio", "background-geopoint", "imei", "csv-external", "xml-external",
}  # fmt: skip
DECIMALS = 4
YES_AND_NO = ({"yes"}, {"no"})


@dataclass(frozen=True)
class Made:
    """A question made from a row; `options` are its answers' old names with their keys."""

    question: Question
    options: Pairs = ()
    belongs_to_other: str | None = None


class Elements:
    """Makes questions, keeping a line for everything left behind."""

    def __init__(self, workbook: Workbook, texts: Texts, left: list[Left]) -> None:
        self.workbook, self.texts, self.left = workbook, texts, left
        self.open_others: dict[str, str] = {}

    def question(self, element: dict[str, Any]) -> Made | None:
        """The question of one row, or None when it was left out or is part of another."""
        kind, name = str(element.get("type", "")), str(element.get("name", ""))
        if name in self.open_others:
            return None
        made = self._made(element, kind, name)
        if made is not None:
            made = replace(made, question=self._finished(made, element, name))
            self._leave_behind(element, name)
        return made

    def is_table(self, element: dict[str, Any]) -> bool:
        """Whether a group is a table of questions that share one list of answers."""
        children = [c for c in element.get("children", []) if c.get("type") != "note"]
        asked = [c for c in children if "list-nolabel" in _appearance(c) or c.get("type") == "select one"]
        if any((child.get("bind") or {}).get("relevant") for child in asked):
            return False  # rows that come and go by themselves stay questions of their own
        headed = any("label" in _appearance(c).split() for c in children) or "table-list" in _appearance(element)
        lists = {c.get("list_name") for c in asked if "label" not in _appearance(c).split()}
        return headed and len(lists) == 1 and len(asked) == len(children) and len(asked) > 1

    def matrix(self, element: dict[str, Any], label: dict[str, str]) -> tuple[Question, Pairs, Pairs]:
        """The matrix that a table becomes, its rows and its answers by their old names."""
        name = str(element.get("name", ""))
        children = [c for c in element.get("children", []) if isinstance(c, dict)]
        notes = [c for c in children if c.get("type") == "note"]
        heads = [c for c in children if c.get("type") != "note" and "label" in _appearance(c).split()]
        asked = [c for c in children if c not in notes and c not in heads]
        if not label:
            said = next((c.get("label") for c in [*heads, *notes] if c.get("label")), None)
            label = self.texts.words(said, "survey", self._row(name))
        options, pairs = self._options(asked[0])
        taken: set[str] = set()
        rows: list[tuple[str, Option]] = []
        for child in asked:
            child_name = str(child["name"])
            key = key_for(child_name, taken, "row")
            taken.add(key)
            rows.append((child_name, Option(key, self._label(child, child_name))))
            self._leave_behind(child, child_name)
        required = all(self._required(child) for child in asked)
        text = label or {self.texts.default: name}
        question = Question(
            name, "matrix", text, required=required, options=options, rows=tuple(row for _, row in rows)
        )
        return question, tuple((old, row.key) for old, row in rows), pairs

    def _made(self, element: dict[str, Any], kind: str, name: str) -> Made | None:
        if kind == "select one" and _appearance(element).split()[:1] == ["label"]:
            return Made(self._asked(element, "information", name))  # only the heading of a table
        if kind in SELECTS:
            return self._select(element, SELECTS[kind], name)
        if kind == "range":
            return Made(self._range(element, name))
        if kind in ("acknowledge", "trigger"):
            self._note(name, "type", "acknowledge", kind)
            return Made(self._asked(element, "yes_no", name), (("OK", "yes"),))
        if kind in PLAIN:
            return Made(self._plain(element, PLAIN[kind], kind, name))
        if kind in DEVICE:
            self._note(name, "type", "metadata", kind)
        elif kind in ("calculate", "hidden", "xml-external", "entity"):
            self._note(
                name, "calculation", "calculation", f"{name}: {(element.get('bind') or {}).get('calculate', kind)}"
            )
        else:
            self._note(name, "type", "type", kind)
        return None

    def _plain(self, element: dict[str, Any], ours: str, kind: str, name: str) -> Question:
        if ours == "short_text" and "multiline" in _appearance(element):
            ours = "long_text"
        question = self._asked(element, ours, name)
        return replace(question, decimals=DECIMALS) if kind == "decimal" else question

    def _asked(self, element: dict[str, Any], kind: str, name: str) -> Question:
        hint = self.texts.words(element.get("hint"), "survey", self._row(name), "hint")
        required = self._required(element) and kind != "information"
        return Question(name, kind, self._label(element, name), hint, required)

    def _select(self, element: dict[str, Any], kind: str, name: str) -> Made | None:
        if not element.get("choices"):
            self._note(name, "type", "external_choices", str(element.get("itemset", "")))
            return None
        options, pairs = self._options(element)
        question = self._asked(element, kind, name)
        other = next((o for o in options if o.key == OTHER), None) if self._asks_for_other(element, name) else None
        if other is not None:
            question = replace(question, other=True)
            options = tuple(option for option in options if option is not other)
        if element.get("choice_filter"):
            self._note(name, "choice_filter", "choice_filter", element["choice_filter"])
        question = replace(question, options=options)
        if kind == "single" and len(options) == 1 and not question.other:
            question = replace(question, kind="multiple")  # one choice is a box to tick: “I agree”
            return Made(question, pairs)
        if kind == "single":
            return self._scale_or_yes_no(element, question, pairs)
        return Made(question, pairs)

    def _scale_or_yes_no(self, element: dict[str, Any], question: Question, pairs: Pairs) -> Made:
        said = [{question.options[i].text.get("en", "").casefold()} for i in range(len(question.options))]
        if (
            set(question.option_keys) == {"yes", "no"}
            and sorted(map(sorted, said)) == [["no"], ["yes"]]
            and not question.other
        ):
            return Made(replace(question, kind="yes_no", options=()), pairs)
        points = [old for old, _ in pairs]
        if (
            "likert" in _appearance(element)
            and not question.other
            and all(re.fullmatch(r"-?[0-9]{1,2}", old) for old in points)
        ):
            numbers = sorted(int(old) for old in points)
            if numbers == list(range(numbers[0], numbers[0] + len(numbers))) and 2 <= len(numbers) <= MOST_POINTS:
                labels = {int(old): o.text for (old, _), o in zip(pairs, question.options, strict=True)}
                low, high = Decimal(numbers[0]), Decimal(numbers[-1])
                return Made(replace(question, kind="scale", options=(), labels=labels, minimum=low, maximum=high))
        return Made(question, pairs)

    def _options(self, element: dict[str, Any]) -> tuple[tuple[Option, ...], Pairs]:
        list_name, taken = str(element.get("list_name", "")), set[str]()
        options, pairs = [], []
        for choice in element["choices"]:
            old = str(choice.get("name", ""))
            row = self.workbook.choice_rows.get((list_name, old))
            key = key_for(old, taken, "option")
            taken.add(key)
            if key != old and not old[:1].isdigit():
                self._note_choice(row, "name", "choice_name", f"{old} → {key}")
            if choice.get("media"):
                self._note_choice(row, "media", "media", old)
            text = self.texts.words(choice.get("label"), "choices", row) or {self.texts.default: old}
            options.append(Option(key, text))
            pairs.append((old, key))
        return tuple(options), tuple(pairs)

    def _asks_for_other(self, element: dict[str, Any], name: str) -> bool:
        """pyxform turns `or_other` into an answer “other” and a question of its own; ours has both in one."""
        survey_row = self.workbook.types.get(name, "")
        if not re.search(r"\bor[_ ](specify[_ ])?other\b", survey_row):
            return False
        self.open_others[f"{name}_other"] = name
        return True

    def _range(self, element: dict[str, Any], name: str) -> Question:
        given = element.get("parameters") or {}
        low, high, step = (_decimal(given.get(k), d) for k, d in (("start", "0"), ("end", "10"), ("step", "1")))
        question = self._asked(element, "scale", name)
        whole = all(n == n.to_integral_value() for n in (low, high))
        if step == 1 and whole and 2 <= high - low + 1 <= MOST_POINTS:
            return replace(question, minimum=low, maximum=high)
        self._note(name, "parameters", "range_step", f"{low}–{high} / {step}")
        decimals = max(0, -int(step.as_tuple().exponent), -int(low.as_tuple().exponent))
        return replace(
            question, kind="number", minimum=min(low, high), maximum=max(low, high), decimals=min(decimals, DECIMALS)
        )

    def _finished(self, made: Made, element: dict[str, Any], name: str) -> Question:
        """With the rule for answers built in, or a line that it stayed behind."""
        rule = str((element.get("bind") or {}).get("constraint") or "").strip()
        if not rule:
            return made.question
        keys = dict(made.options)
        built = constrained(made.question, rule, lambda old: keys.get(old, old))
        if built is None:
            self._note(name, "constraint", "constraint", rule)
        return built or made.question

    def _leave_behind(self, element: dict[str, Any], name: str) -> None:
        bind = element.get("bind") or {}
        said = bind.get("jr:constraintMsg") or bind.get("jr:requiredMsg")
        if said:
            first = next(iter(said.values()), "") if isinstance(said, dict) else said
            self._note(name, "constraint_message", "constraint_message", str(first))
        for column, code, value in (
            ("media", "media", element.get("media")),
            ("default", "default", element.get("default")),
            ("trigger", "trigger", element.get("trigger")),
            ("calculation", "calculation", bind.get("calculate")),
        ):
            if value:
                self._note(name, column, code, str(value))

    def _required(self, element: dict[str, Any]) -> bool:
        given = str((element.get("bind") or {}).get("required") or "").strip()
        if given.casefold() in ("yes", "true", "true()"):
            return True
        if given and given.casefold() not in ("no", "false", "false()"):
            self._note(str(element.get("name", "")), "required", "required", given)
        return False

    def _label(self, element: dict[str, Any], name: str) -> dict[str, str]:
        label = self.texts.words(element.get("label"), "survey", self._row(name))
        if not label:
            self._note(name, "label", "no_label", name)
        return label or {self.texts.default: name}

    def _row(self, name: str) -> int | None:
        return self.workbook.row(name)

    def _note(self, name: str, column: str, code: str, detail: Any) -> None:
        self.left.append(Left("survey", self._row(name), column, code, short(detail)))

    def _note_choice(self, row: int | None, column: str, code: str, detail: str) -> None:
        left = Left("choices", row, column, code, short(detail))
        if left not in self.left:
            self.left.append(left)


def _appearance(element: dict[str, Any]) -> str:
    return str((element.get("control") or {}).get("appearance") or "")


def _decimal(value: Any, default: str) -> Decimal:
    try:
        number = Decimal(str(value if value not in (None, "") else default))
    except InvalidOperation:
        return Decimal(default)
    return number if number.is_finite() and abs(number) < 10**9 else Decimal(default)
