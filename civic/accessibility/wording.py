"""The words for states, acts and choices, in one place."""

from flask_babel import lazy_gettext as _l

STATES = {
    "received": _l("Received"),
    "looking": _l("We are looking into it"),
    "fixed": _l("Fixed"),
    "known_problem": _l("Known problem"),
    "not_a_barrier": _l("Not a barrier"),
}
# Choices of the register.
SHOWS = {
    "": _l("All"),
    "open": _l("Not answered yet"),
    "fixed": STATES["fixed"],
    "known_problem": STATES["known_problem"],
    "not_a_barrier": STATES["not_a_barrier"],
}
STATE_COLOURS = {"received": "", "looking": "yellow", "fixed": "green", "known_problem": "red", "not_a_barrier": "grey"}
# What each answer means, for the register.
STATES_EXPLAINED = {
    "received": _l("Nobody has looked at it yet."),
    "looking": _l("Somebody is finding out what happened."),
    "fixed": _l("It has been put right."),
    "known_problem": _l("It is a barrier that we cannot remove yet. It stands in our accessibility statement."),
    "not_a_barrier": _l("We looked and found no barrier in the site, and said why."),
}
VERBS = {
    "look": _l("Start looking into it"),
    "fix": _l("Say that it is fixed"),
    "keep": _l("Record it as a known problem"),
    "decline": _l("Say that it is not a barrier"),
    "reopen": _l("Open it again"),
}
CONTACTS = {
    "nothing": _l("You do not need to answer me"),
    "email": _l("By email"),
    "phone": _l("By phone or text message"),
}
PREFERENCES = {
    "text": {
        "100": _l("Standard"),
        "125": _l("Larger (125%)"),
        "150": _l("Much larger (150%)"),
        "200": _l("Double (200%)"),
    },
    "theme": {
        "device": _l("As my device is set"),
        "light": _l("Light"),
        "dark": _l("Dark"),
        "contrast-dark": _l("High contrast, dark"),
        "contrast-light": _l("High contrast, light"),
        "cream": _l("Cream"),
    },
    "spacing": {"normal": _l("Standard"), "wide": _l("More space between letters, words and lines")},
    "font": {
        "default": _l("Atkinson Hyperlegible, the typeface of this site"),
        "system": _l("The typeface of my device"),
        "opendyslexic": _l("OpenDyslexic"),
    },
    "links": {"normal": _l("Standard"), "strong": _l("Thick underlines, and a strong frame around where I am")},
    "view": {"full": _l("A section of questions on a page"), "simple": _l("One question on a page")},
}
