"""What everybody sees of a programme as a whole, and what those in it must do next."""

from civic.core.web import room

bp = room("challenge_story", __name__)

# They fill the room.
import civic.challenge.story.views.data  # noqa: E402
import civic.challenge.story.views.mine  # noqa: E402
import civic.challenge.story.views.programmes  # noqa: E402, F401
