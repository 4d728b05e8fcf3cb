"""What could be better about a thing before others read it: remarks that packages make to whoever writes or publishes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

GATE, ADVICE = "gate", "advice"


@dataclass(frozen=True)
class Remark:
    """One remark: by which rule, how grave, where. A "gate" holds back what staff publish until it is mended or overridden."""

    rule: str
    weight: str
    sentence: Any
    field: str = ""
    quoted: str = ""  # the words it is about
    language: str = ""
    url: str = ""  # where it is mended, where that is not the page on which the thing is changed


@dataclass(frozen=True)
class Adviser:
    """A package's remarks about a thing of another by its name, "consultation:3" (missing translations, missing formats)."""

    key: str
    advise: Callable[[str], list[Remark]]


@dataclass(frozen=True)
class Text:
    """One text of a thing, as it is checked: which field, what its label is, and whether it may hold Markdown."""

    field: str
    label: Any
    text: str
    language: str
    markdown: bool = True
    url: str = ""  # where it is changed, where a thing is written on several pages
    is_alt: bool = False  # the words that stand for a picture
    pictures: bool = False  # whether pictures of our own are drawn in it


@dataclass(frozen=True)
class Film:
    """A film of a thing: whether everybody can follow it."""

    field: str
    label: Any
    has_captions: bool
    has_transcript: bool
    url: str = ""


@dataclass(frozen=True)
class Checked:
    """A kind of thing whose texts are checked while they are written: "campaign" and the like; `texts` takes its number.

    Where there is no such thing there are no texts, and `may_edit` says no.
    """

    kind: str
    texts: Callable[[int], list[Text]]
    by_staff: bool  # whether remarks can hold it back (staff) or only advise (residents)
    edit_url: Callable[[int], str]
    may_edit: Callable[[int], bool]
    title: Callable[[int], Any] = lambda number: ""  # what it is called, as Words
    films: Callable[[int], list[Film]] = lambda number: []
