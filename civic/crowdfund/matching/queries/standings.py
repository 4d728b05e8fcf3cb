"""What each funder pays for each campaign of a scheme, and how far that money has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, cast, func, literal, select

from civic.core.db import db
from civic.core.money import Money
from civic.crowdfund.matching.models import MatchFunder, MatchPlace
from civic.crowdfund.matching.rules.stages import stage
from civic.crowdfund.models import CampaignMatch
from civic.grants.models import Award, Instalment, Repayment
from civic.grants.rules.choices import MOVING, PAID

NOTHING = Money(0)


@dataclass(frozen=True)
class Standing:
    """One funder's money for one campaign."""

    campaign: int
    funder: int
    amount: Money  # what is due by the gifts as they stand
    stage: str  # one of rules.stages.STAGES
    award: str  # its public name; empty while there is none
    total: Money  # what the award gives
    paid: Money
    moving: Money  # paid or being paid
    asked_back: Money  # returned, asked back or given up

    @property
    def owed(self) -> Money:
        """What the award gives and is not paid yet."""
        return max(self.total - self.paid, NOTHING) if self.stage in ("owed", "agreed", "part_paid") else NOTHING

    @property
    def promised(self) -> Money:
        """What is promised and still depends on the campaign."""
        return self.amount if self.stage in ("open", "closed") else NOTHING

    @property
    def too_much(self) -> Money:
        """What was paid, or is being paid, and is due no more, as far as nobody has asked for it back."""
        due = NOTHING if self.stage == "back" else self.amount
        return max(self.moving - due - self.asked_back, NOTHING)


@dataclass(frozen=True)
class Figures:
    """What one funder's money has come to in all campaigns together."""

    promised: Money
    owed: Money
    paid: Money
    too_much: Money


def figures_of(funder_id: int, found: Sequence[Standing]) -> Figures:
    """The figures of one funder among these."""
    mine = [each for each in found if each.funder == funder_id]
    return Figures(
        **{
            name: sum((getattr(each, name) for each in mine), NOTHING)
            for name in ("promised", "owed", "paid", "too_much")
        }
    )


def standings(scheme_id: int, campaign_ids: Sequence[int] | None = None) -> list[Standing]:
    """Every funder's money for these campaigns (or for all of the scheme), in the order of the funders; one statement."""
    mine = _STANDINGS.where(MatchFunder.scheme_id == scheme_id)
    if campaign_ids is not None:
        mine = mine.where(CampaignMatch.campaign_id.in_(list(campaign_ids)))
    return [_standing(row) for row in db.session.execute(mine)]


def _sum(model: Any, states: Sequence[str]) -> Any:
    whole = func.coalesce(func.sum(model.capital_minor + model.revenue_minor), 0)
    return select(whole).where(model.award_id == Award.id, model.status.in_(states)).scalar_subquery()


_STANDINGS: Any = (
    select(
        CampaignMatch.campaign_id,
        MatchFunder.id.label("funder"),
        CampaignMatch.amount_minor,
        CampaignMatch.is_standing,
        (MatchPlace.status == "open").label("is_open"),
        Award.public_id,
        Award.status,
        (Award.capital_minor + Award.revenue_minor).label("total"),
        _sum(Instalment, PAID).label("paid"),
        _sum(Instalment, MOVING).label("moving"),
        _sum(Repayment, ("asked", "approved", "received", "written_off")).label("asked_back"),
    )
    .select_from(MatchFunder)
    .join(CampaignMatch, CampaignMatch.source == literal("funder:") + cast(MatchFunder.id, Text))
    .join(
        MatchPlace,
        (MatchPlace.scheme_id == MatchFunder.scheme_id) & (MatchPlace.campaign_id == CampaignMatch.campaign_id),
    )
    .outerjoin(Award, (Award.subject == literal("match:") + cast(CampaignMatch.id, Text)) & (Award.basis == "formula"))
    .order_by(CampaignMatch.campaign_id, MatchFunder.position)
)


def _standing(row: Any) -> Standing:
    total, paid = Money(row.total or 0), Money(int(row.paid or 0))
    facts = {"is_standing": row.is_standing, "is_open": row.is_open, "award": row.status}
    return Standing(
        campaign=row.campaign_id,
        funder=row.funder,
        amount=Money(row.amount_minor if row.is_standing else 0),
        stage=stage(**facts, total=total, paid=paid),
        award=row.public_id or "",
        total=total,
        paid=paid,
        moving=Money(int(row.moving or 0)),
        asked_back=Money(int(row.asked_back or 0)),
    )
