"""Cases 20, 21, 34, 36: captions and names of files, as hostile as they come, cost no time and stay what they are."""

from contextlib import suppress
from time import process_time

import pytest

from civic.core.captions import MAX_CAPTIONS, BadCaptions, read_captions, write_captions
from civic.core.names import one_line, safe_filename
from tests.security.test_inert_words import EVIL, NAMES

CUE = b"00:00.000 --> 00:01.000\n"
CAPTIONS = {
    "twenty thousand cues": (CUE + b"x\n\n") * (MAX_CAPTIONS // 28),
    "one cue of all lines": CUE + b"x\n" * (MAX_CAPTIONS // 3),
    "arrows": b" --> " * (MAX_CAPTIONS // 6),
    "an arrow with a tail": b"1" * (MAX_CAPTIONS // 2) + b" --> 1",
    "signs": CUE + b"<" * (MAX_CAPTIONS - 99),
    "classes": CUE + b"<c" + b".a" * (MAX_CAPTIONS // 3),
    "open marks": CUE + b"<b " * (MAX_CAPTIONS // 4),
    "moments": CUE + b"<1:" * (MAX_CAPTIONS // 4),
    "lines of nothing": b"\n" * (MAX_CAPTIONS - 99),
}


@pytest.mark.parametrize("kind", CAPTIONS)
def test_no_captions_are_read_slowly(kind):
    began = process_time()
    with suppress(BadCaptions):
        read_captions(b"WEBVTT\n\n" + CAPTIONS[kind])
    assert process_time() - began < 1.5, kind


def test_captions_hold_no_mark_but_their_own():
    kept = write_captions(
        read_captions(b"WEBVTT\n\nSTYLE\n::cue { background: url(x) }\n\n" + CUE + EVIL.replace("-->", "").encode())
    ).decode()
    assert "STYLE" not in kept and "url" not in kept
    for mark in ("<script", "<img", "<x-evil", "<svg", "<iframe", "<a "):
        assert mark not in kept


@pytest.mark.parametrize(
    "name", (*NAMES, "\u202egpj.exe", ".htaccess", "a" * 5000, "\u00e9" * 300 + ".pdf", "...", "a/b\\c;d='e'.pdf")
)
def test_the_name_of_a_file_is_short_and_leads_nowhere(name):
    kept = safe_filename(name, "document")
    assert kept and len(kept.encode()) <= 130 and kept.isprintable() and not kept.startswith(".")
    assert not set(kept) & set("/\\\"'<>;\r\n\x00")


def test_one_line_is_one_line_that_shows_all_it_holds():
    assert one_line("Ada\r\nBcc: x\u2028y\x0bz") == "Ada Bcc: x y z"
    assert one_line("\u202eAda\u200b\u2066\ufeff") == "Ada"
    assert one_line("نمی\u200cخواهم") == "نمی\u200cخواهم"
