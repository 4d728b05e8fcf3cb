"""Assessment for staff: what I am to judge, and for those who run panels how they stand and what came of them."""

from civic.core.web import room

desk = room("assessment", __name__, "/staff/assessment")

from civic.assessment.manage import (  # noqa: E402, F401 - they fill the room
    agreeing,
    comparing,
    criteria,
    interests,
    items,
    meetings,
    mine,
    panels,
    ranking,
    scoring,
    seats,
    sharing,
)
