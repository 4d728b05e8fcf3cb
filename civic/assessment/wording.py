"""Words for the codes of an assessment, and for its figures."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.numbers import format_percent
from flask_babel import lazy_gettext as _l

from civic.assessment.rules.scoring import WHOLE_BPS
from civic.core.i18n import current, format_number

Words = dict[str, Any]

PANEL_STATES: Words = {
    "draft": _l("Being prepared"),
    "open": _l("Open"),
    "closed": _l("Closed"),
}
PANEL_COLOURS = {"draft": "yellow", "open": "", "closed": "grey"}
PANEL_MOVES: Words = {
    "open": _l("The panel was opened"),
    "close": _l("The panel was closed"),
    "reopen": _l("The panel was opened again"),
}
ITEM_STATES: Words = {
    "waiting": _l("Waiting for scores"),
    "scored": _l("All scores are in"),
    "agreed": _l("Agreed"),
    "withdrawn": _l("Withdrawn"),
}
ITEM_COLOURS = {"waiting": "yellow", "scored": "", "agreed": "green", "withdrawn": "grey"}
ITEM_MOVES: Words = {
    "score": _l("All scores came in"),
    "agree": _l("The result was agreed"),
    "reopen": _l("It went back to its assessors"),
    "withdraw": _l("It was withdrawn"),
    "enter": _l("It came back"),
}
# What an assessment is to the assessor, and what it is to others.
MINE: Words = {
    "assigned": _l("Say whether you have an interest"),
    "reading": _l("To be scored"),
    "submitted": _l("You sent your scores"),
    "recused": _l("You have an interest"),
    "released": _l("Taken off you"),
}
MINE_COLOURS = {"assigned": "yellow", "reading": "yellow", "submitted": "green", "recused": "grey", "released": "grey"}
THEIRS: Words = {
    "assigned": _l("Not begun"),
    "reading": _l("Reading and scoring"),
    "submitted": _l("In"),
    "recused": _l("Has an interest"),
    "released": _l("Taken off"),
}
THEIR_COLOURS = {"assigned": "yellow", "reading": "yellow", "submitted": "green", "recused": "grey", "released": "grey"}
GAPS: Words = {
    "criteria": _l("There are no criteria yet"),
    "assessors": _l("There are fewer assessors than each item needs"),
}
HIDDEN: Words = {
    "interest": _l("You declared an interest"),
    "party": _l("You stand behind this"),
}
PLACES: Words = {
    "within": _l("Within"),
    "fits": _l("Would fit"),
    "beyond": _l("Beyond"),
}
PLACE_COLOURS = {"within": "green", "fits": "yellow", "beyond": "grey"}


@lru_cache(4096)
def _percent(bps: int, locale: str) -> str:
    return format_percent(Decimal(bps) / WHOLE_BPS, "#,##0.00%", locale=locale)


def share(bps: int | None) -> str:
    """A result as a percentage with two decimals: as exact as it is ranked."""
    return "" if bps is None else _percent(bps, current().locale)


def points(bps: int) -> str:
    """A difference between two results, in points of 100, without its sign: two decimals only where they say something."""
    exact = Decimal(abs(bps)) / 100
    return format_number(exact, 0 if exact == int(exact) else 2)


def score(value: int | Decimal) -> str:
    """A score or a mean of scores: 4, or 3.67."""
    whole = value == int(value)
    return format_number(int(value) if whole else value, None if whole else 2)


class AssessmentWords:
    """Everything that pages say about assessment, under one name in templates (`assessment_words.items[…]`)."""

    panels, panel_colours, panel_moves = PANEL_STATES, PANEL_COLOURS, PANEL_MOVES
    items, item_colours, item_moves = ITEM_STATES, ITEM_COLOURS, ITEM_MOVES
    mine, mine_colours, theirs, their_colours = MINE, MINE_COLOURS, THEIRS, THEIR_COLOURS
    gaps, hidden, places, place_colours = GAPS, HIDDEN, PLACES, PLACE_COLOURS
    share, points, score = staticmethod(share), staticmethod(points), staticmethod(score)
