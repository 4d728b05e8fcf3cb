"""The challenge as staff work on it: problems, programmes, partners, briefs and the answers to what members say."""

from civic.core.web import room

bp = room("manage_challenge", __name__, "/staff/challenges")

# They fill the room.
import civic.challenge.manage.briefs  # noqa: E402
import civic.challenge.manage.desk  # noqa: E402
import civic.challenge.manage.problems  # noqa: E402
import civic.challenge.manage.programmes  # noqa: E402
import civic.challenge.manage.remarks  # noqa: E402
import civic.challenge.manage.seats  # noqa: E402, F401
