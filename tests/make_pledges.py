"""Builders of pledges: in any state they can be in, counted in their campaign's sums."""

from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from civic.accounts.models import User
from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.actions import totals
from civic.crowdfund.models import Campaign, GiftAidDeclaration, Pledge, PledgeConsent
from civic.crowdfund.rules.gift_aid import Donor

TAKEN = ("collected", "partly_refunded", "disputed")
UNSAVED = ("awaiting_card", "abandoned", "refused")
ENDED = ("collected", "partly_refunded", "refunded", "dropped", "released", "cancelled", "abandoned", "refused")
USUAL, NOTHING = GBP(25), GBP(0)
ADA = Donor("Ms", "Ada", "Lovelace", "12 Rye Lane", "SE15 4QN")


class MakePledges:
    """Pledges of £25 by a guest, with their card saved, unless said otherwise; nothing is told to any provider."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def pledge(
        self,
        campaign: Campaign,
        *,
        amount: Money = USUAL,
        tip: Money = NOTHING,
        status: str = "authorised",
        by: User | None = None,
        email: str = "",
        card: bool = True,
        **facts: Any,
    ) -> Pledge:
        """A pledge with its consent, in whatever state, counted; `card=False` for one whose card has gone."""
        number, when = self.number(), self.now - timedelta(days=2)
        saved = card and status not in UNSAVED and "payment_method_id" not in facts
        method = self.payment_method(person=by) if saved else None  # type: ignore[attr-defined]
        defaults: dict[str, Any] = {
            "public_id": token_hex(16),
            "campaign_id": campaign.id,
            "user_id": by.id if by else None,
            "email": by.email if by else email or f"backer{number}@example.org",
            "language": "en",
            "amount_minor": amount.minor,
            "tip_minor": tip.minor,
            "is_anonymous": True,
            "shown_name": "",
            "message": "",
            "status": status,
            "payment_method_id": method.id if method else None,
            "setups": 1,
            "collected_minor": amount.minor + tip.minor if status in TAKEN else 0,
            "created_at": when,
            "authorised_at": None if status in UNSAVED else when,
            "ended_at": self.now if status in ENDED else None,
        }
        pledge = Pledge(**(defaults | facts))
        pledge.campaign = campaign
        if "payment_method_id" not in facts:
            pledge.payment_method = method
        db.session.add(pledge)
        db.session.flush()
        db.session.add(
            PledgeConsent(
                pledge_id=pledge.id,
                amount_minor=pledge.amount_minor,
                tip_minor=pledge.tip_minor,
                text="I promise it.",
                text_version="2026-11",
                language="en",
                given_at=when,
                ip="192.0.2.7",
                user_agent="Firefox",
            )
        )
        totals.open(campaign.id)
        totals.follow(pledge, {})
        return pledge

    def declaration(self, pledge: Pledge, donor: Donor = ADA, **facts: Any) -> GiftAidDeclaration:
        """A Gift Aid declaration on a pledge to a charity's campaign."""
        from civic.crowdfund.actions import gift_aid
        from civic.crowdfund.queries.gift_aid import declaration_of

        gift_aid.redeclare(pledge, pledge.campaign, donor, now=self.now)
        declaration = declaration_of(pledge)
        assert declaration is not None
        for name, value in facts.items():
            setattr(declaration, name, value)
        db.session.flush()
        return declaration
