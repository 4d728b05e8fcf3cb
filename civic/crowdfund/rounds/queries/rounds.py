"""Rounds: one with its parts, lists, and what their clocks bring."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from civic.core.db import db
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries.campaigns import SLUG
from civic.crowdfund.rounds.models import Application, EligibilityRule, Expression, Round, RoundQuestion, RoundTier
from civic.crowdfund.rounds.rules.dates import may_take
from civic.crowdfund.rounds.rules.eligibility import Rule
from civic.grants.models import Award, Fund, Pot


def whole() -> Select[Any]:
    """Rounds with their fund, tiers and questions."""
    return select(Round).options(
        joinedload(Round.fund, innerjoin=True), selectinload(Round.tiers), selectinload(Round.questions)
    )


def round_by_slug(slug: str) -> Round | None:
    """The round at this address, in whatever state."""
    return db.session.scalars(whole().where(Round.slug == slug)).one_or_none() if SLUG.fullmatch(slug) else None


def round_alone(slug: str) -> Round | None:
    """The same with its fund only; what could be no address is not looked for."""
    if not SLUG.fullmatch(slug):
        return None
    found = select(Round).where(Round.slug == slug).options(joinedload(Round.fund, innerjoin=True))
    return db.session.scalars(found).one_or_none()


def public_round(slug: str) -> Round | None:
    """The round at this address with its parts, if everybody may know of it."""
    found = round_by_slug(slug)
    return found if found is not None and found.is_public() else None


def round_by_id(round_id: int) -> Round | None:
    """The round with this number."""
    return db.session.scalars(whole().where(Round.id == round_id)).one_or_none() if 0 < round_id < 2**62 else None


def rules_of(round_: Round, tier_id: int | None = None) -> list[Rule]:
    """The conditions of a round, and of one of its tiers where one is named, in their order."""
    rows = eligibility_rules(round_)
    return [row.rule(round_.language) for row in rows if row.tier_id is None or row.tier_id == tier_id]


def eligibility_rules(round_: Round) -> list[EligibilityRule]:
    """Every condition, those of the whole round first."""
    mine = select(EligibilityRule).where(EligibilityRule.round_id == round_.id)
    order = (
        EligibilityRule.tier_id.is_not(None),
        EligibilityRule.tier_id,
        EligibilityRule.position,
        EligibilityRule.id,
    )
    return list(db.session.scalars(mine.order_by(*order)))


def public_rounds() -> list[Round]:
    """Every round that was ever opened, the newest first, with its fund."""
    found = select(Round).where(Round.opened_at.is_not(None)).options(joinedload(Round.fund, innerjoin=True))
    return list(db.session.scalars(found.order_by(Round.applications_close_at.desc(), Round.id.desc()).limit(200)))


def open_rounds(now: datetime) -> list[Round]:
    """Rounds that take expressions or applications now, or will."""
    found = select(Round).where(Round.status == "open", Round.applications_close_at > now)
    return list(
        db.session.scalars(found.options(joinedload(Round.fund, innerjoin=True)).order_by(Round.applications_close_at))
    )


def all_rounds(roles: Iterable[str], now: datetime) -> list[Round]:
    """Every round of funds run by these roles, and those of others whose deadline has passed; drafts first, then by deadline."""
    theirs = Fund.managed_by.in_(list(roles)) | (Round.opened_at.is_not(None) & (Round.applications_close_at <= now))
    found = select(Round).join(Fund, Fund.id == Round.fund_id).where(theirs)
    order = (Round.status != "draft", Round.applications_close_at.desc().nulls_first(), Round.id.desc())
    return list(db.session.scalars(found.options(joinedload(Round.fund, innerjoin=True)).order_by(*order).limit(500)))


class Chance(NamedTuple):
    """A round that a campaign has applied to, or still may."""

    round: Round
    application_id: int | None
    status: str | None  # of the application


def chances(campaign: Campaign, now: datetime) -> list[Chance]:
    """The rounds that a campaign has applied to, and those that are open and in time for it; in one statement."""
    mine = (
        (Application.round_id == Round.id)
        & (Application.campaign_id == campaign.id)
        & (Application.status != "withdrawn")
    )
    is_open = (Round.status == "open") & (Round.applications_close_at > now)
    found = select(Round, Application.id, Application.status).outerjoin(Application, mine)
    rows = db.session.execute(
        found.where(is_open | Application.id.is_not(None)).order_by(Round.applications_close_at, Round.id)
    )
    runs = campaign.status in ("draft", "in_review", "live")
    return [
        Chance(round_, number, status)
        for round_, number, status in rows
        if number is not None or (runs and may_take(round_.dates, campaign.opened_at, campaign.closes_at))
    ]


Part = TypeVar("Part", RoundTier, EligibilityRule, RoundQuestion)


def part_of(round_: Round, kind: type[Part], number: int) -> Part | None:
    """One tier, condition or question of this round."""
    if not 0 < number < 2**62:
        return None
    return db.session.scalars(select(kind).where(kind.id == number, kind.round_id == round_.id)).one_or_none()


def funds_of(roles: Iterable[str]) -> list[Fund]:
    """Open funds that are run by these roles: a round begins with one of them."""
    mine = select(Fund).where(Fund.managed_by.in_(list(roles)), Fund.status == "open")
    return list(db.session.scalars(mine.order_by(Fund.title, Fund.id)))


def awards_by_state(round_: Round) -> dict[str, int]:
    """How many awards of a round's money stand in each state."""
    pot = select(Pot.id).where(Pot.owner == round_.name)
    rows = select(Award.status, func.count()).where(Award.pot_id.in_(pot)).group_by(Award.status)
    return dict(db.session.execute(rows).all())  # type: ignore[arg-type]


def to_unseal(now: datetime) -> list[int]:
    """Open rounds whose deadline has passed and whose applications were not given to the assessors yet."""
    mine = select(Round.id).where(
        Round.status == "open", Round.unsealed_at.is_(None), Round.applications_close_at <= now
    )
    return list(db.session.scalars(mine.order_by(Round.id)))


def counts(round_id: int) -> dict[str, int]:
    """How many expressions ("expression:submitted") and applications ("application:submitted") stand in each state."""
    found: dict[str, int] = {}
    for name, model in (("expression", Expression), ("application", Application)):
        rows = select(model.status, func.count()).where(model.round_id == round_id).group_by(model.status)
        found |= {f"{name}:{status}": number for status, number in db.session.execute(rows)}
    return found
