"""Rounds as staff see them: written, opened, judged, decided, closed."""

from civic.core.web import room

desk = room("round_desk", __name__, "/staff/rounds")

from civic.crowdfund.rounds.manage import (  # noqa: E402, F401 - they fill the room
    answers,
    applications,
    conditions,
    expressions,
    judging,
    opening,
    questions,
    ranking,
    rounds,
    tiers,
    writing,
)
