"""The moderators' desk: the queue, a case, people, and the times before elections."""

from civic.core.web import room

bp = room("moderation_desk", __name__, "/staff/moderation")

# They fill the room.
import civic.moderation.manage.cases  # noqa: E402
import civic.moderation.manage.people  # noqa: E402
import civic.moderation.manage.periods  # noqa: E402
import civic.moderation.manage.queue  # noqa: E402, F401
