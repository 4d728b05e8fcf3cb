"""Which texts of a thing can be translated, as its package declares them, and the translations that stand in their place on a page.

civic/translation keeps translations. A view asks it once for all the texts that its page shows (`lay`); from then on whatever draws
one of those texts draws the translation, marked as what it is. What is not asked for is shown as it was written.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import g
from flask_babel import gettext as _
from markupsafe import Markup, escape


@dataclass(frozen=True)
class Source:
    """One text of a thing in the language in which it was written."""

    text: str
    language: str
    label: Any  # "Title", "Summary", for whoever translates it
    markdown: bool = False
    most: int | None = None  # characters that a translation may have


@dataclass(frozen=True)
class Texts:
    """A thing as whoever translates it sees it: what it is called, where it stands, and its texts by their fields, in reading order."""

    title: str
    language: str
    url: str
    sources: Mapping[str, Source] = field(default_factory=dict)
    is_public: bool = True  # whether anybody may read it, and so suggest a translation


@dataclass(frozen=True)
class Translatable:
    """A kind of thing with texts that can be translated, named by kind and number, "consultation:3".

    `load` leaves out what nobody but its writers may read. Where the thing keeps translations itself (a survey keeps them in its
    questionnaire), `held` tells them, `write` keeps them and `edit_url` is where that is done by hand.
    """

    kind: str
    label: Any
    load: Callable[[Iterable[int]], Mapping[int, Texts]]
    # What a translator may work on: numbers below the given one, newest first, at most so many.
    choices: Callable[[int | None, int], list[int]]
    write: Callable[[int, str, Mapping[str, str]], None] | None = None
    held: Callable[[int, str], Mapping[str, str]] | None = None
    edit_url: Callable[[int, str], str] | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """What stands on a page in place of a text: its translation into the reader's language."""

    text: str
    language: str
    is_machine: bool = False
    is_stale: bool = False

    def __html__(self) -> str:
        """The words, and whether a machine made them, which is never left out."""
        return str(escape(self.text) + self.mark)

    @property
    def note(self) -> Markup:
        """Below a longer text: that a machine made it, and that the original moved on since."""
        told = [
            *(
                [_("Machine translation. No person has translated this, and it may be wrong.")]
                if self.is_machine
                else []
            ),
            *([_("The original has changed since this was translated.")] if self.is_stale else []),
        ]
        return Markup('<p class="govuk-body-s civic-stale">{}</p>').format(" ".join(told)) if told else Markup("")

    @property
    def mark(self) -> Markup:
        """That a machine made it; nothing where people did."""
        if not self.is_machine:
            return Markup("")
        return Markup(' <span class="civic-by-machine">({})</span>').format(_("machine translation"))


def laid_over(text: str, language: str, reader: str) -> Laid | None:
    """What stands in place of this text on the present page; nothing where it is shown as it was written."""
    if language == reader:
        return None
    try:
        found: Laid | None = g.laid.get((language, text))
    except (AttributeError, RuntimeError):  # nobody asked for any on this page, or there is no page
        return None
    return found


def laid_tag() -> tuple[Any, ...]:
    """What the translations on this page are known by: a part of the key of whatever is kept with them."""
    found: tuple[Any, ...] = g.get("laid_tag", ())
    return found
