"""What may be offered and published: plain questions about values."""

import re
from collections.abc import Sequence

SLOT_KINDS = ("easy_read", "sign_language", "audio")
# Words of a sentence in Easy Read, as guidance for writers has it; more is remarked, not refused.
LONGEST_EASY_SENTENCE = 15
# How much of a film its captions must reach into: a credit or a silence may follow the last words.
COVERED = 0.75
KEPT_DAYS = 90
LOST_HOURS = 24
MOST_WAITING = 200


def version_of(reading: str, maker: int) -> str:
    """What a file was made from and by which maker; another version of either makes it old."""
    return f"{reading}.{maker}"


def is_offered_language(wanted: str, languages: Sequence[str]) -> bool:
    """Whether a thing exists in a language."""
    return wanted in languages


def long_sentences(text: str, most: int = LONGEST_EASY_SENTENCE) -> list[str]:
    """The sentences with more words than `most`."""
    sentences = re.split(r"(?<=[.!?؟…])\s+|\n+", text.strip())
    return [each for each in sentences if len(each.split()) > most]


def covers(last_cue_ms: int, film_seconds: float) -> bool:
    """Whether captions reach far enough into a film; one whose length nobody knows is believed."""
    return film_seconds <= 0 or last_cue_ms / 1000 >= film_seconds * COVERED


def lacks(kind: str, *, points: int, media: bool, captions: bool, url: bool, transcript: bool) -> list[str]:
    """What must still be there before it can be published: "points", "film", "sound", "captions", "transcript"."""
    if kind == "easy_read":
        return [] if points else ["points"]
    missing = []
    if kind == "audio" and not media:
        missing.append("sound")
    if kind == "sign_language" and not (media or url):
        missing.append("film")
    if kind == "sign_language" and media and not captions:
        missing.append("captions")
    if not transcript:
        missing.append("transcript")
    return missing
