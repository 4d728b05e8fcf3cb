"""What a file of translations holds: one entry for each text in each language."""

import re
from typing import NamedTuple

MOST_BYTES, MOST_ENTRIES = 6_000_000, 5_000
# What XML 1.0 cannot hold; PO and CSV are spared the same, so that a text is the same in all three.
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
KEY = re.compile(r"([a-z_]{1,40}:[0-9]{1,15})/([A-Za-z][A-Za-z0-9_.-]{0,199})")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


class Unreadable(Exception):
    """The file is not what it should be."""


class Unsafe(Unreadable):
    """The file holds what no file of ours does: a document type, entities."""


class Entry(NamedTuple):
    """One text: of which thing, which field, in which language, what the original said and how it is said."""

    thing: str
    field: str
    language: str
    source: str
    text: str
    label: str = ""  # for whoever translates; nothing is made of it when it comes back
    source_language: str = "en"

    @property
    def key(self) -> str:
        """By what a file names it."""
        return f"{self.thing}/{self.field}"


def plain(text: str) -> str:
    """A text as files hold it: line breaks of one kind, without signs that XML has no place for."""
    return UNHELD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def split_key(key: str) -> tuple[str, str]:
    """The thing and the field that a file names; raises Unreadable."""
    found = KEY.fullmatch(key)
    if found is None:
        raise Unreadable(f"key {key[:80]!r}")
    return found[1], found[2]


def language(code: str) -> str:
    """A language code as a file tells it; raises Unreadable."""
    if not LANGUAGE.fullmatch(code):
        raise Unreadable(f"language {code[:20]!r}")
    return code
