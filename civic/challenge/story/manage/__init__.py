"""The whole programme as those who run it see it."""

from civic.core.web import room

bp = room("manage_challenge_story", __name__, "/staff/challenges")

# They fill the room.
import civic.challenge.story.manage.pipeline  # noqa: E402, F401
