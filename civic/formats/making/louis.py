"""liblouis, where the system has it: contracted Braille by the tables of each language's own authority.

Called by ctypes, one at a time: the library keeps its tables in memory that it does not guard.
"""

import ctypes
import threading
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger()
# What Debian and Ubuntu call the library and its tables; `scripts/braille` installs the same.
COMMAND = "apt-get install liblouis20 liblouis-data"
NAMES = ("liblouis.so.20", "liblouis.so", "liblouis.20.dylib", "liblouis.dylib")
FOLDERS = ("/usr/share/liblouis/tables", "/usr/local/share/liblouis/tables", "/opt/homebrew/share/liblouis/tables")
# For each language the table that its readers use most: contracted where that is what books are printed in.
TABLES = {
    "en": "en-ueb-g2.ctb", "pl": "Pl-Pl-g1.utb", "ar": "ar-ar-g1.utb", "cy": "cy-cy-g2.ctb", "es": "es-g1.ctb", "de": "de-g2.ctb",
    "pt": "pt-pt-g1.utb", "tr": "tr-g1.ctb", "ta": "ta-ta-g1.ctb", "gu": "gu-in-g1.utb", "hi": "hi-in-g1.utb",
    "uk": "uk.utb", "ru": "ru-litbrl.ctb",
}  # fmt: skip
CONTRACTED = frozenset({"en", "cy", "de"})
# dotsIO | ucBrl | noUndefined: answers in U+2800 and the following, and without codes for what the table does not know.
UNICODE_CELLS = 4 | 64 | 128
# What may stand for a sign that a table does not know.
INSTEAD = {
    "„": "“",
    "€": "EUR",
    "£": "GBP",
    "؟": "?",
    "،": ",",
    "؛": ";",
    "•": "",
    "№": "no.",
    "«": "“",
    "»": "”",
    "&": "+",
}
LONGEST = 2000  # characters in one piece
_one_at_a_time = threading.Lock()


@lru_cache(1)
def library() -> Any:
    """The library, or None where it is not here."""
    for name in NAMES:
        try:
            found = ctypes.CDLL(name)
            found.lou_setLogLevel(60000)  # it would write to the terminal what is wrong with a table
            return found
        except (OSError, AttributeError):
            continue
    return None


def version() -> str:
    """Which liblouis is here; empty where none is."""
    found = library()
    if found is None:
        return ""
    found.lou_version.restype = ctypes.c_char_p
    return str(found.lou_version().decode("ascii", "replace"))


@lru_cache(64)
def table_of(language: str) -> str:
    """The tables for a language as the library wants them named; empty where it has none or is not here."""
    name = TABLES.get(language.split("-")[0])
    if name is None or library() is None:
        return ""
    folder = next((Path(each) for each in FOLDERS if (Path(each) / name).is_file()), None)
    return f"{folder / 'unicode.dis'},{folder / name}" if folder and (folder / "unicode.dis").is_file() else ""


def cells(text: str, language: str) -> str | None:
    """A text as Unicode Braille, by the language's table; None where there is none or it refuses."""
    tables = table_of(language)
    if not tables:
        return None
    text = "".join(c if c == " " or _knows(tables, c) else _instead(tables, c) for c in text)
    parts = [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)] or [""]
    done = [_translate(part, tables, "lou_translateString", UNICODE_CELLS) for part in parts]
    return None if None in done else "".join(each or "" for each in done).replace(" ", "⠀")


def back(cells: str, language: str) -> str | None:
    """Unicode Braille as text again, to prove what was made."""
    tables = table_of(language)
    return _translate(cells, tables, "lou_backTranslateString", 0) if tables else None


@lru_cache(8192)
def _knows(tables: str, sign: str) -> bool:
    return bool(_translate(sign, tables, "lou_translateString", UNICODE_CELLS))


@lru_cache(2048)
def _instead(tables: str, sign: str) -> str:
    """The nearest that the table knows: the letter without its mark, or what the sign means; nothing for what nobody sees."""
    plain = INSTEAD.get(sign, "".join(c for c in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(c)))
    if unicodedata.category(sign)[0] in "CM" or not plain:
        return ""
    return "".join(c for c in plain if c != sign and _knows(tables, c)) or "?"


def _translate(text: str, tables: str, function: str, mode: int) -> str | None:
    found = library()
    wide = ctypes.c_uint32 if found.lou_charSize() == 4 else ctypes.c_uint16
    codes = [ord(character) for character in text if ord(character) < 0x10000 or wide is ctypes.c_uint32]
    room = 8 * len(codes) + 64
    given, made = (wide * (len(codes) + 1))(*codes), (wide * room)()
    given_length, made_length = ctypes.c_int(len(codes)), ctypes.c_int(room)
    with _one_at_a_time:
        went_well = getattr(found, function)(
            tables.encode(), given, ctypes.byref(given_length), made, ctypes.byref(made_length), None, None, mode
        )
    if not went_well:
        log.warning("braille.table_refused", tables=Path(tables.split(",")[-1]).name)
        return None
    return "".join(chr(made[at]) for at in range(made_length.value))
