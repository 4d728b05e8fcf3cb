"""Schemes with their funders and campaigns, and those that somebody has to hold."""

from collections.abc import Collection, Iterable
from hashlib import blake2b
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from civic.core.db import db
from civic.core.money import Money
from civic.core.names import slug_of
from civic.crowdfund.matching.models import MatchFunder, MatchPlace, MatchScheme, MatchSignal
from civic.crowdfund.matching.rules.terms import Funder, Scheme
from civic.crowdfund.models import Campaign, CampaignTotal
from civic.grants.models import Fund, Pot


def whole() -> Select[Any]:
    """Schemes with their funders, pots and funds."""
    pot = selectinload(MatchScheme.funders).joinedload(MatchFunder.pot, innerjoin=True)
    return select(MatchScheme).options(pot.joinedload(Pot.fund, innerjoin=True))


def scheme_by_slug(slug: str) -> MatchScheme | None:
    """The scheme at this address, in whatever state."""
    return db.session.scalars(whole().where(MatchScheme.slug == slug)).one_or_none()


def scheme_by_id(scheme_id: int) -> MatchScheme | None:
    """The scheme with this number, with its funders."""
    return db.session.scalars(whole().where(MatchScheme.id == scheme_id)).one_or_none()


def public_scheme(slug: str) -> MatchScheme | None:
    """The same, if everybody may know of it."""
    found = scheme_by_slug(slug)
    return found if found is not None and found.is_public else None


def all_schemes() -> list[MatchScheme]:
    """Every scheme, the newest first, with its funders."""
    return list(db.session.scalars(whole().order_by(MatchScheme.id.desc()).limit(500)))


RESERVED_SLUGS = ("new", "simulator")
"""What stands in the place of a scheme's address on the desk."""


def free_slug(title: str) -> str:
    """An address for a scheme that no other has, made of its first title."""
    wanted = slug_of(title, "scheme")
    wanted = f"{wanted}-scheme" if wanted in RESERVED_SLUGS else wanted
    taken = set(
        db.session.scalars(select(MatchScheme.slug).where(MatchScheme.slug.startswith(wanted, autoescape=True)))
    )
    number, slug = 2, wanted
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def mark_of_funders(funders: Iterable[MatchFunder]) -> str:
    """The mark of who pays as it stands, so that a save can tell whether it changed meanwhile."""
    told = [(each.pot_id, each.name, each.spending, each.contribution_minor) for each in funders]
    return blake2b(repr(sorted(told)).encode(), digest_size=9).hexdigest()


def terms_of(scheme: MatchScheme) -> Scheme:
    """The scheme as its rules read it: with what its pots can give, which is all that was put in but for what is missing now."""
    funders = tuple(Funder(each.id, Money(each.contribution_minor - each.missing_minor)) for each in scheme.funders)
    return Scheme(scheme.formula, funders)


def held(scheme_id: int) -> MatchScheme:
    """The scheme, held until the transaction ends and read afresh, with its funders."""
    mine = select(MatchScheme).where(MatchScheme.id == scheme_id).with_for_update(of=MatchScheme, key_share=True)
    found = db.session.scalars(mine.execution_options(populate_existing=True)).one()
    _with_funders([found])
    return found


def held_of_campaign(campaign_id: int) -> list[MatchScheme]:
    """Every scheme that a campaign is in, held in the order in which everybody holds them, with their funders."""
    mine = (
        select(MatchScheme)
        .join(MatchPlace, MatchPlace.scheme_id == MatchScheme.id)
        .where(
            MatchPlace.campaign_id == campaign_id,
            MatchPlace.status != "left",
            MatchScheme.status.in_(("running", "ended")),
        )
        .order_by(MatchScheme.id)
        .with_for_update(of=MatchScheme, key_share=True)
    )
    found = list(db.session.scalars(mine.execution_options(populate_existing=True)))
    if found:
        _with_funders(found)
    if len(found) > 1:
        _hold_sums(found)
    return found


def _hold_sums(schemes: list[MatchScheme]) -> None:
    """The sums of their campaigns in their order: one scheme alone writes them in it, several after each other do not."""
    mine = select(MatchPlace.campaign_id).where(MatchPlace.scheme_id.in_([each.id for each in schemes]))
    sums = select(CampaignTotal.campaign_id).where(CampaignTotal.campaign_id.in_(mine))
    db.session.execute(sums.order_by(CampaignTotal.campaign_id).with_for_update(key_share=True)).all()


def _with_funders(schemes: list[MatchScheme]) -> None:
    ids = [each.id for each in schemes]
    wanted = select(MatchScheme).where(MatchScheme.id.in_(ids)).options(selectinload(MatchScheme.funders))
    db.session.scalars(wanted.execution_options(populate_existing=True)).all()


def place_of(scheme_id: int, campaign_id: int) -> MatchPlace | None:
    """A campaign's place in a scheme, read afresh."""
    mine = select(MatchPlace).where(MatchPlace.scheme_id == scheme_id, MatchPlace.campaign_id == campaign_id)
    return db.session.scalars(mine.execution_options(populate_existing=True)).one_or_none()


def places_of(scheme_id: int) -> list[MatchPlace]:
    """The campaigns of a scheme, with their organisations."""
    whole_campaign = joinedload(MatchPlace.campaign, innerjoin=True).joinedload(Campaign.organisation, innerjoin=True)
    mine = select(MatchPlace).where(MatchPlace.scheme_id == scheme_id).options(whole_campaign)
    return list(db.session.scalars(mine.order_by(MatchPlace.id)))


def schemes_of(campaign: Campaign) -> list[MatchScheme]:
    """The schemes that a campaign is or was in and that are public, with their funders."""
    mine = whole().join(MatchPlace, MatchPlace.scheme_id == MatchScheme.id)
    found = mine.where(MatchPlace.campaign_id == campaign.id, MatchScheme.approved_at.is_not(None))
    return list(db.session.scalars(found.order_by(MatchScheme.id)))


def waiting_signals(managers: Collection[str]) -> int:
    """How many signals nobody has looked at, in schemes of funds that one of these roles runs."""
    theirs = (
        select(MatchFunder.scheme_id)
        .join(Pot, Pot.id == MatchFunder.pot_id)
        .join(Fund, Fund.id == Pot.fund_id)
        .where(Fund.managed_by.in_(managers))
    )
    mine = select(func.count()).where(MatchSignal.status == "open", MatchSignal.scheme_id.in_(theirs))
    return db.session.scalar(mine) or 0


def waiting_proposals(person_id: int) -> int:
    """How many schemes that others proposed wait for an approver."""
    mine = MatchScheme.proposed_by_id.is_distinct_from(person_id)
    return db.session.scalar(select(func.count()).where(MatchScheme.status == "proposed", mine)) or 0
