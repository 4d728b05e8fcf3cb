"""Support as those who run a programme work on it."""

from civic.core.web import room

bp = room("manage_challenge_support", __name__, "/staff/challenges/support")

# They fill the room.
import civic.challenge.support.manage.demo  # noqa: E402
import civic.challenge.support.manage.desk  # noqa: E402
import civic.challenge.support.manage.mentors  # noqa: E402
import civic.challenge.support.manage.outcomes  # noqa: E402, F401
