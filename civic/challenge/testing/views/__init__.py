"""Tests as startups and partners see them."""

from civic.core.web import room

bp = room("testing", __name__, "/challenges/tests")

# They fill the room.
import civic.challenge.testing.views.changes  # noqa: E402
import civic.challenge.testing.views.declaring  # noqa: E402
import civic.challenge.testing.views.milestones  # noqa: E402
import civic.challenge.testing.views.planning  # noqa: E402
import civic.challenge.testing.views.spending  # noqa: E402
import civic.challenge.testing.views.tests  # noqa: E402, F401
