"""Calls for those who run them: made and opened, assessed, interviews, the shortlist and everybody's answer."""

from civic.core.web import room

desk = room("manage_applying", __name__, "/staff/challenges")

# They fill the room.
import civic.challenge.applying.manage.answers  # noqa: E402
import civic.challenge.applying.manage.applications  # noqa: E402
import civic.challenge.applying.manage.calls  # noqa: E402
import civic.challenge.applying.manage.interviews  # noqa: E402
import civic.challenge.applying.manage.shortlist  # noqa: E402, F401
