"""Braille for embossers and displays (BRF): 40 cells by 25 lines, headings and lists as transcribers set them.

Layout after the guidance of UKAAF and BANA: the first heading centred, the next centred too, lower ones from cell 5; paragraphs
begin in cell 3; items run over in cell 3; no word is divided; the page's number stands at the end of its last line, and no
heading stands last on a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from civic.formats.making import louis
from civic.formats.making.cells import grade_1, to_brf
from civic.formats.making.lines import Line, lines_of
from civic.formats.making.source import Made, NotMade, Source

CELLS, LINES = 40, 25
VERSION = 1
SPACE = "⠀"


@dataclass(frozen=True)
class Row:
    """One line of a page; a `bound` one never stands last on it."""

    cells: str
    bound: bool = False


def is_offered(language: str) -> bool:
    """Whether this machine has a table for the language: liblouis's, or our own for English."""
    return bool(louis.table_of(language)) or language.split("-")[0] == "en"


def is_contracted(language: str) -> bool:
    """Whether what is made is contracted."""
    return language.split("-")[0] in louis.CONTRACTED and bool(louis.table_of(language))


def cells_of(text: str, language: str) -> str:
    """A text in Unicode Braille; raises NotMade where nothing here knows the language's letters."""
    words = " ".join(text.split())
    found = louis.cells(words, language)
    if found is None and language.split("-")[0] == "en":
        found = grade_1(words)
    if found is None:
        raise NotMade("tool")
    return found


def make(source: Source) -> Made:
    """A BRF file; its length is in pages of Braille."""
    pages = list(_pages(_rows(lines_of(source.reading), source.reading.language)))
    numbered = [_numbered(page, number, source.reading.language) for number, page in enumerate(pages, 1)]
    text = "\f".join("".join(f"{to_brf(row).rstrip()}\r\n" for row in page) for page in numbered)
    return Made(f"{text}\f".encode("ascii"), len(pages))


def _rows(lines: list[Line], own: str) -> Iterator[Row]:
    for line in lines:
        language = line.language if is_offered(line.language) else own
        yield from _SHAPES[line.kind](line, language)


def _title(line: Line, language: str) -> Iterator[Row]:
    yield from _centred(line, language)
    yield Row("")


def _heading(line: Line, language: str) -> Iterator[Row]:
    yield Row("")
    if line.level <= 2:
        yield from _centred(line, language)
    else:
        indent = 4 if line.level == 3 else 6
        yield from (Row(row, True) for row in fold(cells_of(line.text, language), indent, indent))


def _centred(line: Line, language: str) -> Iterator[Row]:
    for row in fold(cells_of(line.text, language), 0, 0, CELLS - 6):
        yield Row(SPACE * ((CELLS - len(row)) // 2) + row, True)


def _text(line: Line, language: str) -> Iterator[Row]:
    yield from map(Row, fold(cells_of(line.text, language), 2, 0))


def _item(line: Line, language: str) -> Iterator[Row]:
    indent = 2 * max(0, line.level - 1)
    lead = "" if line.lead in ("", "•") else f"{line.lead} "
    yield from map(Row, fold(cells_of(lead + line.text, language), indent, indent + 2))


def _question(line: Line, language: str) -> Iterator[Row]:
    yield Row("")
    yield from (Row(row, True) for row in fold(cells_of(f"{line.lead} {line.text}", language), 0, 2))


def _answer(line: Line, language: str) -> Iterator[Row]:
    yield from map(Row, fold(cells_of(f"{line.lead} {line.text}", language), 2, 4))


def _writing(line: Line, language: str) -> Iterator[Row]:
    yield from map(
        Row,
        fold(cells_of(_("Write your answer on a sheet of its own, with the number of the question."), language), 2, 0),
    )


_SHAPES = {
    "title": _title, "heading": _heading, "text": _text, "note": _text, "item": _item, "question": _question,
    "answer": _answer, "writing": _writing,
}  # fmt: skip


def fold(cells: str, first: int, rest: int, width: int = CELLS) -> list[str]:
    """Braille in rows of `width` cells, the first and the others indented; what is longer than a row goes on in the next."""
    rows: list[str] = []
    row, empty = SPACE * first, True
    for word in cells.split(SPACE):
        if not word:
            continue
        if not empty and len(row) + 1 + len(word) > width:
            rows.append(row)
            row, empty = SPACE * rest, True
        row, empty = (row if empty else row + SPACE) + word, False
        while len(row) > width:
            rows.append(row[:width])
            row = SPACE * rest + row[width:]
    return [*rows, row] if not empty else rows


def _pages(rows: Iterator[Row]) -> Iterator[list[str]]:
    page: list[Row] = []
    for row in rows:
        if not page and not row.cells:
            continue
        page.append(row)
        if len(page) < LINES - 1:
            continue
        kept = len(page)
        while kept and (page[kept - 1].bound or not page[kept - 1].cells):
            kept -= 1
        kept = kept or len(page)  # a heading longer than a page stands where it can
        yield [each.cells for each in page[:kept]]
        page = [each for at, each in enumerate(page[kept:]) if at or each.cells]
    if page:
        yield [each.cells for each in page]


def _numbered(page: list[str], number: int, language: str) -> list[str]:
    last = cells_of(str(number), language if is_offered(language) else "en")
    return [*page, *[""] * (LINES - 1 - len(page)), SPACE * (CELLS - len(last)) + last]
