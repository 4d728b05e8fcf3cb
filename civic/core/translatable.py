"""Which texts of a thing can be translated: declared by its package, kept and shown by civic/translation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Source:
    """One text of a thing in the language in which it was written."""

    text: str
    language: str
    label: Any  # "Title", "Summary", for whoever translates it
    markdown: bool = False
    most: int | None = None  # characters that a translation may have


@dataclass(frozen=True)
class Translatable:
    """A kind of thing with texts that can be translated, by its name "consultation:3"; a field's name is its column's.

    `write` is given where the thing keeps translations itself (a survey keeps them in its questionnaire); otherwise they are kept
    in civic/translation and laid over the texts when they are shown.
    """

    kind: str
    label: Any
    sources: Callable[[int], Mapping[str, Source]]  # empty where there is no such thing
    title: Callable[[int], str]
    url: Callable[[int], str]
    may_see: Callable[[int], bool]
    choices: Callable[[], list[int]]  # what a translator may work on, newest first
    write: Callable[[int, str, Mapping[str, str]], None] | None = None
    held: Callable[[int, str], Mapping[str, str]] | None = None
