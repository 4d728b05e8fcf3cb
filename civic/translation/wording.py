"""The words of translation: states, origins, formats, and what a translation does not keep."""

from types import SimpleNamespace
from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from civic.core.i18n import LANGUAGES, PSEUDO, Words, current
from civic.translation.rules.checking import Fault

STATES: dict[str, Any] = {
    "draft": _l("Draft"),
    "suggested": _l("Waits for a translator"),
    "approved": _l("Taken"),
    "rejected": _l("Not taken"),
    "withdrawn": _l("Taken back"),
    "replaced": _l("Taken, and replaced since"),
    "discarded": _l("Discarded"),
}
STATE_COLOURS = {
    "draft": "grey", "suggested": "yellow", "approved": "green", "rejected": "red", "withdrawn": "grey", "replaced": "grey",
    "discarded": "grey",
}  # fmt: skip
ORIGINS: dict[str, Any] = {
    "person": _l("Translated by our staff"),
    "community": _l("Suggested by a member"),
    "machine": _l("Made by a machine"),
}
FORMATS: dict[str, Any] = {
    "po": _l("PO, for translation programs"),
    "xliff": _l("XLIFF 1.2, for translation agencies"),
    "csv": _l("CSV, for spreadsheets"),
}
LINES: dict[str, Any] = {
    "new": _l("New"),
    "changed": _l("Changed"),
    "same": _l("As it is"),
    "empty": _l("Left empty"),
    "gone": _l("There is no such text here"),
    "long": _l("Too long for its place"),
}
LINE_COLOURS = {"new": "green", "changed": "", "same": "grey", "empty": "grey", "gone": "red", "long": "red"}


def fault_sentence(fault: Fault) -> str:
    """What a translation does not keep, and what to do."""
    about, wanted = fault.about, fault.wanted
    sentences = {
        "locked": lambda: _("“%(term)s” must be “%(wanted)s”: the glossary has locked it.", term=about, wanted=wanted),
        "preferred": lambda: _("The glossary prefers “%(wanted)s” for “%(term)s”.", term=about, wanted=wanted),
        "place": lambda: _("“%(place)s” is missing: a program puts something in its place.", place=about),
        "strange_place": lambda: _("“%(place)s” does not stand in the original.", place=about),
        "link": lambda: _("The link to %(address)s is missing.", address=about),
        "strange_link": lambda: _("The link to %(address)s does not stand in the original.", address=about),
        "picture": lambda: _("The picture %(address)s is missing.", address=about),
        "strange_picture": lambda: _("The picture %(address)s does not stand in the original.", address=about),
        "headings": lambda: _("The headings are not those of the original: the same number, on the same levels."),
        "list": lambda: _(
            "The original has %(wanted)s items in lists, the translation %(number)s.", wanted=wanted, number=about
        ),
    }
    return str(sentences[fault.rule]())


def language_name(code: str) -> str:
    """A language by its name in the language of the page."""
    if current().code == PSEUDO and code in LANGUAGES:  # CLDR has no names in it: each speaks for itself
        return Markup(Words(LANGUAGES[code].name, code).__html__())  # noqa: S704 - escaped there
    return str(Locale.parse(current().locale).languages.get(code, code))


words = SimpleNamespace(
    states=STATES,
    state_colours=STATE_COLOURS,
    origins=ORIGINS,
    formats=FORMATS,
    lines=LINES,
    line_colours=LINE_COLOURS,
    fault=fault_sentence,
    language=language_name,
)
