"""Lists of the desk: decisions, awards, payments and repayments by where they stand, each with what its row tells."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from civic.accounts.models import User
from civic.assessment import queries as assessment
from civic.core.db import db
from civic.grants.models import Allotment, Award, BudgetChange, Decision, Fund, Instalment, Pot, Repayment
from civic.grants.queries import awards as award_queries
from civic.grants.queries import decisions as decision_queries
from civic.grants.rules.amounts import Amounts


def decisions(states: Sequence[str]) -> Select[Any]:
    """Decisions in these states, with their awards, pots, funds and views."""
    return decision_queries.whole().where(Decision.status.in_(states))


def recommended_in(pot: Pot, most: int = 200) -> list[Decision]:
    """First recommendations and changes of one pot's awards that wait for a decision, the oldest first."""
    mine = decision_queries.whole().join(Award, Award.id == Decision.award_id)
    found = mine.where(Award.pot_id == pot.id, Decision.status == "recommended").order_by(Decision.id).limit(most)
    return list(db.session.scalars(found))


def approved_in(pot: Pot, most: int = 200) -> list[Award]:
    """Awards of one pot that are decided and not announced, the oldest first."""
    mine = award_queries.whole().where(Award.pot_id == pot.id, Award.status == "approved")
    return list(db.session.scalars(mine.order_by(Award.id).limit(most)))


def awards_of_pot(pot: Pot) -> Select[Any]:
    """Every award of a pot."""
    return award_queries.whole().where(Award.pot_id == pot.id)


def instalments(states: Sequence[str]) -> Select[Any]:
    """Instalments in these states, with their awards, pots, funds and recipients."""
    award = joinedload(Instalment.award, innerjoin=True)
    pot = award.joinedload(Award.pot, innerjoin=True).joinedload(Pot.fund, innerjoin=True)
    found = select(Instalment).where(Instalment.status.in_(states))
    return found.options(pot, award.joinedload(Award.organisation))


def sum_of_instalments(states: Sequence[str]) -> tuple[int, Amounts]:
    """How many instalments stand in these states, and what they come to."""
    columns = (func.count(), func.coalesce(func.sum(Instalment.capital_minor), 0))
    sums = select(*columns, func.coalesce(func.sum(Instalment.revenue_minor), 0)).where(Instalment.status.in_(states))
    number, capital, revenue = db.session.execute(sums).one()
    return number, Amounts.of(capital, revenue)


def repayments(states: Sequence[str]) -> Select[Any]:
    """Repayments in these states, with their awards, pots and funds."""
    award = joinedload(Repayment.award, innerjoin=True)
    pot = award.joinedload(Award.pot, innerjoin=True).joinedload(Pot.fund, innerjoin=True)
    return select(Repayment).where(Repayment.status.in_(states)).options(pot, award.joinedload(Award.organisation))


def instalment_by_id(instalment_id: int) -> Instalment | None:
    """The instalment with this number, with its award, pot, fund and recipient."""
    if not 0 < instalment_id < 2**62:
        return None
    award = joinedload(Instalment.award, innerjoin=True)
    pot = award.joinedload(Award.pot, innerjoin=True).joinedload(Pot.fund, innerjoin=True)
    found = select(Instalment).where(Instalment.id == instalment_id)
    return db.session.scalars(found.options(pot, award.joinedload(Award.organisation))).one_or_none()


def repayment_by_id(repayment_id: int) -> Repayment | None:
    """The repayment with this number, with its award, pot, fund and recipient."""
    if not 0 < repayment_id < 2**62:
        return None
    award = joinedload(Repayment.award, innerjoin=True)
    pot = award.joinedload(Award.pot, innerjoin=True).joinedload(Pot.fund, innerjoin=True)
    found = select(Repayment).where(Repayment.id == repayment_id)
    return db.session.scalars(found.options(pot, award.joinedload(Award.organisation))).one_or_none()


def budget_changes(fund: Fund) -> list[Row[Any]]:
    """What decisions gave to a fund or took away, the newest first: (BudgetChange, who proposed it, who booked it)."""
    proposer, booker = aliased(User), aliased(User)
    rows = (
        select(
            BudgetChange,
            func.coalesce(proposer.display_name, proposer.email),
            func.coalesce(booker.display_name, booker.email),
        )
        .outerjoin(proposer, proposer.id == BudgetChange.proposed_by_id)
        .outerjoin(booker, booker.id == BudgetChange.booked_by_id)
    )
    mine = rows.where(BudgetChange.fund_id == fund.id)
    return list(db.session.execute(mine.order_by(BudgetChange.decided_on.desc(), BudgetChange.id.desc())))


def allotments(pot: Pot) -> list[Row[Any]]:
    """What was set aside for a pot and taken back, the newest first: (Allotment, by whom)."""
    rows = select(Allotment, func.coalesce(User.display_name, User.email))
    mine = rows.outerjoin(User, User.id == Allotment.made_by_id).where(Allotment.pot_id == pot.id)
    return list(db.session.execute(mine.order_by(Allotment.id.desc())))


def hidden(awards: Iterable[Award], person: Any) -> dict[str, str]:
    """Why rows of a list tell somebody nothing ("party", "interest"), by the subjects of those that are not public and not for them."""
    secret = {each.subject for each in awards if not each.is_public}
    return assessment.hidden_among(secret, person.id) if secret else {}
