"""The words of an XLSForm: which languages it speaks, and each label cleaned of what was meant for other programs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from civic.core.i18n import LANGUAGES
from civic.surveys.importing.names import language_code
from civic.surveys.importing.reading import short
from civic.surveys.importing.report import Left
from civic.surveys.rules.answers import clean_text

LONGEST = 4000
_REFERENCE = re.compile(r"\$\{[^}]{1,200}\}")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1", re.DOTALL)
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)


class Texts:
    """Turns labels of the file into texts by language code."""

    def __init__(self, form: dict[str, Any], left: list[Left]) -> None:
        self.left = left
        self.codes: dict[str, str | None] = {}
        names = list(dict.fromkeys(_languages(form)))
        default = str(form.get("default_language") or "default")
        self.default = (language_code(default) if default != "default" else None) or self._guess(names)
        for name in names:
            self.codes[name] = self.default if name == "default" else language_code(name)
            if self.codes[name] is None:
                left.append(Left("survey", 1, "label", "language", short(name)))
            elif self.codes[name] not in LANGUAGES:
                left.append(Left("survey", 1, "label", "language_not_offered", short(name)))
        found = [code for code in self.codes.values() if code]
        self.languages = list(dict.fromkeys([self.default, *found]))

    def _guess(self, names: list[str]) -> str:
        """The language it was written in, where it does not say: English if it has it, else the first it has."""
        codes = [code for name in names if name != "default" and (code := language_code(name))]
        return "en" if not codes or "en" in codes or "default" in names else codes[0]

    def words(self, label: Any, sheet: str, row: int | None, column: str = "label") -> dict[str, str]:
        """A label as a text by language."""
        said = label if isinstance(label, dict) else {"default": label} if label not in (None, "") else {}
        text: dict[str, str] = {}
        for name, words in said.items():
            code = self.default if name == "default" else self.codes.get(name) or language_code(str(name))
            if code and words not in (None, ""):
                text.setdefault(code, self.clean(str(words), sheet, row, column))
        if text and not text.get(self.default):
            text = {self.default: next(iter(text.values())), **text}
        return {code: words for code, words in text.items() if words}

    def clean(self, words: str, sheet: str, row: int | None, column: str) -> str:
        """Plain words: no mark-up of other programs, no references, no characters that cannot be kept."""
        if _REFERENCE.search(words):
            self.left.append(Left(sheet, row, column, "piping", short(words)))
            words = _REFERENCE.sub("…", words)
        words = _HEADING.sub("", _EMPHASIS.sub(r"\2", _TAG.sub("", words)))
        return clean_text(words.replace("\x00", "").encode("utf-8", "ignore").decode())[:LONGEST]


def _languages(form: dict[str, Any]) -> Iterator[str]:
    """Every language named by a label or hint, in the order met."""
    todo = [form]
    while todo:
        element = todo.pop(0)
        for column in ("label", "hint"):
            if isinstance(element.get(column), dict):
                yield from (str(name) for name in element[column])
        for children in ("children", "choices"):
            if isinstance(element.get(children), list):
                todo.extend(child for child in element[children] if isinstance(child, dict))
