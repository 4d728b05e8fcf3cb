"""Codes in words."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.i18n import LANGUAGES

SIGN_LANGUAGE = "bfi"
SLOT_NAMES: dict[str, Any] = {
    "easy_read": _l("Easy Read"),
    "sign_language": _l("British Sign Language film"),
    "audio": _l("Read aloud by a person"),
}
SLOT_LINES: dict[str, Any] = {
    "easy_read": _l("Short sentences with pictures, made with people who need them."),
    "sign_language": _l("A film with captions and a transcript."),
    "audio": _l("A recording with a transcript."),
}
SLOT_STATES: dict[str, Any] = {"draft": _l("Draft"), "published": _l("Published")}
FAULTS: dict[str, Any] = {
    "tool": _l("The tool that makes it is missing or does not start."),
    "long": _l("The text is too long for this format."),
    "time": _l("It took too long."),
    "memory": _l("The tool stopped: it may have needed too much memory."),
    "lost": _l("It was asked for and never finished."),
    "error": _l("Something went wrong while it was made; the log has more."),
}
LACKS: dict[str, Any] = {
    "points": _l("Add at least one point."),
    "film": _l("Add a film, or the address of one."),
    "sound": _l("Add a recording."),
    "captions": _l("Add captions for the film."),
    "transcript": _l("Add a transcript."),
}
LANGUAGE_NAMES = {code: each.name for code, each in LANGUAGES.items()} | {
    SIGN_LANGUAGE: "British Sign Language", "bn": "বাংলা", "gu": "ગુજરાતી", "pa": "ਪੰਜਾਬੀ", "ta": "தமிழ்", "ur": "اردو", "fa": "فارسی",
    "zh": "中文", "ro": "Română", "es": "Español", "pt": "Português", "fr": "Français", "it": "Italiano", "tr": "Türkçe",
    "so": "Soomaali", "lt": "Lietuvių", "cy": "Cymraeg", "uk": "Українська", "ru": "Русский", "hi": "हिन्दी", "de": "Deutsch",
}  # fmt: skip
"""The languages that something may be in, each by its own name."""


def language_name(code: str) -> str:
    """A language by its own name."""
    return LANGUAGE_NAMES.get(code, code)
