"""The "disc": one zip with every format that can be made here, and a page that opens them. Made for people without a connection."""

from flask import render_template

from civic.formats.making.epub import STYLE, about, as_jpeg, zipped
from civic.formats.making.markup import parts_of
from civic.formats.making.source import Made, Source

VERSION = 1


def make(source: Source, files: list[tuple[str, str, str, bytes]]) -> Made:
    """A zip of files (name, label, how long it is, bytes) with their page; its length is how many files there are to read or hear."""
    page = render_template(
        "formats/book/disc.html", **about(source), parts=parts_of(source.reading, "images"),
        files=[(name, label, note) for name, label, note, _data in files],
    )  # fmt: skip
    packed = {"index.html": page.strip().encode(), "style.css": STYLE}
    packed |= {f"images/{key}.jpg": as_jpeg(data) for key, data in source.pictures.items()}
    packed |= {name: data for name, _label, _note, data in files}
    return Made(zipped(packed), len(files))
