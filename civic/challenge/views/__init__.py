"""What everybody sees of the challenge: problems, challenges with their briefs, programmes and partners."""

from civic.core.web import room

bp = room("challenge", __name__)

# They fill the room.
import civic.challenge.views.briefs  # noqa: E402
import civic.challenge.views.problems  # noqa: E402
import civic.challenge.views.programmes  # noqa: E402, F401
