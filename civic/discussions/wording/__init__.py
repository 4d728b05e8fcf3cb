"""How discussions' codes are called on pages."""

from types import SimpleNamespace

from flask_babel import lazy_gettext as _l

KIND_NAMES = {
    "discussion": _l("Discussion"),
    "ideas": _l("Ideas"),
    "question": _l("Official question"),
}
KIND_COLOURS = {"discussion": "", "ideas": "yellow", "question": "purple"}

THREAD_SORT_NAMES = {
    "active": _l("Active lately"),
    "newest": _l("Newest"),
    "supported": _l("Most supported"),
    "quiet": _l("Few comments"),
}
COMMENT_SORT_NAMES = {
    "oldest": _l("Oldest"),
    "newest": _l("Newest"),
    "supported": _l("Most supported"),
    "unread": _l("Not yet read much"),
}

IDEA_NAMES = {
    "open": _l("Not decided yet"),
    "shortlisted": _l("Shortlisted"),
    "taken_up": _l("Taken up"),
    "not_taken_up": _l("Not taken up"),
}
IDEA_COLOURS = {"open": "", "shortlisted": "yellow", "taken_up": "green", "not_taken_up": "grey"}
IDEA_VERBS = {
    "shortlist": _l("Shortlist it"),
    "take_up": _l("Take it up"),
    "decline": _l("Do not take it up"),
    "reopen": _l("Open it again"),
}
IDEA_MOVES = {
    "shortlist": _l("Shortlisted"),
    "take_up": _l("Taken up"),
    "decline": _l("Not taken up"),
    "reopen": _l("Opened again"),
}

PAUSES = {
    0: _l("No pause"),
    30: _l("30 seconds"),
    120: _l("2 minutes"),
    600: _l("10 minutes"),
    3600: _l("1 hour"),
}
"""Slow mode: how long somebody waits between two texts of theirs."""

talk_words = SimpleNamespace(
    kinds=KIND_NAMES,
    kind_colours=KIND_COLOURS,
    thread_sorts=THREAD_SORT_NAMES,
    comment_sorts=COMMENT_SORT_NAMES,
    ideas=IDEA_NAMES,
    idea_colours=IDEA_COLOURS,
    idea_moves=IDEA_MOVES,
    pauses=PAUSES,
)
"""The same for templates."""
