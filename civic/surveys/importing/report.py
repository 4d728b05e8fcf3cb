"""What an import says: the questionnaire it made, and line by line what it could not carry over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.surveys.rules.questionnaire import Questionnaire


class Unreadable(ValueError):
    """Nothing can be imported from this file; the code says why."""

    def __init__(self, code: str, *, row: int | None = None, sheet: str = "", detail: str = "") -> None:
        super().__init__(code)
        self.code, self.row, self.sheet, self.detail = code, row, sheet, detail


@dataclass(frozen=True)
class Left:
    """One thing that was left behind: where it stands in the file, and why."""

    sheet: str
    row: int | None
    column: str
    code: str
    detail: str = ""


@dataclass(frozen=True)
class Imported:
    """A questionnaire read from a file, its title by language, and what was left behind."""

    title: dict[str, str]
    questionnaire: Questionnaire
    left: tuple[Left, ...]


UNREADABLE: dict[str, Any] = {
    "empty": _l("The file is empty."),
    "too_large": _l("The file is too large. An XLSForm may have up to 4 MB."),
    "not_xlsx": _l("This is not an Excel workbook (.xlsx)."),
    "broken": _l("The workbook is damaged and cannot be read."),
    "expands": _l("The workbook unpacks to far more than a questionnaire can hold."),
    "unsafe": _l("The workbook has parts that a questionnaire never needs and that are not safe to open."),
    "too_wide": _l("A sheet has more than 256 columns."),
    "too_long": _l("A sheet has more than 6,000 rows."),
    "no_survey": _l("There is no sheet named “survey”."),
    "invalid": _l("The XLSForm has an error: %(detail)s"),
    "nothing_asked": _l("There is no question in this file that could be carried over."),
    "too_many": _l("The file has more than %(detail)s questions."),
    "fault": _l("The questionnaire cannot be built: %(detail)s"),
}
LEFT: dict[str, Any] = {
    "type": _l("Questions of the type “%(detail)s” do not exist here. It was left out."),
    "metadata": _l("“%(detail)s” is recorded by a device, not asked. It was left out."),
    "calculation": _l("Calculations are not carried over. “%(detail)s” was left out."),
    "repeat": _l("Repeated groups do not exist here. Its questions are asked once."),
    "loop": _l("Loops do not exist here. It was left out."),
    "condition": _l("This condition was not understood. The question is shown to everyone: %(detail)s"),
    "condition_on_missing": _l(
        "This condition uses something that was not carried over. Shown to everyone: %(detail)s"
    ),
    "constraint": _l("This rule for answers was not carried over: %(detail)s"),
    "constraint_message": _l("Our own error messages are used instead: %(detail)s"),
    "choice_filter": _l("All answers are offered, the filter was not carried over: %(detail)s"),
    "required": _l("“Required” depends on an expression. The question was made optional: %(detail)s"),
    "media": _l("Pictures, sound and video were not carried over: %(detail)s"),
    "default": _l("The answer filled in beforehand was not carried over: %(detail)s"),
    "piping": _l("Earlier answers cannot be inserted into the words. “…” stands in their place: %(detail)s"),
    "acknowledge": _l("An acknowledgement became a yes-or-no question."),
    "range_step": _l("The range goes in steps other than 1. It became a number question."),
    "no_label": _l("There are no words for the question. Its name stands in their place: %(detail)s"),
    "choice_name": _l("The answer’s name in the data was changed to fit: %(detail)s"),
    "name": _l("The question’s name in the data was changed to fit: %(detail)s"),
    "language": _l("The language “%(detail)s” is not known. Its words were left out."),
    "language_not_offered": _l("The site does not speak “%(detail)s” yet. The words are kept but not shown."),
    "trigger": _l("Triggers are not carried over: %(detail)s"),
    "read_only": _l("Read-only questions do not exist here. It was left out."),
    "external_choices": _l("The answers stand in another file. The question was left out: %(detail)s"),
    "warning": _l("Note from the XLSForm reader: %(detail)s"),
}


def unreadable_sentence(error: Unreadable) -> str:
    """Why nothing was imported, for a person."""
    sentence = str(UNREADABLE[error.code])
    return sentence % {"detail": error.detail} if error.detail else sentence


def left_sentence(left: Left) -> str:
    """Why this was left behind, for a person."""
    return str(LEFT[left.code]) % {"detail": left.detail}
