"""What readers see: the translations of everything on a page, asked for at once and laid over the originals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import g, request

from civic.core.clock import london_today
from civic.core.i18n import LANGUAGES, Words, current
from civic.core.translatable import Laid, Source
from civic.translation.queries.current import Current, in_sight
from civic.translation.rules.comparing import mark_of

Things = Mapping[str, Mapping[str, Source]]


@dataclass
class Around:
    """What is told about the translations on a page."""

    about: str = ""  # the thing that the page is about, where it is about one that is written in another language
    laid: list[tuple[Current, Source, bool]] = field(default_factory=list)  # with whether the original moved on
    from_languages: set[str] = field(default_factory=set)
    missing: int = 0
    is_original: bool = False  # the reader asked for the originals

    @property
    def stale(self) -> list[Source]:
        """The texts whose original says something else now."""
        return [source for _current, source, is_stale in self.laid if is_stale]

    @property
    def has_machine(self) -> bool:
        """Whether a machine made any of them."""
        return any(each.origin == "machine" for each, _source, _stale in self.laid)

    @property
    def makers(self) -> list[tuple[Current, date]]:
        """Who made and checked them, and on which day, each told once, the newest first."""
        found: dict[tuple[Any, ...], tuple[Current, date]] = {}
        for each, _source, _stale in reversed(self.laid):
            day = london_today(each.decided_at)
            found.setdefault((each.origin, each.by_id, each.decided_by_id, day), (each, day))
        return list(found.values())


def lay(things: Things, about: str = "") -> tuple[Any, ...]:
    """Show these things' texts in the reader's language on this page, where they are translated; at most one statement, and none
    where they are in that language already. What it answers belongs into the page's `etag()`; `about` names the thing that the
    page is about.

    `?original=1` shows everything as it was written.
    """
    reader = current().code
    foreign = {
        name: texts
        for name, sources in things.items()
        if (texts := {f: s for f, s in sources.items() if s.language != reader and s.text.strip()})
    }
    if not foreign or reader not in LANGUAGES:
        return ()
    around = _around()
    around.about = about if about in foreign else around.about
    around.from_languages |= {source.language for texts in foreign.values() for source in texts.values()}
    if request.args.get("original") == "1":
        around.is_original = True
        return ("original",)
    found = in_sight(foreign, reader)
    _put(found, foreign, around, reader)
    told = tuple(each.id for each in found)
    g.laid_tag = g.get("laid_tag", ()) + told
    return told


def said_in(thing: str, sources: Mapping[str, Source], language: str) -> dict[str, Words]:
    """The texts of a thing in a language, away from pages (large print, speech, letters): each translated where it is, else as it
    was written; one statement at most."""
    found = {name: Words(source.text, source.language) for name, source in sources.items()}
    if any(source.language != language for source in sources.values()):
        for each in in_sight([thing], language):
            if each.field in found:
                found[each.field] = Words(each.text, language)
    return found


def _put(found: Iterable[Current], foreign: Things, around: Around, reader: str) -> None:
    laid: dict[tuple[str, str], Laid] = g.setdefault("laid", {})
    done: set[str] = set()
    for each in found:
        source = foreign.get(each.thing, {}).get(each.field)
        if source is None:
            # A part that the view does not name (a cost, a milestone): where its very words are drawn, so is their translation.
            laid.setdefault((each.source_language, each.source_text), Laid(each.text, reader, each.origin == "machine"))
            continue
        is_stale = each.source_mark != mark_of(source.text)
        laid[(source.language, source.text)] = Laid(each.text, reader, each.origin == "machine", is_stale)
        around.laid.append((each, source, is_stale))
        if each.thing == around.about:
            done.add(each.field)
    around.missing = len(foreign.get(around.about, {}).keys() - done) or around.missing


def _around() -> Around:
    if "translations" not in g:
        g.translations = Around()
    found: Around = g.translations
    return found
