"""What writing, checking and reporting hold about people: the cards that the privacy notice prints; and their messages."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import PersonalData
from civic.crowdfund.models import (
    Campaign,
    CampaignCheck,
    CampaignEvidence,
    CampaignFunding,
    DeliveryReport,
    ShortfallDecision,
)

MESSAGES = [
    "crowdfund/campaign_submitted",
    "crowdfund/campaign_returned",
    "crowdfund/campaign_live",
    "crowdfund/report",
]
CARDS = [
    PersonalData(
        Campaign,
        person="created_by_id",
        title=_l("Campaigns you began"),
        fields=_l("That you began a campaign for an organisation, and when"),
        purpose=_l("To know who acted for the organisation"),
        basis=_l("Public task"),
        keep=_l("As long as the campaign; without your name once your account is deleted"),
    ),
    PersonalData(
        CampaignEvidence,
        person="added_by_id",
        title=_l("Papers you added to a campaign"),
        fields=_l("The file, what you called it, and when you added it; only staff and your organisation see it"),
        purpose=_l("To prove costs and permissions before a campaign asks for money"),
        basis=_l("Public task"),
        keep=_l("Six years after the campaign ended; without your name once your account is deleted"),
    ),
    PersonalData(
        CampaignFunding,
        person="verified_by_id",
        title=_l("Proofs of money you looked at as staff"),
        fields=_l("That you saw the proof of a sum or gift, and when"),
        purpose=_l("To know on whose word money counts towards a target"),
        basis=_l("Public task"),
        keep=_l("As long as the campaign; without your name once your account is deleted"),
    ),
    PersonalData(
        CampaignCheck,
        person="checked_by_id",
        title=_l("Campaigns you checked as staff"),
        fields=_l("What you found at each point of the check list, and when"),
        purpose=_l("To know who looked at what before a campaign went live"),
        basis=_l("Public task"),
        keep=_l("As long as the campaign; without your name once your account is deleted"),
    ),
    PersonalData(
        DeliveryReport,
        person="by_id",
        title=_l("Reports you wrote for a campaign"),
        fields=_l("That you wrote it; the page names the organisation and not you"),
        purpose=_l("To know who reported what was done with the money"),
        basis=_l("Public task"),
        keep=_l("As long as the campaign’s page; without your name once your account is deleted"),
    ),
    PersonalData(
        ShortfallDecision,
        person="decided_by_id",
        title=_l("What you decided as staff about a campaign that fell short"),
        fields=_l("What you proposed or decided, why, and when"),
        purpose=_l("To know who decided what became of other people’s money, and that two did"),
        basis=_l("Public task"),
        keep=_l("Six years after the campaign ended; without your name once your account is deleted"),
    ),
]
