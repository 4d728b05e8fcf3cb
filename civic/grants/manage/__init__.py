"""Public money as staff see it: funds, decisions, awards, payments, delegated authority."""

from civic.core.web import room

desk = room("grant_desk", __name__, "/staff/grants")

# They fill the room.
