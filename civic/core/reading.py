"""What can be read of a thing, apart from how its page looks: the source of every other format (large print, Braille, speech, EPUB).

A package says in its manifest what can be read (`Readable`); `read` makes a Reading in one language, in the order of reading aloud.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from civic.core.i18n import Words

# A text in the reading's language, or with the other language it is in.
Said = str | Words


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 stands right below the title."""

    text: str
    level: int = 2
    language: str = ""  # where it differs from the reading's


@dataclass(frozen=True)
class Prose:
    """What people wrote, as Markdown (its own headings go below the heading before it) or, with `markdown` off, as it stands."""

    text: str
    language: str = ""
    markdown: bool = True


@dataclass(frozen=True)
class Facts:
    """Pairs of a name and what it is: "Closes", "12 December 2026"."""

    pairs: tuple[tuple[str, Said], ...]


@dataclass(frozen=True)
class Table:
    """Figures; the first cell of each row names it."""

    caption: Said
    head: tuple[Said, ...]
    rows: tuple[tuple[Said, ...], ...]
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
    language: str = ""  # where it differs from the question's


@dataclass(frozen=True)
class Question:
    """A question of a form: its code and text, the answers to choose from, or how many lines there are to write on.

    `rows` are the statements of a matrix, each answered with one of the answers.
    """

    code: str
    text: str
    hint: str = ""
    instruction: str = ""  # "Tick one box", "Number them from 1"
    condition: str = ""  # "Only if you answered Yes to question 3"
    answers: tuple[Answer, ...] = ()
    lines: int = 0
    many: bool = False
    rows: tuple[Answer, ...] = ()
    language: str = ""  # of its text, hint and answers, where it differs from the reading's


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
    title_language: str = ""  # of the title and the summary, where it differs from the reading's

    @property
    def version(self) -> str:
        """Changes with anything that can be read, and with nothing else."""
        # A moment is the same whichever way its zone is written.
        closes = self.closes_at.timestamp() if self.closes_at else 0
        return blake2b(repr((replace(self, closes_at=None), closes)).encode(), digest_size=12).hexdigest()

    def languages(self) -> frozenset[str]:
        """Every language that something in it is in."""
        found = {self.language, self.title_language or self.language}
        for block in self.blocks:
            found.update(language for language in _languages_in(block) if language)
        return frozenset(found)

    def pictures(self) -> tuple[Picture, ...]:
        """Its pictures in their order."""
        return tuple(block for block in self.blocks if isinstance(block, Picture))


def plain(said: Said) -> str:
    """The text alone."""
    return said.text if isinstance(said, Words) else said


def tongue(said: Said, otherwise: str) -> str:
    """The language of a text."""
    return said.language if isinstance(said, Words) else otherwise


def _languages_in(block: Block) -> list[str]:
    if isinstance(block, Facts):
        return [tongue(value, "") for _name, value in block.pairs]
    if isinstance(block, Table):
        cells = [block.caption, *block.head, *(cell for row in block.rows for cell in row)]
        return [tongue(cell, "") for cell in cells]
    if isinstance(block, Question):
        return [block.language, *(answer.language for answer in (*block.answers, *block.rows))]
    return [block.language]


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
