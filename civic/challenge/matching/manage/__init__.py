"""Matching as staff work on it: places, lists that are missing, matches, overrides, publishing."""

from civic.core.web import room

bp = room("manage_challenge_matching", __name__, "/staff/challenges/matching")

# They fill the room.
import civic.challenge.matching.manage.calls  # noqa: E402
import civic.challenge.matching.manage.overrides  # noqa: E402
import civic.challenge.matching.manage.runs  # noqa: E402, F401
