"""Which tools this machine has for making formats, which it lacks, and the command that installs them."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core import pdf
from civic.formats.making import louis, speech


@dataclass(frozen=True)
class Tool:
    """One tool: what it is for, how to find out quickly whether it is here, and how to get it.

    `works` loads it and tells truly; it may take a second and is for the staff page alone.
    """

    key: str
    name: str
    makes: Any
    without: Any  # what is done without it
    command: str
    seems_here: Callable[[], bool]
    works: Callable[[], bool]
    version: Callable[[], str] = lambda: ""


def _pango() -> bool:
    """The libraries that WeasyPrint asks for; to import it takes a second, and a page must not wait for that."""
    if find_spec("weasyprint") is None:
        return False
    try:
        for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0"):
            ctypes.CDLL(name)
    except OSError:
        return pdf.is_available()  # other systems name them otherwise
    return True


TOOLS: dict[str, Tool] = {
    tool.key: tool
    for tool in (
        Tool("pango", "Pango", _l("Large print as PDF"), _l("Large print is not offered."), pdf.COMMAND, _pango, pdf.is_available),
        Tool(
            "voice", "eSpeak NG + LAME", _l("Audio, spoken by a synthetic voice"), _l("Audio is not offered."), speech.COMMAND,
            speech.is_available, speech.works,
        ),
        Tool(
            "louis", "liblouis", _l("Contracted Braille, and Braille in other languages than English"),
            _l("Braille is offered in English only, letter by letter (grade 1)."), louis.COMMAND,
            lambda: louis.library() is not None, lambda: bool(louis.table_of("en")), louis.version,
        ),
    )
}  # fmt: skip


@lru_cache(16)
def is_here(key: str) -> bool:
    """Whether a tool is here, found out once in the life of the process."""
    return TOOLS[key].seems_here()


def missing() -> list[Tool]:
    """The tools that this machine lacks."""
    return [tool for tool in TOOLS.values() if not is_here(tool.key)]
