"""The way from a campaign to the rounds it may apply to, for pages of the package below, which knows nothing of rounds."""

from typing import NamedTuple

from civic.core import clock
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.queries import rounds as round_queries


class Chances(NamedTuple):
    """What a campaign has applied to, and what it still may."""

    applied: list[Application]
    open: list[Round]


def rounds_for(campaign: Campaign) -> Chances:
    """The rounds of a campaign, for its organisers: two questions, so never on a page for everybody."""
    if campaign.status not in ("draft", "in_review", "live"):
        return Chances(queries.of_campaign(campaign.id), [])
    return Chances(queries.of_campaign(campaign.id), round_queries.open_to(campaign, clock.now()))
