"""What everybody sees of match funding: schemes, and the working of each campaign's match to the penny."""

from civic.core.web import room

bp = room("matching", __name__)

from civic.crowdfund.matching.views import schemes, workings  # noqa: E402, F401 - they fill the room
