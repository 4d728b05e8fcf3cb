"""EPUB 3: a book for phones, e-readers and reading programmes, written as a zip by ourselves."""

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from flask import render_template
from PIL import Image

from civic.formats.making.lines import facts_of, untranslated_note
from civic.formats.making.markup import headings_of, parts_of
from civic.formats.making.source import Made, Source

VERSION = 1
STYLE = (Path(__file__).parent / "book.css").read_bytes()
CONTAINER = (
    b'<?xml version="1.0" encoding="utf-8"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    b'<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
# A zip wants a date for each file; one for all makes the same book the same bytes.
DATE = (2000, 1, 1, 0, 0, 0)
LONG_SIDE = 1200  # pixels of a picture


def make(source: Source) -> Made:
    """A book: its text, its contents and its pictures."""
    parts, reading = parts_of(source.reading, "images"), source.reading
    drawn = {
        "book/text.xhtml": render_template("formats/book/text.xhtml", **about(source), parts=parts),
        "book/nav.xhtml": render_template("formats/book/nav.xhtml", reading=reading, headings=headings_of(parts)),
        "book/package.opf": render_template(
            "formats/book/package.xml", reading=reading, pictures=list(source.pictures),
            tongues=[reading.language, *sorted(reading.languages() - {reading.language})], modified=f"{source.at:%Y-%m-%dT%H:%M:%SZ}",
        ),
    }  # fmt: skip
    files = {"META-INF/container.xml": CONTAINER, "book/style.css": STYLE}
    files |= {name: text.strip().encode() for name, text in drawn.items()}
    files |= {f"book/images/{key}.jpg": as_jpeg(data) for key, data in source.pictures.items()}
    return Made(zipped({"mimetype": b"application/epub+zip"} | files))


def about(source: Source) -> dict[str, object]:
    """What every page of a reading says."""
    reading = source.reading
    return {
        "reading": reading, "own": reading.title_language or reading.language, "facts": facts_of(reading),
        "untranslated": untranslated_note(),
    }  # fmt: skip


def zipped(files: dict[str, bytes]) -> bytes:
    """Files as a zip in their order; what is packed already, and what must be readable at once, is stored as it is."""
    out = io.BytesIO()
    with ZipFile(out, "w") as book:
        for name, data in files.items():
            entry = ZipInfo(name, DATE)
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_STORED if name == "mimetype" or name.endswith(_PACKED) else ZIP_DEFLATED
            book.writestr(entry, data)
    return out.getvalue()


_PACKED = (".jpg", ".mp3", ".epub", ".pdf")


def as_jpeg(picture: bytes) -> bytes:
    """A picture as every reader knows it."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as opened:
        opened.thumbnail((LONG_SIDE, LONG_SIDE))
        opened.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()
