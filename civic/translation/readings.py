"""Things that are read apart from their pages (core/reading.py), in the languages into which they are translated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select

from civic.core.db import db
from civic.core.i18n import LANGUAGES, Words
from civic.core.reading import Block, Facts, Heading, Picture, Prose, Reading, Said, Table
from civic.translation.models import Translation
from civic.translation.queries.current import in_sight

MACHINE = "machine"
"""What a machine made is always marked where it is read; a file of its own has no place for that, so it is left out."""
Find = Callable[[str, str], str | None]
"""What a text in a language says in the reading's; nothing where nobody has translated it, or the original has moved on."""


def languages_of(thing: str, own: str) -> tuple[str, ...]:
    """The language in which a thing was written, then those into which something of it is translated."""
    query = (
        select(Translation.language)
        .distinct()
        .where(
            Translation.thing == thing,
            Translation.status == "approved",
            Translation.shown == "shown",
            Translation.origin != MACHINE,
        )
    )
    found = set(db.session.scalars(query))
    return (own, *(code for code in LANGUAGES if code in found and code != own))


def in_language(reading: Reading, thing: str) -> Reading:
    """The same with everything that is translated; what is not stays as it was written, marked with its language."""
    if not reading.languages() - {reading.language}:
        return reading
    known = {
        (each.source_language, each.source_text.strip()): each.text
        for each in in_sight([thing], reading.language)
        if each.origin != MACHINE
    }

    def find(text: str, language: str) -> str | None:
        return None if language in ("", reading.language) else known.get((language, text.strip()))

    told = _titled(replace(reading, blocks=tuple(_block(each, find) for each in reading.blocks)), find)
    return replace(told, complete=told.languages() == {told.language})


def _titled(reading: Reading, find: Find) -> Reading:
    """Title and summary share a language; a summary that is not translated becomes the first paragraph."""
    title = find(reading.title, reading.title_language)
    if title is None:
        return reading
    summary = find(reading.summary, reading.title_language)
    if summary is None and reading.summary:
        first = Prose(reading.summary, reading.title_language, markdown=False)
        return replace(reading, title=title, title_language="", summary="", blocks=(first, *reading.blocks))
    return replace(reading, title=title, title_language="", summary=summary or "")


def _block(block: Block, find: Find) -> Block:
    if isinstance(block, Facts):
        return replace(block, pairs=tuple((name, _said(value, find)) for name, value in block.pairs))
    if isinstance(block, Table):
        rows = tuple(tuple(_said(cell, find) for cell in row) for row in block.rows)
        head = tuple(_said(cell, find) for cell in block.head)
        return replace(block, caption=_said(block.caption, find), head=head, rows=rows)
    if isinstance(block, Picture):
        alt = find(block.alt, block.language)
        return block if alt is None else replace(block, alt=alt, language="")
    if isinstance(block, Heading | Prose):
        text = find(block.text, block.language)
        return block if text is None else replace(block, text=text, language="")
    return block


def _said(said: Said, find: Find) -> Said:
    return (find(said.text, said.language) or said) if isinstance(said, Words) else said
