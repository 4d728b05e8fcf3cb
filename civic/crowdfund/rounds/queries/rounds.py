"""Rounds: one with its parts, lists, and what their clocks bring."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from civic.core.db import db
from civic.crowdfund.rounds.models import Application, EligibilityRule, Expression, Round
from civic.crowdfund.rounds.rules.eligibility import Rule
from civic.grants.models import Fund


def whole() -> Select[Any]:
    """Rounds with their fund, tiers and questions."""
    return select(Round).options(
        joinedload(Round.fund, innerjoin=True), selectinload(Round.tiers), selectinload(Round.questions)
    )


def round_by_slug(slug: str) -> Round | None:
    """The round at this address, in whatever state."""
    return db.session.scalars(whole().where(Round.slug == slug)).one_or_none()


def public_round(slug: str) -> Round | None:
    """The same, if everybody may know of it."""
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


def all_rounds(managed_by: list[str]) -> list[Round]:
    """Every round of funds run by these roles, drafts first, then by deadline."""
    found = select(Round).join(Fund, Fund.id == Round.fund_id).where(Fund.managed_by.in_(managed_by))
    order = (Round.status != "draft", Round.applications_close_at.desc().nulls_first(), Round.id.desc())
    return list(db.session.scalars(found.options(joinedload(Round.fund, innerjoin=True)).order_by(*order).limit(500)))


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
