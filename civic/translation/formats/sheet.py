"""CSV, for whoever translates in a spreadsheet: no cell is taken for a formula, and what was guarded comes back bare."""

import csv
import io
from collections.abc import Sequence

from civic.core.sheets import BYTE_ORDER_MARK, safe
from civic.translation.formats.entries import Entry, Unreadable, language, plain, split_key

COLUMNS = ("text", "language", "label", "source", "translation")
"""The names in the first line; the same in every language, so that programs can rely on them."""


def write(entries: Sequence[Entry], into: str, name: str) -> bytes:
    """The entries as a file."""
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for each in entries:
        cells = (each.key, each.language, each.label, plain(each.source), plain(each.text))
        writer.writerow([guarded(cell) for cell in cells])
    return out.getvalue().encode()


def read(data: bytes) -> list[Entry]:
    """The entries of a file, whether commas or semicolons part its cells; raises Unreadable."""
    try:
        text = data.decode("utf-8-sig")
        first = text.split("\n", 1)[0]
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > 3 else ","))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(str(error)[:200]) from error
    if not rows:
        raise Unreadable("no rows")
    found = []
    for row in rows:
        if any(not isinstance(row.get(name), str) for name in COLUMNS):
            raise Unreadable("columns")
        if not row["text"] and not row["translation"]:
            continue  # an empty line at the end
        thing, field = split_key(row["text"].strip())
        found.append(
            Entry(thing, field, language(row["language"].strip()), bare(row["source"]), bare(row["translation"]))
        )
    return found


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; what begins with the guard itself is guarded too, so that it can be told apart."""
    return "'" + cell if cell.startswith("'") or safe(cell) != cell else cell


def bare(cell: str) -> str:
    """The cell without its guard."""
    rest = cell[1:]
    return plain(rest if cell.startswith("'") and guarded(rest) != rest else cell)
