"""The texts of campaigns and of their news that can be translated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.core.db import db
from civic.core.subjects import named
from civic.core.translatable import Source, Texts, Translatable
from civic.crowdfund.models import Campaign, CampaignCost, CampaignFunding, CampaignUpdate, Milestone
from civic.crowdfund.queries.listing import Listed
from civic.translation.reading import Things, lay

TITLE = _l("Title")
OWN: dict[str, tuple[Any, bool]] = {
    "title": (TITLE, False),
    "summary": (_l("Summary"), False),
    "story": (_l("Story"), True),
    "impact_story": (_l("What it changes"), False),
    "team": (_l("Who does it"), True),
    "risks": (_l("What could go wrong"), False),
    "permissions": (_l("Permissions"), False),
    "too_much": (_l("If more is raised"), False),
    "too_little": (_l("If the project cannot be done after all"), False),
    "figures_note": (_l("About the figures"), False),
}


def own_sources(campaign: Any, names: Iterable[str] = OWN) -> dict[str, Source]:
    """The campaign's own texts by their columns."""
    return {name: Source(getattr(campaign, name), campaign.language, *OWN[name]) for name in names}


def update_sources(updates: Iterable[Any]) -> dict[str, Source]:
    """The texts of its news."""
    found: dict[str, Source] = {}
    for each in updates:
        found[f"update_{each.id}_title"] = Source(each.title, each.language, _l("Title of news"))
        found[f"update_{each.id}_text"] = Source(each.text, each.language, _l("Text of news"), markdown=True)
    return found


def listed_campaigns(rows: Iterable[Listed]) -> Things:
    """What lists show of campaigns."""
    return {
        named("campaign", row.number): {
            "title": Source(row.title.text, row.title.language, TITLE),
            "summary": Source(row.line.text, row.line.language, _l("Summary")),
        }
        for row in rows
    }


def lay_campaign(campaign: Campaign) -> tuple[Any, ...]:
    """Show a campaign's page in the reader's language, its costs, milestones and news too."""
    name = named("campaign", campaign.id)
    return lay({name: own_sources(campaign)}, about=name)


def lay_news(campaign: Campaign, updates: Iterable[Any]) -> tuple[Any, ...]:
    """Show news in the reader's language, below the campaign's title."""
    name = named("campaign", campaign.id)
    return lay({name: own_sources(campaign, ("title",)) | update_sources(updates)}, about=name)


def _load(numbers: Iterable[int]) -> Mapping[int, Texts]:
    query = select(Campaign).where(Campaign.id.in_(list(numbers)), Campaign.opened_at.is_not(None))
    rows = db.session.scalars(query).all()
    costs, fundings, steps, news = (
        _of(model, rows) for model in (CampaignCost, CampaignFunding, Milestone, CampaignUpdate)
    )
    return {
        row.id: Texts(
            row.title,
            row.language,
            url_for("crowdfund.show_campaign", slug=row.slug),
            own_sources(row)
            | _part_sources(row, costs.get(row.id, []), fundings.get(row.id, []), steps.get(row.id, []))
            | update_sources(news.get(row.id, [])),
        )
        for row in rows
    }


def _part_sources(campaign: Campaign, costs: list[Any], fundings: list[Any], steps: list[Any]) -> dict[str, Source]:
    language = campaign.language
    found: dict[str, Source] = {}
    for each in costs:
        found[f"cost_{each.id}_title"] = Source(each.title, language, _l("What the money is for"))
        found[f"cost_{each.id}_note"] = Source(each.note, language, _l("What the money is for: note"))
    for each in fundings:
        found[f"funding_{each.id}_what"] = Source(each.what, language, _l("What was given before"))
    for each in steps:
        found[f"milestone_{each.id}_title"] = Source(each.title, language, _l("Milestone"))
    return found


def _of(model: Any, rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    wanted = [row.id for row in rows]
    for each in db.session.scalars(select(model).where(model.campaign_id.in_(wanted)).order_by(model.id)):
        found.setdefault(each.campaign_id, []).append(each)
    return found


def _choices(below: int | None, most: int) -> list[int]:
    query = select(Campaign.id).where(Campaign.opened_at.is_not(None))
    if below is not None:
        query = query.where(Campaign.id < below)
    return list(db.session.scalars(query.order_by(Campaign.id.desc()).limit(most)))


TRANSLATABLES = [Translatable("campaign", _l("Campaigns"), _load, _choices)]
