"""Files people give us: pictures are drawn anew before anybody sees them, evidence is only ever handed out as a download.

They stand in the database, so that a file and what it belongs to are kept or lost together, also in a back-up.
"""

import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask import Response, request, url_for
from flask_babel import lazy_gettext as _l
from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import CheckConstraint, LargeBinary, func, select
from sqlalchemy.orm import Mapped, deferred, mapped_column

from civic.core.db import Model, db, id_column
from civic.core.errors import CivicError
from civic.core.names import safe_filename
from civic.core.sounds import mp3_seconds

# What a picture becomes: its long side in pixels, by the name of the size.
SIZES = {"large": 1600, "small": 640}
MEGABYTE = 1024 * 1024
MAX_PICTURE = 8 * MEGABYTE
MAX_FILM = 40 * MEGABYTE
# What travels with a file in the same form: its other fields and the boundaries between them.
AROUND = MEGABYTE
MAX_PIXELS = 40_000_000
# The names under which public files are served, by what they are; no other name is an address.
SERVED_AS = {
    "image/webp": ("large.webp", "small.webp"),
    "video/mp4": ("film.mp4",),
    "video/webm": ("film.webm",),
    "text/vtt": ("captions.vtt",),
    "audio/mpeg": ("sound.mp3",),
}
DOCUMENTS = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
}


class FileRefused(CivicError):
    """A file that is not what it should be, too large, or cannot be read."""

    status = 422

    def __init__(self, sentence: Any, field: str | None = None):
        super().__init__()
        self.sentence, self.field = sentence, field


class StoredFile(Model):
    """One file: its bytes as we serve them, and the name it is downloaded under."""

    __tablename__ = "stored_file"
    id: Mapped[int] = id_column()
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes of `data`
    sha256: Mapped[str]
    width: Mapped[int | None]  # pixels
    height: Mapped[int | None]
    # Public files are served to anybody under their key; others only through the door of what they belong to.
    is_public: Mapped[bool]
    created_at: Mapped[datetime]
    data: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    small: Mapped[bytes | None] = deferred(mapped_column(LargeBinary, nullable=True))
    __table_args__ = (CheckConstraint("size > 0", name="size"),)


@dataclass(frozen=True)
class Drawn:
    """A picture drawn anew: two sizes, and how large the larger one is in pixels."""

    large: bytes
    small: bytes
    width: int
    height: int


def keep_picture(upload: Any, *, now: datetime, field: str | None = None) -> StoredFile:
    """Keep a picture for the public as WebP in two sizes, without whatever else the file held; raises FileRefused."""
    raw = _read(upload, MAX_PICTURE, field)
    drawn = redraw(raw, field)
    return _kept(
        name=safe_filename(upload.filename or "", "picture"),
        media_type="image/webp",
        data=drawn.large,
        small=drawn.small,
        width=drawn.width,
        height=drawn.height,
        is_public=True,
        now=now,
    )


def keep_document(upload: Any, *, now: datetime, field: str | None = None) -> StoredFile:
    """Keep a PDF, PNG or JPEG as private evidence, exactly as it came; raises FileRefused."""
    raw = _read(upload, MAX_PICTURE, field)
    media_type = next((kind for kind, starts in DOCUMENTS.items() if raw.startswith(starts)), None)
    if media_type is None:
        raise FileRefused(_l("Choose a PDF, PNG or JPEG file."), field)
    name = safe_filename(upload.filename or "", "document")
    return _kept(name=name, media_type=media_type, data=raw, is_public=False, now=now)


def keep_film(upload: Any, *, now: datetime, field: str | None = None) -> StoredFile:
    """Keep an MP4 or WebM film of at most 40 MB for the public, exactly as it came; raises FileRefused."""
    raw = _read(upload, MAX_FILM, field)
    media_type = film_type(raw)
    if media_type is None:
        raise FileRefused(_l("Choose a film: an MP4 or WebM file."), field)
    name = safe_filename(upload.filename or "", "film")
    return _kept(name=name, media_type=media_type, data=raw, is_public=True, now=now)


def keep_sound(upload: Any, *, now: datetime, field: str | None = None) -> StoredFile:
    """Keep an MP3 of at most 40 MB for the public, exactly as it came; raises FileRefused."""
    raw = _read(upload, MAX_FILM, field)
    if mp3_seconds(raw) <= 0:
        raise FileRefused(_l("Choose a sound file: an MP3."), field)
    name = safe_filename(upload.filename or "", "sound")
    return _kept(name=name, media_type="audio/mpeg", data=raw, is_public=True, now=now)


def keep_bytes(data: bytes, *, name: str, media_type: str, is_public: bool, now: datetime) -> StoredFile:
    """Keep bytes that our own code made or has checked."""
    return _kept(name=name, media_type=media_type, data=data, is_public=is_public, now=now)


def redraw(raw: bytes, field: str | None = None) -> Drawn:
    """Decode a JPEG, PNG or WebP picture and encode it anew, upright and within bounds; raises FileRefused."""
    refusal = FileRefused(_l("Choose a picture: a JPEG, PNG or WebP file."), field)
    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise FileRefused(_l("This picture has too many pixels. Make it smaller and try again."), field)
            upright = _upright(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as bad:
        raise refusal from bad
    sizes = {name: _encoded(upright, side) for name, side in SIZES.items()}
    (large, (width, height)), (small, _) = sizes["large"], sizes["small"]
    return Drawn(large, small, width, height)


def film_type(raw: bytes) -> str | None:
    """What kind of film these bytes are: their own structure says so, never the name they came with."""
    if raw[4:8] == b"ftyp":
        parts = set(_boxes(raw))
        return "video/mp4" if b"moov" in parts and b"mdat" in parts else None
    if raw.startswith(b"\x1a\x45\xdf\xa3") and b"\x42\x82\x84webm" in raw[:64]:
        return "video/webm"
    return None


def _boxes(raw: bytes) -> Iterator[bytes]:
    """The names of the outermost parts of an MP4 file, as long as their lengths lead from one to the next."""
    at, found = 0, 0
    while at + 8 <= len(raw) and found < 200_000:
        length, name = int.from_bytes(raw[at : at + 4]), raw[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(raw[at + 8 : at + 16])
        elif length == 0:
            length = len(raw) - at
        if length < 8 or at + length > len(raw):
            return
        yield name
        at, found = at + length, found + 1


def public_file(key: str) -> StoredFile | None:
    """A file that anybody may see, by its key."""
    return db.session.scalar(select(StoredFile).where(StoredFile.key == key, StoredFile.is_public))


def file_url(file: StoredFile, size: str = "large") -> str:
    """Where a public file is served; `size` is "large" or "small" for a picture."""
    names = SERVED_AS[file.media_type]
    name = names[1] if size == "small" and len(names) > 1 else names[0]
    return url_for("core.show_file", key=file.key, name=name)


def send_public(file: StoredFile, name: str) -> Response | None:
    """Hand out a public file under one of its names; its key never names other bytes, so it may be kept for a year.

    None where the file has no such name.
    """
    if name not in SERVED_AS.get(file.media_type, ()):
        return None
    if (wanted := _wanted_stretch(file)) is not None:
        answer = _stretch(file, *wanted)
    else:
        data = file.small if name.startswith("small") and file.small is not None else file.data
        answer = _answer(data, file.media_type)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def send_download(file: StoredFile, name: str) -> Response:
    """Hand out what our own code made of public things as a download under this name; how long it is kept, `etag()` says."""
    answer = _answer(file.data, file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def send_private(file: StoredFile) -> Response:
    """Hand out evidence as a download that no browser opens as a page and no cache keeps."""
    answer = _answer(file.data, file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _answer(data: bytes, media_type: str) -> Response:
    answer = _sealed(Response(data, mimetype=media_type))
    answer.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return answer


def _sealed(answer: Response) -> Response:
    """Whatever the bytes turn out to be, no browser runs them."""
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _wanted_stretch(file: StoredFile) -> tuple[int, int] | None:
    """The part of a film that was asked for, from its first byte to the one behind its last."""
    if not file.media_type.startswith(("video/", "audio/")) or request.range is None or "If-Range" in request.headers:
        return None
    return request.range.range_for_length(file.size)


def _stretch(file: StoredFile, start: int, stop: int) -> Response:
    """A part of a film, read from the database without the rest."""
    part = func.substring(StoredFile.data, start + 1, stop - start)
    data = db.session.scalar(select(part).where(StoredFile.id == file.id)) or b""
    answer = _sealed(Response(data, 206, mimetype=file.media_type))
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Range"] = f"bytes {start}-{start + len(data) - 1}/{file.size}"
    return answer


def _read(upload: Any, limit: int, field: str | None) -> bytes:
    raw: bytes = upload.stream.read(limit + 1)
    if not raw:
        raise FileRefused(_l("The file is empty. Choose another."), field)
    if len(raw) > limit:
        most = limit // MEGABYTE
        raise FileRefused(_l("The file is too large: %(most)d MB at most.", most=most), field)
    return raw


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as it is meant to be seen, no larger than we keep it, with white where it was transparent."""
    most = SIZES["large"]
    picture.draft("RGB", (most, most))  # a large JPEG is read at a fraction of its size
    if picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGBA")
    picture.thumbnail((most, most))
    upright: Image.Image = ImageOps.exif_transpose(picture)
    if upright.mode != "RGBA":
        return upright.convert("RGB")
    on_white = Image.new("RGBA", upright.size, "white")
    on_white.alpha_composite(upright)
    return on_white.convert("RGB")


def _encoded(picture: Image.Image, side: int) -> tuple[bytes, tuple[int, int]]:
    scaled = picture.copy()
    scaled.thumbnail((side, side))
    out = io.BytesIO()
    scaled.save(out, "WEBP", quality=80, method=4)
    return out.getvalue(), scaled.size


def _kept(*, data: bytes, now: datetime, **facts: Any) -> StoredFile:
    file = StoredFile(
        key=secrets.token_urlsafe(18),
        size=len(data),
        sha256=sha256(data).hexdigest(),
        data=data,
        created_at=now,
        **({"small": None, "width": None, "height": None} | facts),
    )
    db.session.add(file)
    db.session.flush()
    return file
