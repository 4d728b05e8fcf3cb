"""What exists: campaigns and what belongs to them, pledges, and what came of it."""

from civic.crowdfund.models.campaigns import (
    Campaign,
    CampaignCost,
    CampaignFunding,
    CampaignMatch,
    CampaignPicture,
    CampaignTotal,
    CampaignVideo,
    Milestone,
)
from civic.crowdfund.models.checking import CampaignCheck, CampaignEvidence, ShortfallDecision
from civic.crowdfund.models.delivery import DeliveryReport, ReportLine
from civic.crowdfund.models.pledges import GiftAidDeclaration, OfflinePledge, Pledge, PledgeConsent
from civic.crowdfund.models.talk import BackerMessage, CampaignComment, CampaignFollow, CampaignUpdate

__all__ = [
    "BackerMessage",
    "Campaign",
    "CampaignCheck",
    "CampaignComment",
    "CampaignCost",
    "CampaignEvidence",
    "CampaignFollow",
    "CampaignFunding",
    "CampaignMatch",
    "CampaignPicture",
    "CampaignTotal",
    "CampaignUpdate",
    "CampaignVideo",
    "DeliveryReport",
    "GiftAidDeclaration",
    "Milestone",
    "OfflinePledge",
    "Pledge",
    "PledgeConsent",
    "ReportLine",
    "ShortfallDecision",
]
