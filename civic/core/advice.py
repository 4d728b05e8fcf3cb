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


@dataclass(frozen=True)
class Checked:
    """A kind of thing whose texts are checked while they are written: "campaign" and the like; `texts` takes its number."""

    kind: str
    texts: Callable[[int], list[Text]]
    by_staff: bool  # whether remarks can hold it back (staff) or only advise (residents)
    edit_url: Callable[[int], str]
    may_edit: Callable[[int], bool]
