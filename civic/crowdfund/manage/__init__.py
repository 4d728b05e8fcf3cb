"""What staff see of campaigns: the list, the check list, and what they decide."""

from civic.core.web import room

desk = room("campaign_desk", __name__, "/staff/campaigns")

# They fill the room.
import civic.crowdfund.manage.campaigns  # noqa: E402
import civic.crowdfund.manage.checking  # noqa: E402
import civic.crowdfund.manage.offline  # noqa: E402
import civic.crowdfund.manage.settlement  # noqa: E402, F401
