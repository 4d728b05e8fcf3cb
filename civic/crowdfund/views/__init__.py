"""What everybody sees of Crowdfund: the list, a campaign, its ledger, pledging, and the organiser's own pages."""

from civic.core.web import room

bp = room("crowdfund", __name__)

# They fill the room.
import civic.crowdfund.views.listing  # noqa: E402, F401
