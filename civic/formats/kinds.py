"""Which formats there are, for whom each is, and whether this machine can make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic.core.i18n import format_number
from civic.formats import tools
from civic.formats.making import braille, disc, epub, large_print, speech, text
from civic.formats.making.source import Made, NotMade, Source

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Format:
    """One format: its name in addresses, its words, and how it is made; `unit` says what its length counts."""

    key: str
    label: Any
    line: Any  # for whom it is, in one sentence
    extension: str
    media_type: str
    tool: str  # what must be here, by its name in civic/formats/tools.py; empty for nothing
    version: int  # rises when what is made changes for the same reading
    make: Callable[[Source], Made]
    offered: Callable[[str], bool]  # for a language
    unit: str = ""

    def is_here(self, language: str) -> bool:
        """Whether it can be made here in a language."""
        return (not self.tool or tools.is_here(self.tool)) and self.offered(language)

    def length_words(self, length: int) -> str:
        """ "12 pages", "4 minutes"; empty where nobody counts."""
        return LENGTHS[self.unit](length) if self.unit and length else ""

    @property
    def file_name(self) -> str:
        """Its name on a disc."""
        return f"{self.key}.{self.extension}"


def _pages(n: int) -> str:
    return ngettext("%(number)s page", "%(number)s pages", n, number=format_number(n))


def _cell_pages(n: int) -> str:
    return ngettext("%(number)s Braille page", "%(number)s Braille pages", n, number=format_number(n))


def _minutes(seconds: int) -> str:
    n = max(1, round(seconds / 60))
    return ngettext("%(number)s minute", "%(number)s minutes", n, number=format_number(n))


def _files(n: int) -> str:
    return ngettext("%(number)s file", "%(number)s files", n, number=format_number(n))


LENGTHS: dict[str, Callable[[int], str]] = {"pages": _pages, "cells": _cell_pages, "seconds": _minutes, "files": _files}


def size_words(size: int) -> str:
    """How large a file is: "340 kB", "1.2 MB"."""
    if size < MEGABYTE:
        return _("%(size)s kB", size=format_number(max(1, round(size / 1000))))
    return _("%(size)s MB", size=format_number(round(size / MEGABYTE, 1)))


def _anywhere(language: str) -> bool:
    return True


def _large(points: int, label: Any, line: Any) -> Format:
    make, offered = partial(large_print.make, points=points), large_print.is_offered
    return Format(
        f"large-print-{points}",
        label,
        line,
        "pdf",
        "application/pdf",
        "pango",
        large_print.VERSION,
        make,
        offered,
        "pages",
    )


def _disc(source: Source) -> Made:
    """All other formats that can be made here, one after the other; one that fails is left out."""
    files = []
    for each in FORMATS.values():
        if each.key == "disc" or not each.is_here(source.reading.language):
            continue
        try:
            made = each.make(source)
        except NotMade:
            continue
        note = ", ".join(words for words in (size_words(len(made.data)), each.length_words(made.length)) if words)
        files.append((each.file_name, str(each.label), note, made.data))
    return disc.make(source, files)


_ALL = (
    _large(18, _l("Large print, 18 point"), _l("A PDF for people who read larger letters, on paper or on a screen.")),
    _large(20, _l("Large print, 20 point"), _l("The same in larger letters.")),
    _large(24, _l("Giant print, 24 point"), _l("The same in the largest letters.")),
    Format(
        "audio", _l("Audio, spoken by a synthetic voice"), _l("An MP3 to listen to on a phone or a player."), "mp3",
        "audio/mpeg", "voice", speech.VERSION, speech.make, speech.is_offered, "seconds",
    ),
    Format(
        "braille", _l("Braille"), _l("A BRF file for Braille displays and embossers, 40 cells by 25 lines."), "brf",
        "text/plain", "", braille.VERSION, braille.make, braille.is_offered, "cells",
    ),
    Format(
        "epub", _l("EPUB book"), _l("For e-readers and reading programmes: choose your own letters and colours."), "epub",
        "application/epub+zip", "", epub.VERSION, epub.make, _anywhere,
    ),
    Format("text", _l("Plain text"), _l("For any device there is."), "txt", "text/plain", "", text.VERSION, text.make, _anywhere),
    Format(
        "disc", _l("Everything together (disc)"), _l("A zip file of all of these, with a page that opens them."),
        "zip", "application/zip", "", disc.VERSION, _disc, _anywhere, "files",
    ),
)  # fmt: skip
FORMATS: dict[str, Format] = {each.key: each for each in _ALL}


def replace_maker(known: Format, make: Callable[[Source], Made]) -> Format:
    """The same format made otherwise."""
    return replace(known, make=make)


@lru_cache(512)
def offered(language: str) -> tuple[Format, ...]:
    """The formats that can be made here in a language."""
    return tuple(each for each in FORMATS.values() if each.is_here(language))
