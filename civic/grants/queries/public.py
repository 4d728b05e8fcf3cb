"""What everybody may know of public money: only what was announced, and never a person's name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, exists, func, or_, select

from civic.core.db import db
from civic.core.money import Money
from civic.grants.models import Award, BudgetChange, Fund, Pot
from civic.grants.queries.awards import whole
from civic.grants.rules.amounts import NONE, Amounts, together
from civic.grants.rules.choices import STANDING


@dataclass(frozen=True)
class Given:
    """What of a fund (or pot) is promised and announced, to how many."""

    amounts: Amounts = NONE
    awards: int = 0


@dataclass(frozen=True)
class Shown:
    """A fund as everybody sees it."""

    fund: Fund
    changes: list[BudgetChange]  # booked ones, the newest first
    pots: list[Pot]
    by_pot: dict[int, Given] = field(default_factory=dict)

    @property
    def budget(self) -> Amounts:
        """What decisions of the authority gave to it."""
        return together(Amounts.only(each.spending, each.amount) for each in self.changes)

    @property
    def given(self) -> Given:
        """What is promised of it and announced."""
        return Given(
            together(each.amounts for each in self.by_pot.values()), sum(each.awards for each in self.by_pot.values())
        )


def funds() -> list[tuple[Fund, Money, Given]]:
    """Every fund that everybody may know of, open ones first: (fund, budget, what is given of it)."""
    found = list(db.session.scalars(_public().order_by(Fund.status.desc(), Fund.title, Fund.id)))
    ids = [each.id for each in found]
    budgets = select(BudgetChange.fund_id, func.sum(BudgetChange.amount_minor)).where(
        BudgetChange.fund_id.in_(ids), BudgetChange.status == "booked"
    )
    budget_of: dict[int, int] = dict(db.session.execute(budgets.group_by(BudgetChange.fund_id)).all())  # type: ignore[arg-type]
    given = _given(Pot.fund_id, Pot.fund_id.in_(ids))
    return [(each, Money(int(budget_of.get(each.id, 0))), given.get(each.id, Given())) for each in found]


def public_funds(numbers: Iterable[int]) -> Sequence[Fund]:
    """Those of these funds that everybody may know of."""
    return db.session.scalars(_public().where(Fund.id.in_(list(numbers)))).all()


def fund_by_slug(slug: str) -> Fund | None:
    """The fund at this address, once it has money or has given some."""
    return db.session.scalars(_public().where(Fund.slug == slug)).one_or_none()


def shown(fund: Fund) -> Shown:
    """All that its page tells besides the list of awards, in three statements."""
    changes = select(BudgetChange).where(BudgetChange.fund_id == fund.id, BudgetChange.status == "booked")
    newest = changes.order_by(BudgetChange.decided_on.desc(), BudgetChange.id.desc())
    pots = select(Pot).where(Pot.fund_id == fund.id).order_by(Pot.id.desc())
    return Shown(
        fund,
        list(db.session.scalars(newest)),
        list(db.session.scalars(pots)),
        _given(Award.pot_id, Pot.fund_id == fund.id),
    )


def awards(fund: Fund, place: str = "") -> Select[Any]:
    """The announced awards of a fund, of one borough or all."""
    found = whole().join(Pot, Pot.id == Award.pot_id).where(Pot.fund_id == fund.id, Award.announced_at.is_not(None))
    return found.where(Award.place == place) if place else found


def _public() -> Select[Any]:
    booked = select(BudgetChange.id).where(BudgetChange.fund_id == Fund.id, BudgetChange.status == "booked")
    known = select(Award.id).join(Pot, Pot.id == Award.pot_id)
    announced = known.where(Pot.fund_id == Fund.id, Award.announced_at.is_not(None))
    return select(Fund).where(or_(exists(booked.correlate(Fund)), exists(announced.correlate(Fund))))


def _given(by: Any, which: Any) -> dict[int, Given]:
    """What is promised and announced, by a column."""
    sums = select(by, func.sum(Award.capital_minor), func.sum(Award.revenue_minor), func.count())
    found = sums.select_from(Award).join(Pot, Pot.id == Award.pot_id)
    standing = found.where(which, Award.announced_at.is_not(None), Award.status.in_(STANDING)).group_by(by)
    return {
        number: Given(Amounts.of(capital, revenue), count)
        for number, capital, revenue, count in db.session.execute(standing)
    }


def told_by(rows: Sequence[Award]) -> list[tuple[Any, ...]]:
    """By what awards are known to a reader's browser: another state, sum or name is another page."""
    return [
        (each.id, each.status, each.capital_minor, each.revenue_minor, each.title, each.recipient, each.outcome_at)
        for each in rows
    ]
