"""Rounds as everybody and applicants see them."""

from civic.core.web import room

bp = room("rounds", __name__)

from civic.crowdfund.rounds.views import (  # noqa: E402, F401 - they fill the room
    beginning,
    expressions,
    mine,
    public,
    sending,
    writing,
)
