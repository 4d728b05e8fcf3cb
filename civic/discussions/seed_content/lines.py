"""How what is said in the demo is written down: a line each, with whom it answers and how many support it."""

from typing import NamedTuple


class Line(NamedTuple):
    """One comment; `answers` is the number of an earlier one in its thread, counted from 1."""

    text: str
    supports: int = 0
    answers: int | None = None
    language: str = "en"
    quotes: int | None = None
    role: str = ""  # of a member of staff who speaks officially
    is_answer: bool = False  # the official answer
    was: str = ""  # what it said before it was changed
    is_withdrawn: bool = False
    shown: str = "shown"
    broke: str = ""


class IdeaLine(NamedTuple):
    """One idea, what became of it, and what was said about it."""

    title: str
    text: str
    supports: int
    status: str = "open"
    reason: str = ""
    language: str = "en"
    answers: tuple[str, ...] = ()


class Planned(NamedTuple):
    """One thread; `crowd` more comments are put together from the sentences of its topic."""

    topic: str
    title: str
    text: str
    days: int  # so many days ago
    lines: tuple[Line, ...] = ()
    ideas: tuple[IdeaLine, ...] = ()
    kind: str = "discussion"
    language: str = "en"
    role: str = ""
    crowd: int = 0
    locked_why: str = ""
