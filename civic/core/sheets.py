"""Files for spreadsheets: CSV that opens in every alphabet and that no program takes for formulas."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets read Polish and Arabic as another alphabet
# Wide signs and what nobody sees before a sign count too: some spreadsheets fold the one and skip the other.
_UNSEEN, _WIDE = r"\s\x00\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff", r"\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(rf"^[{_UNSEEN}]*[=+\-@\t\r|%{_WIDE}]|[\r\n][=+\-@{_WIDE}]")
_NUMBER = re.compile(r"^-?[0-9]+(\.[0-9]+)?$")


def safe(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if cell is None else str(cell)
    return "'" + text if _FORMULA.search(text) and not _NUMBER.match(text) else text


def lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """CSV, a few lines at a time."""
    buffer = io.StringIO()
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    for number, row in enumerate(rows):
        writer.writerow([safe(cell) for cell in row])
        if number % 200 == 199:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
