"""Gift Aid declarations: whose they are, and what a charity may claim."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from civic.accounts.models import User
from civic.core.clock import london_today
from civic.core.db import db
from civic.core.money import Money
from civic.core.sealing import unseal
from civic.crowdfund.models import Campaign, GiftAidDeclaration, Pledge
from civic.crowdfund.rules import gift_aid as rules
from civic.crowdfund.rules.gift_aid import Donor
from civic.payments.models import Charge


@dataclass(frozen=True)
class Claim:
    """One line of the schedule: who gave, when, and how much the charity may claim for."""

    declaration_id: int
    donor: Donor
    given_on: date
    amount: Money


def declaration_of(pledge: Pledge) -> GiftAidDeclaration | None:
    """The declaration that belongs to a pledge."""
    mine = select(GiftAidDeclaration).where(GiftAidDeclaration.pledge_id == pledge.id)
    return db.session.scalars(mine).one_or_none()


def donor_of(declaration: GiftAidDeclaration) -> Donor:
    """Who declared, opened; raises BrokenSeal."""
    return Donor(
        *(
            unseal(getattr(declaration, f"{name}_sealed"))
            for name in ("title", "first_name", "last_name", "address", "postcode")
        )
    )


def declarations_of(user: User) -> list[tuple[GiftAidDeclaration, Pledge, Campaign]]:
    """A member's declarations with their pledges and campaigns, the latest first; at most fifty."""
    mine = (
        select(GiftAidDeclaration, Pledge, Campaign)
        .join(Pledge, Pledge.id == GiftAidDeclaration.pledge_id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(Pledge.user_id == user.id)
    )
    rows = db.session.execute(mine.order_by(GiftAidDeclaration.id.desc()).limit(50))
    return [(each[0], each[1], each[2]) for each in rows]


def claims_of(campaign: Campaign, *, again: bool = False) -> Iterator[Claim]:
    """What the charity may claim for now: taken, not given back, not disputed, and declared; `again`: also what it took before."""
    for declaration, pledge, taken_at in db.session.execute(_declared(campaign)):
        amount = _claimable(campaign, declaration, pledge)
        if amount and taken_at is not None and (again or declaration.exported_at is None):
            yield Claim(declaration.id, donor_of(declaration), london_today(taken_at), amount)


def no_longer_claimable(campaign: Campaign) -> list[tuple[GiftAidDeclaration, Pledge, datetime]]:
    """Donations that the charity took for a claim and that were given back, disputed or withdrawn from Gift Aid since."""
    rows = db.session.execute(_declared(campaign).where(GiftAidDeclaration.exported_at.is_not(None)))
    return [
        (declaration, pledge, taken)
        for declaration, pledge, taken in rows
        if not _claimable(campaign, declaration, pledge)
    ]


def _declared(campaign: Campaign) -> Any:
    reference = "pledge:" + Pledge.public_id
    return (
        select(GiftAidDeclaration, Pledge, Charge.succeeded_at)
        .join(Pledge, Pledge.id == GiftAidDeclaration.pledge_id)
        .join(Charge, (Charge.reference == reference) & (Charge.status == "succeeded"))
        .where(Pledge.campaign_id == campaign.id)
        .order_by(GiftAidDeclaration.id)
    )


def _claimable(campaign: Campaign, declaration: GiftAidDeclaration, pledge: Pledge) -> Money:
    return rules.claimable(
        pledge.status,
        collected_minor=pledge.collected_minor,
        tip_minor=pledge.tip_minor,
        is_cancelled=declaration.cancelled_at is not None,
        is_charity=campaign.gift_aid,
    )
