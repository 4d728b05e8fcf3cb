"""The fonts of PDF documents: unpacked once for all documents, and read for which shape stands for which letters."""

import io
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont, woff2

SINGLE, LIGATURE, ELSEWHERE = 1, 4, 7  # kinds of substitution, as OpenType numbers them


@lru_cache(16)
def unpacked(path: Path, modified: float) -> bytes:
    """A WOFF2 font as it was before it was packed; `modified` makes a new file a new font."""
    out = io.BytesIO()
    woff2.decompress(io.BytesIO(path.read_bytes()), out)
    return out.getvalue()


@lru_cache(32)
def letters_of(data: bytes, index: int = 0) -> dict[int, str]:
    """For each glyph of a font, by its number, the letters it draws: the font's own word, whatever it is drawn beside."""
    font = TTFont(io.BytesIO(data), fontNumber=max(index, 0), lazy=True)
    known: dict[str, str] = {}
    for code, name in sorted((font.getBestCmap() or {}).items()):
        known.setdefault(name, _plain(code))
    changes = list(_changes(font))
    while new := {to: text for to, text in _drawn(changes, known) if to not in known}:
        known |= new
    return {font.getGlyphID(name): text for name, text in known.items()}


def _plain(code: int) -> str:
    """A letter itself, where the code is that of its shape at the beginning, middle or end of a word."""
    letter = chr(code)
    is_shape = 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFF
    return unicodedata.normalize("NFKC", letter) if is_shape else letter


def _drawn(changes: list[tuple[tuple[str, ...], str]], known: dict[str, str]) -> Iterator[tuple[str, str]]:
    for parts, to in changes:
        if all(part in known for part in parts):
            yield to, "".join(known[part] for part in parts)


def _changes(font: TTFont) -> Iterator[tuple[tuple[str, ...], str]]:
    """Which glyphs the font replaces by which other one: shapes of a letter, figures of equal width, ligatures."""
    if "GSUB" not in font or font["GSUB"].table.LookupList is None:
        return
    for table in (table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable):
        change: Any = table.ExtSubTable if table.LookupType == ELSEWHERE else table
        if change.LookupType == SINGLE:
            yield from (((glyph,), to) for glyph, to in change.mapping.items())
        elif change.LookupType == LIGATURE:
            for first, ligatures in change.ligatures.items():
                yield from (((first, *each.Component), each.LigGlyph) for each in ligatures)
