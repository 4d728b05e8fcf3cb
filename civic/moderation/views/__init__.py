"""What everybody sees of moderation: the house rules, reporting, one's own cases, the public report."""

from civic.core.web import room

bp = room("moderation", __name__)

# They fill the room.
import civic.moderation.views.mine  # noqa: E402
import civic.moderation.views.reporting  # noqa: E402
import civic.moderation.views.transparency  # noqa: E402, F401
