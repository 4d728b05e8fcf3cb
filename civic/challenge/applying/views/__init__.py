"""What startups see, and everybody of a call."""

from civic.core.web import room

bp = room("applying", __name__)

# They fill the room.
import civic.challenge.applying.views.beginning  # noqa: E402
import civic.challenge.applying.views.calls  # noqa: E402
import civic.challenge.applying.views.sending  # noqa: E402
import civic.challenge.applying.views.startups  # noqa: E402
import civic.challenge.applying.views.writing  # noqa: E402, F401
