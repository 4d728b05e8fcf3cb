"""The gifts of a scheme with what is known of who gave them: for looking at once, never kept and never shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from civic.accounts.models import OrganisationMember, User
from civic.core.db import db
from civic.core.money import Money
from civic.crowdfund.matching.models import MatchPart, MatchPlace
from civic.crowdfund.matching.queries.workings import gift_of, part_columns
from civic.crowdfund.matching.rules.traces import Trace
from civic.crowdfund.models import Campaign, Pledge
from civic.payments.queries.cards import fingerprints

LOOKED_AT = ("open", "closed")
"""Places of campaigns whose gifts are looked at: the money of those that have closed may not have moved yet."""


@dataclass(frozen=True)
class Running:
    """A campaign of a scheme with those who run it."""

    campaign: int
    organisation: int
    target: Money
    emails: frozenset[str]


def traces_of(scheme_id: int) -> list[Trace]:
    """Every part of every gift in their order, with address, card and the age of the account; two statements."""
    rows = db.session.execute(
        select(
            *part_columns(),
            func.coalesce(User.email, Pledge.email).label("email"),
            User.created_at.label("account_at"),
            Pledge.payment_method_id,
        )
        .join(Pledge, Pledge.id == MatchPart.pledge_id)
        .outerjoin(User, User.id == Pledge.user_id)
        .join(MatchPlace, _is_its_place())
        .where(MatchPart.scheme_id == scheme_id, MatchPlace.status.in_(LOOKED_AT))
        .order_by(MatchPart.since, MatchPart.pledge_id, MatchPart.part)
    ).all()
    cards = fingerprints(row.payment_method_id for row in rows)
    return [Trace(gift_of(row), row.email, cards.get(row.payment_method_id, ""), row.account_at) for row in rows]


def running_of(scheme_id: int) -> list[Running]:
    """The campaigns of a scheme and the addresses of the members of their organisations; one statement."""
    emails = func.array_remove(func.array_agg(User.email), None)
    rows = db.session.execute(
        select(Campaign.id, Campaign.organisation_id, Campaign.target_minor, emails)
        .join(MatchPlace, MatchPlace.campaign_id == Campaign.id)
        .outerjoin(OrganisationMember, OrganisationMember.organisation_id == Campaign.organisation_id)
        .outerjoin(User, User.id == OrganisationMember.user_id)
        .where(MatchPlace.scheme_id == scheme_id, MatchPlace.status.in_(LOOKED_AT))
        .group_by(Campaign.id)
        .order_by(Campaign.id)
    )
    return [Running(number, organisation, Money(minor), _some(found)) for number, organisation, minor, found in rows]


def _is_its_place() -> Any:
    return (MatchPlace.scheme_id == MatchPart.scheme_id) & (MatchPlace.campaign_id == MatchPart.campaign_id)


def _some(emails: Iterable[str]) -> frozenset[str]:
    return frozenset(email for email in emails if email)
