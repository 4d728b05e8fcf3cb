"""Decisions: what waits for whom, and the trail of one."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from civic.core.db import db
from civic.grants.models import Award, ConsulteeView, Decision, Fund, Pot


def open_of(award_id: int) -> Decision | None:
    """The recommendation about an award that is not decided yet."""
    mine = select(Decision).where(Decision.award_id == award_id, Decision.status == "recommended")
    return db.session.scalars(mine).one_or_none()


def decision_by_id(decision_id: int) -> Decision | None:
    """The decision with this number, with its award, pot, fund and the views of consultees."""
    if not 0 < decision_id < 2**62:
        return None
    return db.session.scalars(whole().where(Decision.id == decision_id)).one_or_none()


def decisions_of(award_id: int) -> list[Decision]:
    """Every decision about an award, the oldest first, with the views of consultees."""
    return list(db.session.scalars(whole().where(Decision.award_id == award_id).order_by(Decision.id)))


def whole() -> Select[Any]:
    """Decisions with all that belongs to them."""
    award = joinedload(Decision.award, innerjoin=True)
    pot = award.joinedload(Award.pot, innerjoin=True).joinedload(Pot.fund, innerjoin=True)
    return select(Decision).options(pot, award.joinedload(Award.organisation), selectinload(Decision.views))


def listed(status: str, managed_by: list[str]) -> Select[Any]:
    """Decisions in a state, of funds run by these roles, with their awards."""
    award = joinedload(Decision.award, innerjoin=True).joinedload(Award.pot, innerjoin=True)
    found = select(Decision).join(Award, Award.id == Decision.award_id).join(Pot, Pot.id == Award.pot_id)
    found = found.join(Fund, Fund.id == Pot.fund_id).where(Decision.status == status)
    return found.where(Fund.managed_by.in_(managed_by)).options(award, selectinload(Decision.views))


def consultees_of(decision_id: int) -> frozenset[int]:
    """The numbers of those who gave their view."""
    mine = select(ConsulteeView.consultee_id).where(
        ConsulteeView.decision_id == decision_id, ConsulteeView.consultee_id.is_not(None)
    )
    return frozenset(number for number in db.session.scalars(mine) if number is not None)


def deciders_of(award_id: int) -> frozenset[int]:
    """The numbers of everybody who ever decided about an award."""
    mine = select(Decision.decided_by_id).where(
        Decision.award_id == award_id, Decision.status == "decided", Decision.decided_by_id.is_not(None)
    )
    return frozenset(number for number in db.session.scalars(mine) if number is not None)


def are_waiting_in(fund_id: int) -> bool:
    """Whether any recommendation of a fund waits for views or for a decision."""
    mine = select(Decision.id).join(Award, Award.id == Decision.award_id).join(Pot, Pot.id == Award.pot_id)
    return db.session.scalar(mine.where(Pot.fund_id == fund_id, Decision.status == "recommended").limit(1)) is not None


def waiting_for_views(person_id: int) -> int:
    """How many recommendations a consultee has not spoken to."""
    spoken = select(ConsulteeView.decision_id).where(ConsulteeView.consultee_id == person_id)
    mine = select(func.count()).where(Decision.status == "recommended", Decision.id.not_in(spoken))
    return db.session.scalar(mine) or 0


def waiting_to_be_decided() -> int:
    """How many recommendations have all the views they need and wait for an approver."""
    views = select(func.count()).where(ConsulteeView.decision_id == Decision.id).correlate(Decision).scalar_subquery()
    ready = select(func.count()).select_from(Decision).join(Award, Award.id == Decision.award_id)
    ready = ready.join(Pot, Pot.id == Award.pot_id).join(Fund, Fund.id == Pot.fund_id)
    return db.session.scalar(ready.where(Decision.status == "recommended", views >= Fund.consultees)) or 0
