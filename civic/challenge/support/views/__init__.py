"""Support as startups, mentors and partners work with it; mentors and the demo day as everybody sees them."""

from civic.core.web import room

bp = room("challenge_support", __name__, "/challenges")

# They fill the room.
import civic.challenge.support.views.demo  # noqa: E402
import civic.challenge.support.views.journeys  # noqa: E402
import civic.challenge.support.views.mentors  # noqa: E402
import civic.challenge.support.views.outcomes  # noqa: E402
import civic.challenge.support.views.sessions  # noqa: E402
import civic.challenge.support.views.times  # noqa: E402, F401
