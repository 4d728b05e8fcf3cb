"""What everybody sees of discussions: topics, threads, search, and what members write themselves."""

from civic.core.web import room

bp = room("discussions", __name__)

# They fill the room.
import civic.discussions.views.feeds  # noqa: E402
import civic.discussions.views.mending  # noqa: E402
import civic.discussions.views.mine  # noqa: E402
import civic.discussions.views.reacting  # noqa: E402
import civic.discussions.views.searching  # noqa: E402
import civic.discussions.views.stale  # noqa: E402
import civic.discussions.views.threads  # noqa: E402
import civic.discussions.views.topics  # noqa: E402
import civic.discussions.views.writing  # noqa: E402, F401
