"""From an XLSForm to a questionnaire of ours, and a line for everything that could not come along."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from civic.surveys.importing.elements import Elements
from civic.surveys.importing.expressions import NotCarried, NotUnderstood, Target, condition_from
from civic.surveys.importing.names import key_for
from civic.surveys.importing.reading import Workbook, read_workbook, short
from civic.surveys.importing.report import Imported, Left, Unreadable
from civic.surveys.importing.texts import Texts
from civic.surveys.rules.conditions import All, Condition
from civic.surveys.rules.faults import MOST_QUESTIONS, faults
from civic.surveys.rules.questionnaire import Question, Questionnaire, Section

CONDITION_FAULTS = {
    "asks_itself", "unknown_question", "later_question", "circle", "comparison_does_not_fit", "unknown_row", "row_needed",
    "impossible_value",
}  # fmt: skip
HARMLESS_FAULTS = {"too_few_options", "too_few_rows"}


@dataclass
class _Page:
    """A section being filled."""

    key: str
    title: dict[str, str]
    condition: Condition | None
    questions: list[Question]


def import_xlsform(data: bytes, *, name: str = "") -> Imported:
    """Read a whole XLSForm. Raises Unreadable when it cannot be read as a whole; otherwise nothing is lost in silence."""
    workbook = read_workbook(data)
    return _Import(workbook, name).run()


class _Import:
    def __init__(self, workbook: Workbook, name: str) -> None:
        self.workbook = workbook
        self.left: list[Left] = list(workbook.warnings)
        self.texts = Texts(workbook.form, self.left)
        self.targets: dict[str, Target] = {}
        self.taken: set[str] = set()
        self.pages: list[_Page] = []
        self.elements = Elements(workbook, self.texts, self.left)
        self.name = name

    def run(self) -> Imported:
        title = self.texts.words(self.workbook.form.get("title"), "settings", None) if self._has_title() else {}
        title = title or {self.texts.languages[0]: self.name or "Survey"}
        for child in self._table_groups(self.workbook.form.get("children", [])):
            self.element(child, None, None)
        sections = tuple(
            Section(page.key, page.title or title, {}, page.condition, tuple(page.questions))
            for page in self.pages
            if page.questions
        )
        questionnaire = self._without_broken_conditions(Questionnaire(tuple(self.texts.languages), sections))
        self._refuse(questionnaire)
        order = sorted(self.left, key=lambda left: (left.sheet != "survey", left.sheet, left.row or 0))
        return Imported(title, questionnaire, tuple(order))

    def _has_title(self) -> bool:
        return self.workbook.form.get("title") not in (None, "", "data", "survey")

    def _table_groups(self, children: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [child for child in children if isinstance(child, dict)]

    def element(self, element: dict[str, Any], page: _Page | None, condition: Condition | None) -> None:
        """Carry one element over, into `page`, or where that is None into a section of its own or the open one."""
        kind, name = str(element.get("type", "")), str(element.get("name", ""))
        if kind in ("group", "repeat"):
            if name == "meta":
                return
            if kind == "repeat":
                self.note(name, "type", "repeat", name)
            self.group(element, page, condition)
        elif kind == "loop":
            self.note(name, "type", "loop", name)
        else:
            self.question(element, page, condition)

    def group(self, element: dict[str, Any], page: _Page | None, outer: Condition | None) -> None:
        name = str(element.get("name", ""))
        own = self.condition(element)
        label = self.texts.words(element.get("label"), "survey", self.workbook.row(name))
        if self.elements.is_table(element):
            self.matrix(element, page, _both(outer, own), label)
            return
        if page is None:
            page = self.open_page(name, label, own)
            inner = None
        else:
            inner = _both(outer, own)
            if label:
                heading = Question(self.key(f"{name}_heading", "heading"), "information", label, show_if=inner)
                page.questions.append(heading)
        for child in self._table_groups(element.get("children", [])):
            self.element(child, page, inner)
        if page in self.pages and inner is None and outer is None:
            self.close_page(page)

    def open_page(self, name: str, title: dict[str, str], condition: Condition | None) -> _Page:
        page = _Page(self.key(name or "section", "section"), title, condition, [])
        self.pages.append(page)
        return page

    def close_page(self, page: _Page) -> None:
        """Questions after a group begin a new section."""
        self.pages.append(_Page("", {}, None, []))

    def loose_page(self) -> _Page:
        """The section for questions that stand outside every group."""
        if not self.pages or (not self.pages[-1].key and self.pages[-1].questions):
            self.open_page("questions", {}, None)
        page = self.pages[-1]
        if not page.key:
            page.key = self.key("questions", "section")
        return page

    def question(self, element: dict[str, Any], page: _Page | None, outer: Condition | None) -> None:
        made = self.elements.question(element)
        if made is None:
            return
        name = str(element["name"])
        if made.belongs_to_other is not None:
            return
        key = self.key(name, "question")
        if key != name and not name.startswith("generated_note"):
            self.note(name, "name", "name", f"{name} → {key}")
        question = replace(made.question, key=key, show_if=_both(outer, self.condition(element)))
        self.targets[name] = Target(key, question.kind, None, made.options)
        (page or self.loose_page()).questions.append(question)

    def matrix(
        self, element: dict[str, Any], page: _Page | None, condition: Condition | None, label: dict[str, str]
    ) -> None:
        name = str(element.get("name", ""))
        question, rows, options = self.elements.matrix(element, label)
        key = self.key(name, "question")
        for row_name, row_key in rows:
            self.targets[row_name] = Target(key, "matrix", row_key, options)
        (page or self.loose_page()).questions.append(replace(question, key=key, show_if=condition))

    def condition(self, element: dict[str, Any]) -> Condition | None:
        """The condition in `relevant`, or None with a line in the report."""
        expression = str((element.get("bind") or {}).get("relevant") or "").strip()
        if not expression:
            return None
        name = str(element.get("name", ""))
        try:
            return condition_from(expression, self.targets.get)
        except NotCarried:
            self.note(name, "relevant", "condition_on_missing", expression)
        except NotUnderstood:
            self.note(name, "relevant", "condition", expression)
        return None

    def key(self, name: str, fallback: str) -> str:
        key = key_for(name, self.taken, fallback)
        self.taken.add(key)
        return key

    def note(self, name: str, column: str, code: str, detail: str) -> None:
        self.left.append(Left("survey", self.workbook.row(name), column, code, short(detail)))

    def _without_broken_conditions(self, questionnaire: Questionnaire) -> Questionnaire:
        """Conditions that cannot be worked out here (on a later question, on a value that does not exist) are dropped."""
        broken = {fault.at for fault in faults(questionnaire) if fault.code in CONDITION_FAULTS}
        names = {target.question: name for name, target in self.targets.items()}

        def question(q: Question) -> Question:
            if q.key not in broken:
                return q
            self.note(names.get(q.key, q.key), "relevant", "condition", str(q.show_if and q.show_if.to_json()))
            return replace(q, show_if=None)

        def section(s: Section) -> Section:
            kept = s.show_if
            if s.key in broken:
                self.note(s.key, "relevant", "condition", str(s.show_if and s.show_if.to_json()))
                kept = None
            return replace(s, show_if=kept, questions=tuple(question(q) for q in s.questions))

        return replace(questionnaire, sections=tuple(section(s) for s in questionnaire.sections))

    def _refuse(self, questionnaire: Questionnaire) -> None:
        if not any(question.is_asked for question in questionnaire.questions()):
            raise Unreadable("nothing_asked")
        for fault in faults(questionnaire):
            if fault.code == "too_many_questions":
                raise Unreadable("too_many", detail=str(MOST_QUESTIONS))
            if fault.code not in HARMLESS_FAULTS:
                row = next(
                    (self.workbook.row(name) for name, t in self.targets.items() if t.question == fault.at), None
                )
                raise Unreadable("fault", row=row, sheet="survey", detail=f"{fault.at}: {re.sub('_', ' ', fault.code)}")


def _both(one: Condition | None, other: Condition | None) -> Condition | None:
    if one is None or other is None:
        return one or other
    return All((one, other))
