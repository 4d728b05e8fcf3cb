"""What staff see of formats: the tools of this machine, what failed, and what only people can make."""

from civic.core.web import room

bp = room("manage_formats", __name__, "/staff/formats")

# They fill the room.
import civic.formats.manage.slots  # noqa: E402
import civic.formats.manage.tools  # noqa: E402, F401
