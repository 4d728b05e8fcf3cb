"""Speech as MP3: what a voice is to say, with pauses where a reader would make them, said by a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from flask_babel import gettext as _

import civic
from civic.formats.making.lines import Line, lines_of
from civic.formats.making.source import Made, NotMade, Source
from civic.formats.making.spoken import spoken

# What our own texts are spoken with; languages without a voice (Somali) are not offered.
VOICES = {
    "en": "en", "pl": "pl", "ar": "ar", "ro": "ro", "es": "es", "bn": "bn", "pt": "pt", "gu": "gu", "it": "it", "pa": "pa",
    "fr": "fr", "ur": "ur", "tr": "tr", "ta": "ta", "fa": "fa", "lt": "lt", "el": "el", "ru": "ru", "bg": "bg", "sq": "sq",
    "uk": "uk", "hi": "hi", "cy": "cy", "de": "de",
}  # fmt: skip
COMMAND = "pip install 'civic[formats]'"
VERSION = 1
BITS_A_SECOND = 48_000
WORDS_A_MINUTE = 150
LONGEST = 200_000  # characters: some four hours
MOST_BYTES = 90 * 1024 * 1024
SECONDS = 300  # by the clock, for the longest
# Silence behind each kind of line, in thousandths of a second.
PAUSES = {
    "title": 1200,
    "heading": 900,
    "question": 700,
    "answer": 450,
    "item": 450,
    "note": 600,
    "text": 600,
    "writing": 1500,
}


@dataclass(frozen=True)
class Piece:
    """Words for one breath, with the voice that says them and the silence behind."""

    text: str
    voice: str
    pause: int


@lru_cache(1)
def is_available() -> bool:
    """Whether the voice and the encoder are installed; they are loaded by the process that speaks alone."""
    return find_spec("espeakng_loader") is not None and find_spec("lameenc") is not None


def works() -> bool:
    """Whether a word can really be spoken here; takes a moment."""
    try:
        return bool(is_available() and _spoken_by_a_process([Piece("1", VOICES["en"], 0)]))
    except NotMade:
        return False


def is_offered(language: str) -> bool:
    """Whether there is a voice for the language here."""
    return is_available() and language.split("-")[0] in VOICES


def make(source: Source) -> Made:
    """An MP3 with its title in it; its length is in seconds. Raises NotMade."""
    reading = source.reading
    pieces = pieces_of(lines_of(reading, links=False), reading.language)
    if sum(len(piece.text) for piece in pieces) > LONGEST:
        raise NotMade("long")
    sound = _spoken_by_a_process(pieces)
    return Made(_label(reading.title, reading.language) + sound, round(len(sound) * 8 / BITS_A_SECOND))


def pieces_of(lines: list[Line], language: str) -> list[Piece]:
    """What is to be said."""
    pieces = []
    for at, line in enumerate(lines):
        said = line.language if line.language.split("-")[0] in VOICES else language
        words = spoken(_with_lead(line), said)
        if any(letter.isalnum() for letter in words):
            pause = PAUSES[line.kind]
            if at + 1 < len(lines) and lines[at + 1].kind in ("heading", "question"):
                pause += 600
            pieces.append(Piece(_ended(words), VOICES[said.split("-")[0]], pause))
    return pieces


def _with_lead(line: Line) -> str:
    if line.kind == "question":
        return _("Question %(number)s. %(words)s", number=line.lead.removeprefix("Q"), words=line.text)
    if line.kind == "answer":
        return f"{line.lead}: {line.text}"
    if line.kind == "writing":
        return _("Answer in your own words.")
    return f"{line.lead} {line.text}" if line.lead not in ("", "•") else line.text


def _ended(words: str) -> str:
    """A voice falls at a full stop; a heading has none of its own."""
    return words if words[-1] in ".!?؟:;…" else f"{words}."


def _spoken_by_a_process(pieces: list[Piece]) -> bytes:
    given = {"pace": WORDS_A_MINUTE, "pieces": [vars(piece) for piece in pieces]}
    root = str(Path(civic.__file__).parent.parent)
    paths = os.pathsep.join([root, *(each for each in sys.path if each)])
    speaker = subprocess.Popen(
        [sys.executable, "-P", "-m", "civic.formats.speaker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, start_new_session=True, cwd="/", env={"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    try:
        sound, _nothing = speaker.communicate(json.dumps(given).encode(), timeout=SECONDS)
    except subprocess.TimeoutExpired as late:
        raise NotMade("time") from late
    finally:
        _end(speaker)
    if speaker.returncode or len(sound) > MOST_BYTES:
        raise NotMade({3: "tool", 4: "tool"}.get(speaker.returncode, "memory"))
    return sound


def _end(speaker: subprocess.Popen[bytes]) -> None:
    """Leave nothing of it behind, whatever it began."""
    if speaker.poll() is None:
        os.killpg(speaker.pid, signal.SIGKILL)
    for stream in (speaker.stdin, speaker.stdout):
        if stream:
            stream.close()
    speaker.wait()


def _label(title: str, language: str) -> bytes:
    """An ID3 tag (version 2.4) with the title and the language, for players that show it."""
    frames = _frame(b"TIT2", title[:200]) + _frame(b"TLAN", _ISO_639_2.get(language.split("-")[0], "und"))
    return b"ID3\x04\x00\x00" + _sevens(len(frames)) + frames


def _frame(name: bytes, text: str) -> bytes:
    content = b"\x03" + text.encode() + b"\x00"
    return name + _sevens(len(content)) + b"\x00\x00" + content


def _sevens(number: int) -> bytes:
    """A length in four bytes of seven bits each, as ID3 has it."""
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))


_ISO_639_2 = {"en": "eng", "pl": "pol", "ar": "ara", "ro": "ron", "es": "spa", "bn": "ben", "pt": "por", "it": "ita", "fr": "fra",
              "ur": "urd", "tr": "tur", "ta": "tam", "cy": "cym", "de": "deu"}  # fmt: skip
