"""Tests as the managers of the challenge see them: the programme's money, the offers, each test."""

from civic.core.web import room

bp = room("manage_testing", __name__, "/staff/challenges")

# They fill the room.
import civic.challenge.testing.manage.offers  # noqa: E402
import civic.challenge.testing.manage.tests  # noqa: E402, F401
