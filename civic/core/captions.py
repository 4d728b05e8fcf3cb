"""Captions of films: WebVTT is read, its faults are named by their lines, and only its cues are kept.

The format is the W3C's WebVTT; styles, regions and notes are left out, so that captions look as their reader has set them.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_CAPTIONS = 512 * 1024
TIME = re.compile(r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})")
ARROW = re.compile(r"(\S+)[ \t]+-->[ \t]+(\S+)(?:[ \t]+(.*))?")
SETTING = re.compile(r"(?:line|position|size|align|vertical):[\w.,%-]+")
TAG = re.compile(r"</?(?:[biu]|v|c|lang|ruby|rt)(?:\.[\w-]+)*(?:\s[^<>]*)?>|<\d[\d:.]*>")


class BadCaptions(ValueError):
    """Captions that cannot be read: what is wrong ("header", "time", "order", "empty", "text", "large"), and in which line."""

    def __init__(self, fault: str, line: int = 0):
        super().__init__(fault)
        self.fault, self.line = fault, line


@dataclass(frozen=True)
class Cue:
    """Words that are shown from `start` to `end`, both in thousandths of a second."""

    start: int
    end: int
    settings: str
    text: str


def read_captions(raw: bytes) -> list[Cue]:
    """The cues of a WebVTT file in their order; raises BadCaptions."""
    if len(raw) > MAX_CAPTIONS:
        raise BadCaptions("large")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise BadCaptions("text") from bad
    if "\x00" in text:
        raise BadCaptions("text")
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise BadCaptions("header", 1)
    cues = list(_cues(lines))
    if not cues:
        raise BadCaptions("empty")
    return cues


def write_captions(cues: list[Cue]) -> bytes:
    """The cues as a WebVTT file that holds nothing else."""
    written = [
        f"{_time(cue.start)} --> {_time(cue.end)}{' ' + cue.settings if cue.settings else ''}\n{cue.text}"
        for cue in cues
    ]
    return ("WEBVTT\n\n" + "\n\n".join(written) + "\n").encode()


def words_of(cues: list[Cue]) -> str:
    """What is said, without times and marks: a beginning for a transcript."""
    return "\n".join(TAG.sub("", cue.text).replace("\n", " ") for cue in cues)


def _cues(lines: list[str]) -> Iterator[Cue]:
    last, at = 0, 1
    while at < len(lines):
        if "-->" not in lines[at]:
            at += 1
            continue
        cue = _cue(lines, at)
        if cue.start < last:
            raise BadCaptions("order", at + 1)
        last = cue.start
        yield cue
        at += 1 + cue.text.count("\n") + 1


def _cue(lines: list[str], at: int) -> Cue:
    timing = ARROW.fullmatch(lines[at].strip())
    start, end = (_milliseconds(timing.group(part)) if timing else None for part in (1, 2))
    if timing is None or start is None or end is None or end <= start:
        raise BadCaptions("time", at + 1)
    said, below = [], at + 1  # by number: a copy of the rest for each of 20,000 cues would take seconds
    while below < len(lines) and lines[below].strip() and "-->" not in lines[below]:
        said.append(lines[below])
        below += 1
    if not said:
        raise BadCaptions("empty", at + 1)
    settings = " ".join(each for each in (timing.group(3) or "").split() if SETTING.fullmatch(each))
    return Cue(start, end, settings, "\n".join(_inert(line) for line in said))


def _inert(line: str) -> str:
    """A line of a cue with no other marks than the format's own."""
    kept, at = [], 0
    for mark in TAG.finditer(line):
        kept += [line[at : mark.start()].replace("<", "&lt;"), mark.group()]
        at = mark.end()
    return "".join([*kept, line[at:].replace("<", "&lt;")])


def _milliseconds(text: str) -> int | None:
    found = TIME.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds, thousandths = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _time(moment: int) -> str:
    seconds, thousandths = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
