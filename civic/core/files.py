"""Files people give us: pictures are drawn anew before anybody sees them, evidence is only ever handed out as a download.

They stand in the database, so that a file and what it belongs to are kept or lost together, also in a back-up.
"""

import io
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask import Response, request
from flask_babel import lazy_gettext as _l
from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import CheckConstraint, LargeBinary, select
from sqlalchemy.orm import Mapped, deferred, mapped_column

from civic.core.db import Model, db, id_column
from civic.core.errors import CivicError
from civic.core.names import safe_filename

# What a picture becomes: its long side in pixels, by the name of the size.
SIZES = {"large": 1600, "small": 640}
MAX_PICTURE = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
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
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as bad:
        raise refusal from bad
    sizes = {name: _encoded(upright, side) for name, side in SIZES.items()}
    (large, (width, height)), (small, _) = sizes["large"], sizes["small"]
    return Drawn(large, small, width, height)


def public_file(key: str) -> StoredFile | None:
    """A file that anybody may see, by its key."""
    return db.session.scalar(select(StoredFile).where(StoredFile.key == key, StoredFile.is_public))


def send_public(file: StoredFile, *, small: bool = False) -> Response:
    """Hand out a public file; its key never names other bytes, so it may be cached for a year."""
    data = file.small if small and file.small is not None else file.data
    answer = _answer(data, file.media_type)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


def send_private(file: StoredFile) -> Response:
    """Hand out evidence as a download that no browser opens as a page and no cache keeps."""
    answer = _answer(file.data, file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _answer(data: bytes, media_type: str) -> Response:
    answer = Response(data, mimetype=media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return answer


def _read(upload: Any, limit: int, field: str | None) -> bytes:
    raw: bytes = upload.stream.read(limit + 1)
    if not raw:
        raise FileRefused(_l("The file is empty. Choose another."), field)
    if len(raw) > limit:
        raise FileRefused(_l("The file is too large: 8 MB at most."), field)
    return raw


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
