"""What can be read of a thing, apart from how its page looks: the source of every other format (large print, Braille, speech, EPUB).

A package says in its manifest what can be read (`Readable`); `read` makes a Reading in one language, in the order of reading aloud.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 stands right below the title."""

    text: str
    level: int = 2
    language: str = ""  # where it differs from the reading's


@dataclass(frozen=True)
class Prose:
    """What people wrote, as Markdown; its own headings go below the heading before it."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what it is: "Closes", "12 December 2026"."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Figures; the first cell of each row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sentence: str = ""  # what it says, in one sentence; what is read where a table cannot be


@dataclass(frozen=True)
class Picture:
    """A public picture by its key (core/files.py), with what it shows in words."""

    key: str
    alt: str
    language: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer that can be chosen, with the short code that stands beside it on paper."""

    code: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question of a form: its number and text, the answers to choose from, or how many lines there are to write on."""

    code: str
    text: str
    hint: str = ""
    instruction: str = ""  # "Tick one box", "Number them from 1"
    condition: str = ""  # "Only if you answered Yes to question 3"
    answers: tuple[Answer, ...] = ()
    lines: int = 0
    many: bool = False


Block = Heading | Prose | Facts | Table | Picture | Question


@dataclass(frozen=True)
class Reading:
    """A thing in one language, as it can be read from beginning to end."""

    title: str
    language: str
    blocks: tuple[Block, ...]
    url: str  # where it stands on the site, whole
    summary: str = ""
    kind: str = ""  # "Survey", "Campaign", in the reading's language
    closes_at: datetime | None = None
    complete: bool = True  # False where parts stand in another language because nobody has translated them yet


@dataclass(frozen=True)
class Readable:
    """A kind of thing that can be had in other formats, named by kind and number, "survey:3".

    `read` answers None where there is no such thing, or where not everybody may read it: formats are made of public things only.
    """

    kind: str
    label: Any
    read: Callable[[int, str], Reading | None]
    languages: Callable[[int], tuple[str, ...]]  # in which it exists, its own first
    url: Callable[[int], str]
    closes_at: Callable[[int], datetime | None] = field(default=lambda number: None)
