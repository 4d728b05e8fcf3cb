"""Builders of formats: files that were made of things, and what people made by hand."""

from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage

from civic.core.db import db
from civic.core.files import keep_bytes
from civic.formats import rules
from civic.formats.actions import slots as actions
from civic.formats.kinds import FORMATS
from civic.formats.models import FormatFile, Slot
from civic.formats.queries.things import named_thing

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.500\nWe ask about your street.\n"
FRAME = b"\xff\xf3\x60\xc4" + bytes(152)  # 48 kbit/s at 22,050 Hz, one channel: 156 bytes for 576 samples


def upload(data: bytes, name: str) -> FileStorage:
    """A file as a form brings it."""
    return FileStorage(BytesIO(data), filename=name)


def picture() -> FileStorage:
    """A small picture as a form brings it."""
    out = BytesIO()
    Image.new("RGB", (80, 60), "seagreen").save(out, "PNG")
    return upload(out.getvalue(), "street.png")


def mp3(seconds: float = 3.0) -> bytes:
    """A sound of about so many seconds, of silent frames."""
    return FRAME * round(seconds * 22050 / 576)


class MakeFormats:
    """Formats of a survey unless another thing is named."""

    now: datetime

    def staff(self, *roles: str, **about: Any) -> Any:
        """A member of staff; the whole Make brings them."""
        raise NotImplementedError

    def format_file(
        self, about: str, key: str = "text", *, language: str = "en", status: str = "made", **facts: Any
    ) -> FormatFile:
        """A file that was made of a thing as it is now, is being made, or failed."""
        row = FormatFile(about=about, language=language, format=key, status=status, asked_at=self.now)
        if status == "made":
            thing = named_thing(about)
            reading = thing.read(language) if thing else None
            assert reading is not None, f"{about} cannot be read in {language}"
            wanted = FORMATS[key]
            file = keep_bytes(
                b"Words", name=wanted.file_name, media_type=wanted.media_type, is_public=False, now=self.now
            )
            row.file_id, row.made_at = file.id, self.now
            row.version = rules.version_of(reading.version, wanted.version)
        if status == "failed":
            row.fault = "time"
        for name, value in facts.items():
            setattr(row, name, value)
        db.session.add(row)
        db.session.flush()
        return row

    def slot(self, about: str, kind: str = "easy_read", *, status: str = "published", by: Any = None) -> Slot:
        """A version made by hand with all that belongs to it."""
        by = by or self.staff("researcher")
        slot = actions.start(about, kind, "en", by=by, now=self.now)
        if kind == "easy_read":
            actions.add_point(
                slot, picture(), text="This is about your street.", alt="A street with trees", now=self.now
            )
        else:
            is_sound = kind == "audio"
            actions.put_media(
                slot,
                media=upload(mp3(), "read.mp3") if is_sound else None,
                captions=None,
                captions_language="en",
                url="" if is_sound else "https://films.example.org/street",
                transcript="We ask about your street.",
                transcript_language="en",
                now=self.now,
            )
        if status == "published":
            actions.publish(slot, by=by, now=self.now)
        return slot

    def places_of_formats(self, about: str) -> dict[str, list[Any]]:
        """What stands in the addresses of formats of a public thing."""
        kind, number = about.split(":")
        failed = self.format_file(about, "epub", status="failed")
        self.format_file(about)
        published, draft = self.slot(about), self.slot(about, "audio", status="draft")
        return {
            "thing_kind": [kind],
            "thing_id": [int(number)],
            "tongue": ["en"],
            "format_key": ["text", "epub"],
            "slot_id": [published.id, draft.id],
            "point_id": [1],
            "file_id": [failed.id],
        }
