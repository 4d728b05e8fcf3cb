"""Files people give us (attacks 20, 21 and 22): drawn anew or handed out as downloads, never run, never named by others."""

import io
import struct
import zlib

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from civic.core import files
from civic.core.captions import BadCaptions, read_captions, words_of, write_captions
from civic.core.files import FileRefused
from civic.core.names import safe_filename
from tests.crowdfund.pictures import CAPTIONS, jpeg, mp4, pdf, picture, webm

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def upload(body: io.BytesIO | bytes, name: str = "a.jpg", kind: str = "image/jpeg") -> FileStorage:
    stream = io.BytesIO(body) if isinstance(body, bytes) else body
    return FileStorage(stream, filename=name, content_type=kind)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is enormous and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_webp_in_two_sizes(isolated, now, format):
    kept = files.keep_picture(upload(picture(format, (3000, 1000))), now=now)
    assert (kept.media_type, kept.width, kept.height, kept.is_public) == ("image/webp", 1600, 533, True)
    assert Image.open(io.BytesIO(kept.small)).size == (640, 213)


def test_what_a_picture_carried_with_it_is_gone(isolated, now):
    exif = Image.Exif()
    exif[0x010E], exif[0x8825] = "Taken at 51.5, -0.1 by <script>", {1: "N"}
    raw = picture("JPEG", exif=exif.tobytes()).getvalue() + HTML
    kept = files.keep_picture(upload(raw), now=now)
    for held in (kept.data, kept.small):
        assert b"script" not in held and b"51.5" not in held
        assert not Image.open(io.BytesIO(held)).getexif()


def test_a_picture_stands_upright(isolated, now):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    kept = files.keep_picture(upload(picture("JPEG", (80, 60), exif=exif.tobytes())), now=now)
    assert (kept.width, kept.height) == (60, 80)


def test_what_was_transparent_is_white(isolated, now):
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    kept = files.keep_picture(upload(out.getvalue(), "a.png"), now=now)
    assert Image.open(io.BytesIO(kept.data)).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (SVG, "a.svg"),
        (SVG, "a.jpg"),
        (HTML, "a.jpg.html"),
        (HTML, "a.html.jpg"),
        (b"GIF89a" + HTML, "a.gif"),
        (b"\xff\xd8\xff" + HTML, "a.jpg"),
        (b"\x89PNG\r\n\x1a\n" + HTML, "a.png"),
        (b"%PDF-1.7", "a.jpg"),
        (b"", "a.jpg"),
        (b"BM" + b"\x00" * 200, "a.bmp"),
        (picture("TIFF").getvalue(), "a.jpg"),
        (bomb(30_000, 30_000), "a.png"),
        (bomb(2_000_000_000, 1), "a.png"),
        (jpeg((400, 400)).getvalue()[:300], "cut.jpg"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(isolated, now, body, name):
    with pytest.raises(FileRefused):
        files.keep_picture(upload(body, name), now=now)


def test_a_bomb_costs_neither_time_nor_memory(isolated, now):
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for side in (6_400, 20_000, 65_000):
        with pytest.raises(FileRefused):
            files.keep_picture(upload(bomb(side, side)), now=now)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_file_that_is_too_large_is_refused(isolated, now):
    with pytest.raises(FileRefused):
        files.keep_document(upload(b"%PDF-" + b"0" * files.MAX_PICTURE), now=now)


@pytest.mark.parametrize("body", [HTML, SVG, b"MZ\x90", b"PK\x03\x04", b" %PDF-1.7", b"RIFF"])
def test_only_pdf_png_and_jpeg_are_papers(isolated, now, body):
    with pytest.raises(FileRefused):
        files.keep_document(upload(body, "quote.pdf", "application/pdf"), now=now)


def test_a_film_is_known_by_its_own_structure(isolated, now):
    assert files.keep_film(upload(mp4(), "x.exe"), now=now).media_type == "video/mp4"
    assert files.keep_film(upload(webm(), "x.mp4"), now=now).media_type == "video/webm"
    for wrong in (HTML, b"\x00\x00\x00\x18ftypisom" + HTML, b"\x1a\x45\xdf\xa3" + HTML, webm().getvalue()[:10]):
        with pytest.raises(FileRefused):
            files.keep_film(upload(wrong, "x.mp4", "video/mp4"), now=now)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ('a"; filename="evil.exe', "a_ filename_evil.exe"),
        ("quote\r\nSet-Cookie: a=b.pdf", "quoteSet-Cookie_ a_b.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("nul\x00.pdf", "nul.pdf"),
        ("<img src=x onerror=alert(1)>.png", "img src_x onerror_alert_1_.png"),
        ("", "document"),
        ("...", "document"),
        ("Angebot Gärtnerei.pdf", "Angebot Gärtnerei.pdf"),
    ],
)
def test_a_files_name_is_safe_and_still_a_name(given, kept):
    assert safe_filename(given, "document") == kept


def test_a_long_name_is_cut_and_keeps_its_ending():
    name = safe_filename("ü" * 300 + ".pdf", "document")
    assert len(name.encode()) <= 120 and name.endswith(".pdf")


@pytest.mark.parametrize("name", ["quote.pdf", 'a".pdf', "Ärger.pdf", "قائمة.pdf"])
def test_a_download_is_an_attachment_under_its_name_that_nothing_runs(in_request, now, name):
    answer = files.send_private(files.keep_document(upload(pdf(), name), now=now))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "\n" not in answer.headers["Content-Disposition"]


class TestServing:
    """What stands under /files/."""

    @pytest.fixture
    def kept(self, isolated, now):
        return files.keep_picture(upload(picture("PNG", (900, 600))), now=now)

    def test_a_picture_in_both_sizes_for_a_year(self, client, kept):
        large = client.client.get(f"/files/{kept.key}/large.webp")
        small = client.client.get(f"/files/{kept.key}/small.webp")
        assert large.status_code == small.status_code == 200
        assert Image.open(io.BytesIO(small.data)).size == (640, 427)
        for answer in (large, small):
            assert answer.headers["Content-Type"] == "image/webp"
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "Set-Cookie" not in answer.headers

    @pytest.mark.parametrize("name", ["large.html", "large.webp.html", "x.svg", "film.mp4", "..", "%2e%2e", "small"])
    def test_no_other_name_is_an_address(self, client, kept, name):
        assert client.get(f"/files/{kept.key}/{name}").status == 404

    def test_private_files_are_not_there(self, client, isolated, now):
        paper = files.keep_document(upload(pdf(), "quote.pdf"), now=now)
        for name in ("quote.pdf", "large.webp", "document"):
            assert client.get(f"/files/{paper.key}/{name}").status == 404

    def test_an_unknown_key_is_not_there(self, client, isolated):
        for key in ("x" * 24, "1", "..", "%00", "a" * 5000):
            assert client.get(f"/files/{key}/large.webp").status in (400, 404)

    def test_a_film_is_read_in_parts(self, client, isolated, now):
        body = mp4().getvalue()
        film = files.keep_film(upload(body), now=now)
        answer = client.client.get(f"/files/{film.key}/film.mp4", headers={"Range": "bytes=4-11"})
        assert (answer.status_code, answer.data) == (206, body[4:12])
        assert answer.headers["Content-Range"] == f"bytes 4-11/{len(body)}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        tail = client.client.get(f"/files/{film.key}/film.mp4", headers={"Range": "bytes=-5"})
        assert tail.data == body[-5:]

    @pytest.mark.parametrize(
        "wanted", ["bytes=999999999-", "bytes=5-1", "bytes=a-b", "lines=1-2", "bytes=" + "0-1," * 500]
    )
    def test_a_strange_part_is_no_surprise(self, client, isolated, now, wanted):
        film = files.keep_film(upload(mp4()), now=now)
        answer = client.client.get(f"/files/{film.key}/film.mp4", headers={"Range": wanted})
        assert answer.status_code in (200, 206, 416)

    def test_asking_again_brings_nothing(self, client, kept):
        assert client.client.head(f"/files/{kept.key}/large.webp").data == b""


class TestCaptions:
    """WebVTT: read, named faults, and only cues are kept."""

    def test_captions_are_read_and_written(self):
        cues = read_captions(CAPTIONS)
        assert [(cue.start, cue.end) for cue in cues] == [(0, 2500), (2500, 5000)]
        assert read_captions(write_captions(cues)) == cues
        assert words_of(cues) == "We plant six trees.\nAnd build benches."

    def test_styles_notes_and_names_of_cues_are_left_out(self):
        raw = (
            b"WEBVTT - title\r\n\r\nSTYLE\r\n::cue { background: url(//evil) }\r\n\r\nNOTE hi\r\n\r\n"
            b"1\r\n00:01.000 --> 00:02.000 align:start evil:x\r\nHello\r\n"
        )
        written = write_captions(read_captions(raw))
        assert b"url" not in written and b"NOTE" not in written and b"evil" not in written
        assert b"align:start\nHello" in written

    def test_marks_of_other_formats_are_words(self):
        written = write_captions(
            read_captions(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<script>x</script> <b>bold</b> 1 < 2")
        )
        assert b"<script" not in written and b"<b>bold</b>" in written

    @pytest.mark.parametrize(
        ("raw", "fault", "line"),
        [
            (b"1\n00:01.000 --> 00:02.000\nHi", "header", 1),
            (b"WEBVTTX\n\n00:01.000 --> 00:02.000\nHi", "header", 1),
            (b"WEBVTT\n", "empty", 0),
            (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "empty", 3),
            (b"WEBVTT\n\n00:01,000 --> 00:02,000\nHi", "time", 3),
            (b"WEBVTT\n\n00:03.000 --> 00:02.000\nHi", "time", 3),
            (b"WEBVTT\n\n00:03.000 --> 00:04.000\nHi\n\n00:01.000 --> 00:02.000\nLo", "order", 6),
            (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff\xfe", "text", 0),
            (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\x00", "text", 0),
            (b"WEBVTT\n" + b"x" * 600_000, "large", 0),
        ],
    )
    def test_a_fault_is_named_with_its_line(self, raw, fault, line):
        with pytest.raises(BadCaptions) as bad:
            read_captions(raw)
        assert (bad.value.fault, bad.value.line) == (fault, line)

    def test_a_long_line_is_read_at_once(self):
        import time

        began = time.perf_counter()
        read_captions(b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<" * 200_000)
        read_captions(b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<c." * 60_000)
        assert time.perf_counter() - began < 2
