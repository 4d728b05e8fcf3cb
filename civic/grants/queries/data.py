"""Announced awards as open data: columns of one long question, so that a file of any length is sent row by row."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from civic.accounts.models import Organisation
from civic.grants.models import Award, Decision, Fund, Instalment, Pot, Repayment, Report
from civic.grants.rules.choices import PAID, STANDING

PUBLIC = (*STANDING, "released")
"""States in which an announced award can be; what was released stays told."""


def rows(fund: Fund, states: Sequence[str] = PUBLIC) -> Select[Any]:
    """The announced awards of a fund, the first announced first; of a person's award no name leaves the database."""
    taken = select(Decision).where(Decision.award_id == Award.id, Decision.status == "decided").correlate(Award)
    numbers = func.string_agg(Decision.number, aggregate_order_by(literal("; "), Decision.id))
    paid = select(func.sum(Instalment.capital_minor + Instalment.revenue_minor))
    back = select(func.sum(Repayment.capital_minor + Repayment.revenue_minor))
    starts = select(func.min(Instalment.due_on)).where(Instalment.status != "cancelled")
    found: Any = (
        select(
            Award.public_id,
            Award.title,
            Award.summary,
            Award.language,
            Award.status,
            Award.place,
            Award.basis,
            Award.capital_minor,
            Award.revenue_minor,
            Award.created_at,
            Award.announced_at,
            Award.conditions,
            Award.outcome,
            Award.note,
            Award.organisation_id,
            Organisation.name.label("organisation"),
            Organisation.kind.label("kind"),
            Organisation.registration_number.label("registration"),
            Pot.id.label("pot_id"),
            Pot.title.label("pot"),
            taken.with_only_columns(numbers).scalar_subquery().label("decisions"),
            taken.with_only_columns(func.min(Decision.decided_at)).scalar_subquery().label("decided_at"),
            _of_award(paid.where(Instalment.status.in_(PAID)), Instalment).label("paid_minor"),
            _of_award(back.where(Repayment.status == "received"), Repayment).label("returned_minor"),
            _of_award(starts, Instalment).label("starts_on"),
            _of_award(select(func.max(Report.due_on)).where(Report.kind == "final"), Report).label("ends_on"),
        )
        .select_from(Award)
        .join(Pot, Pot.id == Award.pot_id)
        .outerjoin(Organisation, Organisation.id == Award.organisation_id)
        .where(Pot.fund_id == fund.id, Award.announced_at.is_not(None), Award.status.in_(states))
        .order_by(Award.announced_at, Award.id)
    )
    return found


def _of_award(found: Select[Any], model: Any) -> Any:
    return found.where(model.award_id == Award.id).correlate(Award).scalar_subquery()
