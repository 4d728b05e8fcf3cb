"""What waits for somebody with a part in public money: one question for all of it, and the lists behind each number."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, exists, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from civic.assessment import queries as assessment
from civic.core.db import db
from civic.grants.models import (
    Agreement,
    Award,
    BudgetChange,
    ConsulteeView,
    Decision,
    Fund,
    Grade,
    Instalment,
    Pot,
    Repayment,
    Report,
)
from civic.grants.queries import authority
from civic.grants.rules.choices import MANAGERS

BY_ROLE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(MANAGERS, ("announcements", "agreements", "claims", "reports")),
    "consultee": ("views",),
    "approver": ("decisions", "signatures", "budgets", "repayments"),
    "finance_officer": ("payments", "budgets", "receipts"),
}
"""What waits for whom."""


def waits_for(person: Any, roles: frozenset[str]) -> dict[str, int]:
    """How much of each kind waits for somebody in these roles, without what they may not act on; in their own order."""
    kinds = [kind for kind in ROWS if any(kind in BY_ROLE.get(role, ()) for role in roles)]
    if not kinds:
        return {}
    asked = [_subjects(kind, _rows(kind, person, roles)) for kind in kinds]
    found = [(kind, subject) for kind, subject in db.session.execute(union_all(*asked))]
    hidden = assessment.hidden_among({subject for _, subject in found if subject}, person.id)
    counted = Counter(kind for kind, subject in found if subject not in hidden)
    return {kind: counted[kind] for kind in kinds}


def rows(kind: str, person: Any, roles: frozenset[str]) -> Select[Any]:
    """The things of a kind that wait for somebody, with their awards; budgets with their fund."""
    found = _rows(kind, person, roles)
    if kind == "budgets":
        return found.options(contains_eager(BudgetChange.fund))
    model = MODELS[kind]
    if model is Award:
        return found.options(contains_eager(Award.pot).contains_eager(Pot.fund), joinedload(Award.organisation))
    award = contains_eager(model.award)
    found = found.options(
        award.contains_eager(Award.pot).contains_eager(Pot.fund), award.joinedload(Award.organisation)
    )
    return found.options(selectinload(Decision.views)) if model is Decision else found


def _rows(kind: str, person: Any, roles: frozenset[str]) -> Select[Any]:
    return ROWS[kind](_with_award(MODELS[kind]), person, roles)


def _with_award(model: Any) -> Select[Any]:
    found: Any = select(model)
    if model is BudgetChange:
        return found.join(Fund, Fund.id == BudgetChange.fund_id)
    if model is not Award:
        found = found.join(Award, Award.id == model.award_id)
    return found.join(Pot, Pot.id == Award.pot_id).join(Fund, Fund.id == Pot.fund_id)


def _subjects(kind: str, found: Select[Any]) -> Select[Any]:
    subject = literal("") if kind == "budgets" else Award.subject
    narrowed: Any = found.with_only_columns(literal(kind), subject, maintain_column_froms=True)
    return narrowed


# What waits, kind by kind. Nobody is offered what four eyes would refuse.


def _views(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    return found.where(
        Decision.status == "recommended", Decision.recommended_by_id.is_distinct_from(person.id), ~_spoken(person.id)
    )


def _decisions(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    views = select(func.count()).where(ConsulteeView.decision_id == Decision.id).correlate(Decision).scalar_subquery()
    mine = found.where(
        Decision.status == "recommended",
        Decision.recommended_by_id.is_distinct_from(person.id),
        ~_spoken(person.id),
        ~Decision.assessed_by.contains(literal([person.id], JSONB)),
        views >= Fund.consultees,
    )
    grade = authority.held_by(person.id)
    return mine.where(_within(grade))


def _within(grade: Grade | None) -> Any:
    if grade is None:
        return literal(False)
    total = Decision.capital_minor + Decision.revenue_minor
    return literal(True) if grade.limit_minor is None else total <= grade.limit_minor


def _spoken(person_id: int) -> Any:
    mine = select(ConsulteeView.id).where(
        ConsulteeView.decision_id == Decision.id, ConsulteeView.consultee_id == person_id
    )
    return exists(mine.correlate(Decision))


def _announcements(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    return found.where(Award.status == "approved", Fund.managed_by.in_(roles))


def _agreements(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    is_more = or_(Award.capital_minor != Award.agreed_capital_minor, Award.revenue_minor != Award.agreed_revenue_minor)
    same = (Agreement.capital_minor == Award.capital_minor) & (Agreement.revenue_minor == Award.revenue_minor)
    offered = select(Agreement.id).where(Agreement.award_id == Award.id, Agreement.status == "offered", same)
    return found.where(
        Award.status.in_(("due", "agreed")), is_more, ~exists(offered.correlate(Award)), Fund.managed_by.in_(roles)
    )


def _signatures(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    return found.where(
        Agreement.status == "offered",
        Agreement.recipient_signed_at.is_not(None),
        Agreement.authority_signed_at.is_(None),
        Agreement.recipient_signed_by_id.is_distinct_from(person.id),
    )


def _claims(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    return found.where(
        Instalment.status == "claimed",
        Instalment.claimed_by_id.is_distinct_from(person.id),
        Fund.managed_by.in_(roles),
    )


def _payments(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    return found.where(
        Instalment.status == "instructed",
        Instalment.instructed_by_id.is_distinct_from(person.id),
        ~Instalment.approved_by.contains(literal([person.id], JSONB)),
    )


def _reports(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    return found.where(Report.status == "submitted", Fund.managed_by.in_(roles))


def _budgets(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    return found.where(BudgetChange.status == "proposed", BudgetChange.proposed_by_id.is_distinct_from(person.id))


def _repayments(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    return found.where(Repayment.status == "asked", Repayment.asked_by_id.is_distinct_from(person.id))


def _receipts(found: Select[Any], person: Any, roles: frozenset[str]) -> Select[Any]:
    return found.where(Repayment.status == "approved", Repayment.approved_by_id.is_distinct_from(person.id))


Narrowed = Callable[[Select[Any], Any, frozenset[str]], Select[Any]]
ROWS: dict[str, Narrowed] = {
    "views": _views,
    "decisions": _decisions,
    "announcements": _announcements,
    "agreements": _agreements,
    "signatures": _signatures,
    "claims": _claims,
    "payments": _payments,
    "reports": _reports,
    "budgets": _budgets,
    "repayments": _repayments,
    "receipts": _receipts,
}
MODELS: dict[str, Any] = {
    "views": Decision,
    "decisions": Decision,
    "announcements": Award,
    "agreements": Award,
    "signatures": Agreement,
    "claims": Instalment,
    "payments": Instalment,
    "reports": Report,
    "budgets": BudgetChange,
    "repayments": Repayment,
    "receipts": Repayment,
}
