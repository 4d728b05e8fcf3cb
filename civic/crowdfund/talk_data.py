"""What is said around campaigns and holds people: the cards that the privacy notice prints."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import PersonalData
from civic.crowdfund.models import BackerMessage, CampaignComment, CampaignFollow, CampaignUpdate

CARDS = [
    PersonalData(
        CampaignComment,
        person="author_id",
        title=_l("Your comments on campaigns"),
        fields=_l("What you wrote, when, and which comment you answered"),
        purpose=_l("So that backers and organisers can ask and answer in public"),
        basis=_l("Public task"),
        keep=_l("As long as the campaign’s page; without your name once your account is deleted"),
    ),
    PersonalData(
        CampaignFollow,
        person="user_id",
        title=_l("Campaigns you follow"),
        fields=_l("Which campaigns, and since when"),
        purpose=_l("To email you their news"),
        basis=_l("Consent"),
        keep=_l("Until you stop following"),
    ),
    PersonalData(
        CampaignUpdate,
        person="by_id",
        title=_l("News you wrote for a campaign"),
        fields=_l("That you wrote it; the page names the organisation and not you"),
        purpose=_l("To know who spoke for an organisation"),
        basis=_l("Public task"),
        keep=_l("As long as the campaign’s page; without your name once your account is deleted"),
    ),
    PersonalData(
        BackerMessage,
        person="by_id",
        title=_l("Messages you sent to backers of a campaign"),
        fields=_l("The message, when it was sent, and to how many people"),
        purpose=_l("To know what backers were told"),
        basis=_l("Public task"),
        keep=_l("As long as the campaign’s page; without your name once your account is deleted"),
    ),
]
