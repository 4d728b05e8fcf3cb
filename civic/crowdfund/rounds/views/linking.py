"""The way from a campaign to the rounds it may apply to, for pages of the package below, which knows nothing of rounds."""

from civic.core import clock
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds.queries.rounds import Chance, chances


def rounds_for(campaign: Campaign) -> list[Chance]:
    """The rounds of a campaign, for its organisers: one question, so never on a page for everybody."""
    return chances(campaign, clock.now())
