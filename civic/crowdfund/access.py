"""Who may do what with campaigns."""

from civic.accounts.access import has_role, is_confirmed
from civic.accounts.queries.organisations import role_in
from civic.core import clock
from civic.core.person import maybe_me
from civic.crowdfund.models import Campaign, CampaignComment
from civic.crowdfund.queries.parties import acts_for

may_check_campaigns = has_role("funds_officer")
may_settle = has_role("finance_officer", "funds_officer")


def is_staff_of_crowdfund(*things: object) -> bool:
    """Funds officers and finance officers see every campaign, also before its launch."""
    return may_settle()


def is_organiser_of(campaign: Campaign) -> bool:
    """A member of the organisation that runs the campaign."""
    person = maybe_me()
    return person is not None and role_in(campaign.organisation_id, person) is not None


# Writing a campaign.


def may_start_campaign(*things: object) -> bool:
    """Somebody whose e-mail address is confirmed; that an organisation is needed too is explained on the page."""
    return is_confirmed()


def may_edit_campaign(campaign: Campaign) -> bool:
    """Its organiser may, while it is a draft: what staff look at and what people pledge to stays as it is."""
    return campaign.status == "draft" and is_organiser_of(campaign)


def may_see_campaign(campaign: Campaign) -> bool:
    """Everybody from its launch on; before that its organiser and staff."""
    return campaign.is_public() or may_see_its_papers(campaign)


def may_see_its_papers(campaign: Campaign) -> bool:
    """Quotes, permissions and letters are for the organiser and for staff alone."""
    return is_staff_of_crowdfund() or is_organiser_of(campaign)


def may_report(campaign: Campaign) -> bool:
    """Its organiser tells what was done, once the money was paid."""
    return campaign.status in ("funded", "delivered") and is_organiser_of(campaign)


# Checking and deciding.


def may_check(campaign: Campaign) -> bool:
    """A funds officer may, but never of an organisation of their own, nor of what they sent in themselves."""
    return may_check_campaigns() and not _is_theirs(campaign)


def may_decide_on_money_of(campaign: Campaign) -> bool:
    """Those who settle may, but never of an organisation of their own, nor of what they sent in themselves."""
    return may_settle() and not _is_theirs(campaign)


def _is_theirs(campaign: Campaign) -> bool:
    person = maybe_me()
    return person is not None and acts_for(campaign, person)


# Pledging.


def may_pledge_to(campaign: Campaign) -> bool:
    """Anybody while it is open, except those who run it."""
    return campaign.is_open(clock.now()) and not is_organiser_of(campaign)


# What is said around a campaign, and the organiser's desk.

may_moderate_comments = has_role("moderator", "funds_officer")


def may_comment(*things: object) -> bool:
    """Members whose e-mail address is confirmed and who have a name to be shown."""
    person = maybe_me()
    return is_confirmed() and person is not None and bool(person.display_name)


def may_edit_comment(said: CampaignComment) -> bool:
    """Whoever wrote a comment that was removed may change it and send it again."""
    person = maybe_me()
    return person is not None and said.author_id == person.id and said.shown == "removed"


def may_see_desk(campaign: Campaign) -> bool:
    """The desk is for the organiser; staff may look at it."""
    return campaign.is_public() and may_see_its_papers(campaign)


def may_write_news(campaign: Campaign) -> bool:
    """Only the organiser speaks for a campaign, from its launch on."""
    return campaign.is_public() and is_organiser_of(campaign)


def may_write_to_backers(campaign: Campaign) -> bool:
    """The same people; after a withdrawal there are no backers to write to."""
    return may_write_news(campaign) and campaign.status != "withdrawn"
