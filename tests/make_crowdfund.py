"""Builders of campaigns: complete ones, in any state they can be in."""

from datetime import datetime, timedelta
from typing import Any

from civic.accounts.models import Organisation, User
from civic.core.clock import in_london, london_minute
from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.models import Campaign, CampaignCost, CampaignTotal

Costs = list[tuple[str, Money, str]]

NEVER_LIVE = ("draft", "in_review")
ENDED = ("funded", "delivered", "failed", "withdrawn")


class MakeCrowdfund:
    """Campaigns that have everything a campaign needs, of a verified organisation."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def organisation(self, **facts: Any) -> Organisation:
        """An organisation (make_accounts)."""
        return super().organisation(**facts)  # type: ignore[misc,no-any-return]

    def campaign(
        self,
        status: str = "draft",
        *,
        target: Money | None = None,
        costs: Costs | None = None,
        closes_at: datetime | None = None,
        organisation: Organisation | None = None,
        owner: User | None = None,
        **facts: Any,
    ) -> Campaign:
        """A campaign in any state, complete, with costs that make up the target (£1,000 unless said).

        It closes in 30 days at 23:59 in London, or closed yesterday where its state means that; a live one has its totals.
        """
        costs = costs if costs is not None else _two_costs(target or GBP(1000))
        is_over = status not in (*NEVER_LIVE, "live", "withdrawn")
        away = timedelta(days=-1) if is_over else timedelta(days=30)
        closes_at = closes_at or london_minute(in_london(self.now + away).date())
        organisation = organisation or self.organisation(
            status="verified", name=f"Friends of Gillett Square {self.number()}", **({"owner": owner} if owner else {})
        )
        launched = facts.pop("opened_at", None) or (None if status in (*NEVER_LIVE, "withdrawn") else self._opened())
        campaign = Campaign(**(self._story() | facts), organisation_id=organisation.id, closes_at=closes_at)
        campaign.organisation = organisation
        db.session.add(campaign)
        db.session.flush()
        for position, (title, amount, spending) in enumerate(costs):
            cost = CampaignCost(
                campaign_id=campaign.id,
                position=position,
                title=title,
                amount_minor=amount.minor,
                spending=spending,
                note="",
            )
            db.session.add(cost)
        db.session.flush()
        campaign.target_minor = sum(amount.minor for _, amount, _ in costs)
        self._bring_to(campaign, status, launched)
        return campaign

    def _bring_to(self, campaign: Campaign, status: str, launched: datetime | None) -> None:
        if status != "draft":
            campaign.submitted_at = (launched or self.now) - timedelta(days=5)
        campaign.opened_at, campaign.status = launched, status
        if launched is not None:
            db.session.add(CampaignTotal(campaign_id=campaign.id))
        if status not in (*NEVER_LIVE, "live", "withdrawn"):
            assert campaign.closes_at is not None
            campaign.closed_at = campaign.closes_at
            campaign.grace_until = campaign.closes_at + timedelta(days=campaign.grace_days)
        if status in ENDED:
            campaign.finished_at = self.now
        db.session.flush()

    def _opened(self) -> datetime:
        return self.now - timedelta(days=20)

    def _story(self) -> dict[str, Any]:
        number = self.number()
        return {
            "slug": f"campaign-{number}",
            "title": f"A garden for Gillett Square {number}",
            "summary": "We turn a grey corner into a garden that everybody can use.",
            "story": "## Why here\n\nThe square has no shade. We plant six trees and build benches.",
            "team": "Amina plants, Joe builds, and twelve neighbours water.",
            "kind": "parks_gardens",
            "impacts": ["environment"],
            "impact_story": "Shade for 2,000 people who cross the square every day.",
            "borough": "E09000012",
            "place_kind": "area",
            "place": "Gillett Square",
            "permissions": "Hackney Council owns the square and agreed in writing.",
            "risks": "A dry summer. Neighbours have a watering rota.",
            "too_much": "We plant more trees on the same square.",
            "too_little": "We give every pound back.",
            "created_at": self.now - timedelta(days=40),
            "language": "en",
        }


def _two_costs(target: Money) -> Costs:
    """Two things that together cost the target."""
    trees, workshops = target.split([7, 3])
    return [("Trees and benches", trees, "capital"), ("Planting workshops", workshops, "revenue")]
