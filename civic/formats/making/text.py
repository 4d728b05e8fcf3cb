"""Plain text: for any device there is, with headings underlined so that they can be found."""

from textwrap import wrap

from civic.formats.making.lines import Line, lines_of
from civic.formats.making.source import Made, Source

WIDTH = 72  # columns, as mail has them
LISTED = ("item", "answer")  # what follows its like without a line between
VERSION = 1


def make(source: Source) -> Made:
    """UTF-8 with a mark at its beginning, so that every editor reads it rightly, and line ends that every system knows."""
    written: list[str] = []
    before = ""
    for line in lines_of(source.reading):
        if before and not (line.kind == before and line.kind in LISTED):
            written.append("")
        written.append(_written(line))
        before = line.kind
    text = "\n".join(written)
    return Made(f"\ufeff{text}\n".replace("\n", "\r\n").encode())


def _written(line: Line) -> str:
    if line.kind in ("title", "heading"):
        return f"{line.text}\n{('=' if line.level <= 2 else '-') * min(len(line.text), WIDTH)}"
    if line.kind == "question":
        return _folded(line.text, f"{line.lead}. ", "    ")
    if line.kind == "answer":
        return _folded(line.text, f"  {line.lead}) ", "     ")
    if line.kind == "item":
        space = "  " * max(0, line.level - 1)
        lead = f"{line.lead} " if line.lead else "- " if not line.level else "  "
        return _folded(line.text, space + lead, space + "  ")
    if line.kind == "writing":
        return "\n".join("_" * 40 for _number in range(min(line.level, 6)))
    return _folded(line.text, "", "")


def _folded(text: str, first: str, rest: str) -> str:
    folded = wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(folded)
