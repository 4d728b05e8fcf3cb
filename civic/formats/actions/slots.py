"""Making by hand: Easy Read with its points, films and recordings; checked before everybody sees them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from civic.accounts.models import User
from civic.core import audit, files
from civic.core.captions import BadCaptions, read_captions, write_captions
from civic.core.db import db, locked
from civic.core.errors import CivicError, Conflict
from civic.core.files import FileRefused, StoredFile
from civic.core.sounds import film_seconds
from civic.core.states import advance
from civic.formats import rules
from civic.formats.models import Point, Slot
from civic.formats.queries import slots as queries
from civic.formats.words import LACKS, SIGN_LANGUAGE

MOST_POINTS = 60
CAPTION_FAULTS = {
    "header": _l("The captions must be a WebVTT file: its first line is WEBVTT."),
    "time": _l("Line %(line)s of the captions is not a time like 00:01.000 --> 00:04.000."),
    "order": _l("Line %(line)s of the captions begins before the one above it."),
    "empty": _l("The captions have no words."),
    "text": _l("The captions are not plain text in UTF-8."),
    "large": _l("The captions are too large: 512 kB at most."),
}


class Published(Conflict):
    """What everybody sees does not change under them."""

    sentence = _l("It is published. Take it back first, then change it.")


class Incomplete(CivicError):
    """Something is still missing."""

    status = 422

    def __init__(self, lacks: list[str]):
        super().__init__()
        self.sentence = LACKS[lacks[0]]


class TooMany(CivicError):
    """Enough is there."""

    sentence, status = _l("There are as many points as Easy Read can bear. Remove one first."), 422


def start(about: str, kind: str, language: str, *, by: User, now: datetime) -> Slot:
    """Begin a version of a thing; sign language has a language of its own."""
    spoken = SIGN_LANGUAGE if kind == "sign_language" else language
    slot = Slot(
        about=about, kind=kind, language=spoken, captions_language=language, transcript_language=language, author_id=by.id, created_at=now
    )  # fmt: skip
    db.session.add(slot)
    db.session.flush()
    audit.record("format.started", on=slot, by=by, now=now, after={"about": about, "kind": kind})
    return slot


def add_point(slot: Slot, picture: Any, *, text: str, alt: str, now: datetime) -> Point:
    """Add a point to an Easy Read version, at its end."""
    held = _draft(slot)
    there, last = db.session.execute(
        select(func.count(), func.max(Point.position)).where(Point.slot_id == held.id)
    ).one()
    if there >= MOST_POINTS:
        raise TooMany()
    if not picture:
        raise FileRefused(_l("Choose a picture that helps to understand the text."), "picture")
    file = files.keep_picture(picture, now=now, field="picture")
    point = Point(slot_id=held.id, position=0 if last is None else last + 1, text=text, alt=alt, picture_id=file.id)
    db.session.add(point)
    db.session.flush()
    return point


def remove_point(slot: Slot, point: Point) -> None:
    """Take a point away for good."""
    _draft(slot)
    old = point.picture_id
    db.session.delete(point)
    db.session.flush()
    _forget(old)


def move_up(slot: Slot, point: Point) -> None:
    """Let a point change places with the one before it; the first stays."""
    _draft(slot)
    points = list(queries.points_of(slot.id))
    at = next((place for place, each in enumerate(points) if each.id == point.id), 0)
    if at:
        points[at - 1], points[at] = points[at], points[at - 1]
    for place, each in enumerate(points):
        each.position = place
    db.session.flush()


def put_media(
    slot: Slot, *, media: Any, captions: Any, captions_language: str, url: str, transcript: str, transcript_language: str, now: datetime
) -> None:  # fmt: skip
    """Keep a film or recording with its captions and transcript; files left out (None) stay as they were. Raises FileRefused."""
    held = _draft(slot)
    old = [held.media_id, held.captions_id]
    if media:
        keep = files.keep_sound if held.kind == "audio" else files.keep_film
        held.media_id = keep(media, now=now, field="media").id
    elif url:
        held.media_id = held.captions_id = None
    if held.media_id is not None and url:
        raise FileRefused(_l("Give a film or the address of one, not both."), "url")
    held.url = url
    if captions:
        held.captions_id = _captions(captions, held.media_id, now).id
    held.captions_language, held.transcript, held.transcript_language = (
        captions_language,
        transcript,
        transcript_language,
    )
    db.session.flush()
    for file_id in old:
        if file_id is not None and file_id not in (held.media_id, held.captions_id):
            _forget(file_id)


def publish(slot: Slot, *, by: User, now: datetime) -> None:
    """Show it to everybody; raises Incomplete where something is missing that some cannot do without."""
    held = _held(slot)
    lacks = lacks_of(held)
    if lacks:
        raise Incomplete(lacks)
    held.published_at = now
    advance(held, "publish", by=by, now=now)
    audit.record("format.published", on=held, by=by, now=now, after={"about": held.about, "kind": held.kind})


def withdraw(slot: Slot, *, by: User, now: datetime) -> None:
    """Take it back, so that it can be changed."""
    held = _held(slot)
    held.published_at = None
    advance(held, "withdraw", by=by, now=now)
    audit.record("format.withdrawn", on=held, by=by, now=now, after={"about": held.about, "kind": held.kind})


def remove(slot: Slot, *, by: User, now: datetime) -> None:
    """Take a draft away for good, with all its files."""
    held = _draft(slot)
    audit.record("format.removed", on=held, by=by, now=now, before={"about": held.about, "kind": held.kind})
    pictures = list(db.session.scalars(select(Point.picture_id).where(Point.slot_id == held.id)))
    old = [each for each in (held.media_id, held.captions_id, *pictures) if each is not None]
    db.session.execute(delete(Point).where(Point.slot_id == held.id))
    db.session.delete(held)
    db.session.flush()
    for file_id in old:
        _forget(file_id)


def lacks_of(slot: Slot) -> list[str]:
    """What must still be there before it can be published."""
    return rules.lacks(
        slot.kind,
        points=queries.count_points(slot.id) if slot.kind == "easy_read" else 0,
        media=slot.media_id is not None,
        captions=slot.captions_id is not None,
        url=bool(slot.url),
        transcript=bool(slot.transcript),
    )


def _captions(upload: Any, media_id: int | None, now: datetime) -> StoredFile:
    try:
        cues = read_captions(upload.stream.read(1024 * 1024))
    except BadCaptions as bad:
        sentence = CAPTION_FAULTS[bad.fault]
        raise FileRefused(str(sentence) % {"line": bad.line}, "captions") from bad
    film = db.session.get(StoredFile, media_id) if media_id is not None else None
    if film is not None and not rules.covers(max(cue.end for cue in cues), film_seconds(film.data)):
        raise FileRefused(_l("The captions end long before the film does. Caption all of it."), "captions")
    return files.keep_bytes(write_captions(cues), name="captions.vtt", media_type="text/vtt", is_public=True, now=now)


def _held(slot: Slot) -> Slot:
    held: Slot = locked(Slot, slot.id)
    return held


def _draft(slot: Slot) -> Slot:
    held = _held(slot)
    if held.is_published:
        raise Published()
    return held


def _forget(file_id: int) -> None:
    db.session.execute(delete(StoredFile).where(StoredFile.id == file_id))
