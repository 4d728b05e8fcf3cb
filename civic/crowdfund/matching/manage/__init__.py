"""Schemes of match funding as staff see them: tried, written, approved, run and looked over."""

from civic.core.web import room

desk = room("match_desk", __name__, "/staff/match")

from civic.crowdfund.matching.manage import (  # noqa: E402, F401 - they fill the room
    approving,
    campaigns,
    ending,
    gifts,
    payers,
    schemes,
    signals,
    simulator,
    writing,
)
