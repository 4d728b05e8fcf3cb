"""Things that can be had in other formats: found by kind and number, read in one of their languages."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from civic.core.db import db
from civic.core.files import StoredFile
from civic.core.i18n import speaking
from civic.core.reading import Readable, Reading
from civic.core.subjects import named
from civic.formats.making.markup import picture_keys


@dataclass(frozen=True)
class Thing:
    """Something public that can be read, with the languages it exists in, its own first."""

    readable: Readable
    number: int
    languages: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Its kind, as addresses have it."""
        return self.readable.kind

    @property
    def name(self) -> str:
        """ "survey:3"."""
        return named(self.kind, self.number)

    @property
    def url(self) -> str:
        """Its own page."""
        return self.readable.url(self.number)

    def read(self, language: str) -> Reading | None:
        """All of it in one of its languages, in which our own words are spoken too; None where it is gone."""
        if language not in self.languages:
            return None
        with speaking(language):
            return self.readable.read(self.number, language)


def thing(thing_kind: str, thing_id: int) -> Thing | None:
    """The public thing of this kind and number."""
    known: Readable | None = current_app.extensions["civic"].readables.get(thing_kind)
    if known is None or not 0 < thing_id < 2**62:
        return None
    languages = tuple(dict.fromkeys(known.languages(thing_id)))
    return Thing(known, thing_id, languages) if languages else None


def named_thing(name: str) -> Thing | None:
    """The public thing of this name."""
    kind, _, number = name.partition(":")
    return thing(kind, int(number)) if number.isdecimal() and len(number) < 16 else None


def pictures_of(reading: Reading) -> dict[str, bytes]:
    """The pictures of a reading by their keys, those that everybody may see."""
    keys = picture_keys(reading)
    if not keys:
        return {}
    wanted = select(StoredFile.key, StoredFile.data).where(StoredFile.key.in_(keys), StoredFile.is_public)
    found = dict(db.session.execute(wanted.where(StoredFile.media_type == "image/webp")).tuples().all())
    return {key: found[key] for key in keys if key in found}
