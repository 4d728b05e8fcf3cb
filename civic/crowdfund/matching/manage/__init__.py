"""Schemes of match funding as staff see them: tried, written, approved, run and looked over."""

from civic.core.web import room

desk = room("match_desk", __name__, "/staff/match")

from civic.crowdfund.matching.manage import (  # noqa: E402, F401 - they fill the room; the simulator before what takes any name
    simulator,
    schemes,
    writing,
    payers,
    campaigns,
    approving,
    ending,
    signals,
    gifts,
)
