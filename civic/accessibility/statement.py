"""The facts behind the accessibility statement; the page prints them in the order that regulation 8 of SI 2018/952 asks for.

Change a fact here and the date beside it: the statement must be true on the day it is read.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.accessibility.rules import ANSWER_DAYS

PREPARED_ON = date(2026, 11, 23)
REVIEWED_ON = date(2026, 11, 23)
TESTED_ON = date(2026, 11, 23)

__all__ = ["ANSWER_DAYS", "KNOWN_PROBLEMS"]  # what others than its page read of it


@dataclass(frozen=True)
class Problem:
    """A part that is not accessible: what, for whom, which criterion of WCAG 2.2, what to use meanwhile, and mended by when."""

    what: Any
    who: Any
    criterion: str
    instead: Any
    fixed_by: date | None = None


# In order of how much they stand in the way.
KNOWN_PROBLEMS = (
    Problem(
        what=_l(
            "The letters and numbers on the map of boroughs are as large as the map has room for. On a small screen they are "
            "small, and they grow with your browser’s zoom, but not with the text size you choose here."
        ),
        who=_l("People who need large text"),
        criterion="1.4.4",
        instead=_l("The same figures stand in the table beside the map, which does grow."),
        fixed_by=date(2027, 3, 31),
    ),
)

# What stands in somebody's way without breaking a criterion.
LIMITS = (
    _l("Some texts exist in one language only. We mark which language they are in, and do not translate them by machine. Tell us "
       "which text you need."),
    _l(
        "Few pages have an Easy Read version or a film in British Sign Language so far. Ask us for what you need in another format."
    ),
)  # fmt: skip

# What a public body may leave out because it would cost too much, with the estimate; nothing so far.
DISPROPORTIONATE: tuple[Problem, ...] = ()

# What the regulations do not reach (regulation 4), and we look after all the same where we can.
OUT_OF_SCOPE = (_l("Other people’s sites that we link to. We tell their owners about barriers you report to us."),)

# What is done so that it becomes better, as this site does it.
IMPROVING = (
    _l("Each page that our staff publish is checked for barriers first. What keeps somebody out holds it back."),
    _l("Whoever runs a campaign is told, while writing, what could be better for their readers."),
    _l("Every barrier that somebody tells us about stands in a public register until it is answered, with its dates."),
)

# What people can do here, as promises that the tests of this site hold.
PROMISES = (
    _l("zoom in up to 400% without the text running off the screen"),
    _l("use every page with a keyboard alone"),
    _l("use every page with a screen reader, and with speech recognition"),
    _l("use every page without JavaScript"),
    _l("change the size of the text, the colours, the spacing and the typeface"),
    _l("answer surveys one question at a time, stop, and come back later"),
)

HOW_TESTED = (
    _l("every page, after every step of every journey, by the automatic checks of axe-core for WCAG 2.2 level AA"),
    _l("with a keyboard alone, at 320 pixels width, at 200% text size, with wider text spacing, in forced colours and in every colour "
       "scheme we offer, by programs that drive a real browser"),
    _l("in English, Polish and Arabic, from left to right and from right to left"),
)  # fmt: skip
