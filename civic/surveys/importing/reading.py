"""Reading an XLSForm by pyxform's own parser, and remembering in which row everything stood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from civic.surveys.importing.report import Left, Unreadable
from civic.surveys.importing.safety import checked

LONGEST_DETAIL = 240


@dataclass(frozen=True)
class Workbook:
    """What the parser read, where each name and choice stood, each name's type as typed, and its warnings."""

    form: dict[str, Any]
    rows: dict[str, int]
    types: dict[str, str]
    choice_rows: dict[tuple[str, str], int]
    warnings: tuple[Left, ...]

    def row(self, name: str) -> int | None:
        """The row of the survey sheet in which this name stands."""
        if name in self.rows:
            return self.rows[name]
        found = re.fullmatch(r"generated_(?:note|table_list)_name_([0-9]+)", name)
        return int(found[1]) if found else None


def read_workbook(data: bytes) -> Workbook:
    """Read an XLSForm; raises Unreadable, whatever is wrong with the file."""
    data = checked(data)
    # pyxform takes half a second to load and is needed only here.
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    warnings: list[str] = []
    try:
        book = get_xlsform(data, file_type=".xlsx")
        if not book.survey:
            raise Unreadable("no_survey")
        rows, types = _named_rows(book.survey)
        form = workbook_to_json(book, form_name="survey", warnings=warnings)
    except Unreadable:
        raise
    except PyXFormError as error:
        raise _invalid(str(error)) from error
    except Exception as error:  # a mutated workbook can break the parser anywhere: nothing is imported then
        raise Unreadable("broken") from error
    choices = book.choices or []
    return Workbook(
        form,
        rows,
        types,
        _choice_rows(choices),
        tuple(_warning(text) for text in warnings[:50]),
    )


def short(text: Any) -> str:
    """A detail for a report: one line, not too long."""
    words = " ".join(str(text).split())
    return words if len(words) <= LONGEST_DETAIL else words[: LONGEST_DETAIL - 1] + "…"


def _named_rows(survey: Any) -> tuple[dict[str, int], dict[str, str]]:
    """For every name on the survey sheet: its row, and its type as typed."""
    rows: dict[str, int] = {}
    types: dict[str, str] = {}
    for row, cells in enumerate(survey, 2):
        cells = {str(column).strip().casefold(): str(value).strip() for column, value in cells.items()}
        name = cells.get("name") or cells.get("value")
        if name and name not in rows:
            rows[name] = row
            types[name] = cells.get("type") or cells.get("command") or ""
    return rows, types


def _choice_rows(choices: Any) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row, cells in enumerate(choices, 2):
        cells = {str(column).strip().casefold().replace(" ", "_"): value for column, value in cells.items()}
        list_name, name = cells.get("list_name"), cells.get("name", cells.get("value"))
        if list_name and name is not None:
            found.setdefault((str(list_name).strip(), str(name).strip()), row)
    return found


def _invalid(message: str) -> Unreadable:
    row, sheet = _place(message)
    if "was not recognized as a supported type" in message:
        return Unreadable("broken")
    code = "no_survey" if re.search(r"must have a sheet named", message, re.IGNORECASE) else "invalid"
    return Unreadable(code, row=row, sheet=sheet, detail=short(message) if code == "invalid" else "")


def _warning(message: str) -> Left:
    row, sheet = _place(message)
    return Left(sheet or "survey", row, "", "warning", short(message))


def _place(message: str) -> tuple[int | None, str]:
    row = re.search(r"\[row\s*:\s*([0-9]{1,7})\]", message)
    sheet = re.search(r"\b(survey|choices|settings)\b", message)
    return int(row[1]) if row else None, sheet[1] if sheet else ""
