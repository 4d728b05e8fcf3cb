"""What campaigns tell the rooms above them (rounds, matching), in the same transaction in which it became true.

Lock order: campaign, pledge, then whatever a listener of GiftChanged or CampaignClosing holds (schemes by number, pots), then sums.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GiftChanged:
    """A backer's gift has begun to count, counts differently, or counts no more; told before the campaign's sums follow."""

    campaign_id: int
    pledge_id: int


@dataclass(frozen=True)
class CampaignClosing:
    """The campaign is about to be decided: it is locked, and nothing of it is read yet."""

    campaign_id: int
    now: datetime


@dataclass(frozen=True)
class CampaignSecured:
    """Enough has really come together: the project goes ahead, and what was promised on condition of that is owed."""

    campaign_id: int
    now: datetime


@dataclass(frozen=True)
class CampaignEnded:
    """The campaign failed or was withdrawn: nothing is owed to it, and nobody keeps anything for it."""

    campaign_id: int
    why: str  # expire, withdraw or finish: the verb by which it ended
    now: datetime
