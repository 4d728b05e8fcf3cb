"""The texts of campaigns and their news as they are checked while organisers write them; residents get advice only."""

from sqlalchemy import select

from civic.accounts.access import is_signed_in
from civic.authoring.wording import FIELDS
from civic.core.advice import Checked, Film, Text
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.web import link_to
from civic.crowdfund.access import is_organiser_of, may_write_news
from civic.crowdfund.models import Campaign, CampaignUpdate
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.wording.steps import STEP_TITLES

WRITTEN_IN = {
    "title": "idea", "summary": "idea", "impact_story": "impact", "story": "story", "team": "team", "permissions": "permissions",
    "risks": "risks", "too_much": "outcomes", "too_little": "outcomes",
}  # fmt: skip
"""The step in which each text is written."""
MARKDOWN = ("story", "team")


def _campaign(number: int) -> Campaign | None:
    return db.session.get(Campaign, number)


def _update(number: int) -> tuple[CampaignUpdate, Campaign] | None:
    joined = select(CampaignUpdate, Campaign).join(Campaign, Campaign.id == CampaignUpdate.campaign_id)
    row = db.session.execute(joined.where(CampaignUpdate.id == number)).one_or_none()
    return (row[0], row[1]) if row is not None else None


def _texts(number: int) -> list[Text]:
    campaign = _campaign(number)
    if campaign is None:
        return []
    language = campaign.language
    found = [
        Text(name, _label(name), getattr(campaign, name), language, name in MARKDOWN, _step(campaign, step))
        for name, step in WRITTEN_IN.items()
    ]
    steps = _step(campaign, "pictures")
    found += [
        Text("picture", FIELDS["picture"], each.alt, language, url=steps, is_alt=True)
        for each in queries.pictures_of(campaign)
    ]
    milestones = _step(campaign, "milestones")
    return found + [
        Text("milestone", STEP_TITLES["milestones"], each.title, language, False, milestones)
        for each in queries.milestones_of(campaign)
    ]


def _label(name: str) -> object:
    return FIELDS.get(name) or STEP_TITLES[WRITTEN_IN[name]]


def _step(campaign: Campaign, step: str) -> str:
    """The form of a step; once it is no draft, only its own page."""
    if campaign.status != "draft":
        return link_to("crowdfund.edit_campaign", slug=campaign.slug)
    return link_to("crowdfund.edit_step", slug=campaign.slug, step=step)


def _films(number: int) -> list[Film]:
    campaign = _campaign(number)
    film = queries.film_of(campaign) if campaign is not None else None
    if campaign is None or film is None:
        return []
    return [Film("film", FIELDS["film"], True, bool(film.transcript.strip()), _step(campaign, "film"))]


def _edit_url(number: int) -> str:
    campaign = _campaign(number)
    if campaign is None:
        return link_to("crowdfund.list_my_campaigns")
    return link_to("crowdfund.edit_campaign", slug=campaign.slug)


def _may_edit(number: int) -> bool:
    campaign = _campaign(number)
    return campaign is not None and is_signed_in() and is_organiser_of(campaign)


def _title(number: int) -> Words:
    campaign = _campaign(number)
    return Words(campaign.title, campaign.language) if campaign is not None else Words("", "en")


def _news_texts(number: int) -> list[Text]:
    found = _update(number)
    if found is None:
        return []
    return [
        Text("title", FIELDS["title"], found[0].title, found[0].language, False),
        Text("text", FIELDS["text"], found[0].text, found[0].language),
    ]


def _news_url(number: int) -> str:
    found = _update(number)
    if found is None:
        return link_to("crowdfund.list_my_campaigns")
    return link_to("crowdfund.edit_update", slug=found[1].slug, update_id=number)


def _may_edit_news(number: int) -> bool:
    found = _update(number)
    return found is not None and is_signed_in() and may_write_news(found[1])


def _news_title(number: int) -> Words:
    found = _update(number)
    return Words(found[0].title, found[0].language) if found is not None else Words("", "en")


CHECKED = [
    Checked("campaign", _texts, by_staff=False, edit_url=_edit_url, may_edit=_may_edit, title=_title, films=_films),
    Checked(
        "campaign_update",
        _news_texts,
        by_staff=False,
        edit_url=_news_url,
        may_edit=_may_edit_news,
        title=_news_title,
    ),
]
