"""Discussions as staff work on them: topics, official threads and answers, order, what becomes of ideas."""

from civic.core.web import room

bp = room("manage_discussions", __name__, "/staff/discussions")

# They fill the room.
import civic.discussions.manage.answers  # noqa: E402
import civic.discussions.manage.threads  # noqa: E402
import civic.discussions.manage.topics  # noqa: E402, F401
