"""What everybody sees of Crowdfund: the list, a campaign, its ledger, pledging, and the organiser's own pages."""

from civic.core.web import room

bp = room("crowdfund", __name__)

# They fill the room.
import civic.crowdfund.views.books  # noqa: E402
import civic.crowdfund.views.campaign  # noqa: E402
import civic.crowdfund.views.costs  # noqa: E402
import civic.crowdfund.views.delivery  # noqa: E402
import civic.crowdfund.views.desk  # noqa: E402
import civic.crowdfund.views.fixing  # noqa: E402
import civic.crowdfund.views.funding  # noqa: E402
import civic.crowdfund.views.gift_aid  # noqa: E402
import civic.crowdfund.views.listing  # noqa: E402
import civic.crowdfund.views.media  # noqa: E402
import civic.crowdfund.views.milestones  # noqa: E402
import civic.crowdfund.views.my_pledges  # noqa: E402
import civic.crowdfund.views.pledging  # noqa: E402
import civic.crowdfund.views.registration  # noqa: E402
import civic.crowdfund.views.submitting  # noqa: E402
import civic.crowdfund.views.talk  # noqa: E402
import civic.crowdfund.views.writing  # noqa: E402, F401
