"""Files as people (and others) send them."""

import io

from PIL import Image


def picture(format: str, size: tuple[int, int] = (80, 60), colour: str = "seagreen", **options: object) -> io.BytesIO:
    """A small picture in a format."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, format, **options)
    out.seek(0)
    return out


def jpeg(size: tuple[int, int] = (80, 60)) -> io.BytesIO:
    """A small JPEG."""
    return picture("JPEG", size)


def pdf() -> io.BytesIO:
    """What begins as a PDF does."""
    return io.BytesIO(b"%PDF-1.7\n%a quote of a nursery\n%%EOF\n")


def mp4() -> io.BytesIO:
    """The smallest thing that is built like an MP4."""
    parts = ((b"ftyp", b"isom\x00\x00\x02\x00isomiso2"), (b"moov", b"\x00" * 40), (b"mdat", b"\x00" * 400))
    return io.BytesIO(b"".join((len(body) + 8).to_bytes(4) + name + body for name, body in parts))


def webm() -> io.BytesIO:
    """The beginning of a WebM film."""
    head = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"
    return io.BytesIO(head + b"\x42\x87\x81\x04\x42\x85\x81\x02" + b"\x00" * 300)


CAPTIONS = (
    b"WEBVTT\n\n00:00.000 --> 00:02.500\nWe plant six trees.\n\n00:02.500 --> 00:05.000\n<v Amina>And build benches.\n"
)
