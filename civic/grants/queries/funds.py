"""Funds and pots, and the balances that decisions are taken on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from civic.core.db import db
from civic.core.money import Money
from civic.grants.models import Allotment, BudgetChange, Fund, FundBalance, Pot, PotBalance, Reservation
from civic.grants.rules.amounts import NONE, Amounts
from civic.grants.rules.choices import PLACES, SPENDINGS

RESERVED_SLUGS = ("new",)
"""What stands in the place of a fund's address on the desk."""


def fund_by_slug(slug: str) -> Fund | None:
    """The fund at this address."""
    return db.session.scalars(select(Fund).where(Fund.slug == slug)).one_or_none()


def free_slug(wanted: str) -> str:
    """An address for a fund that no other has, as near to the wanted one as can be."""
    wanted = f"{wanted}-fund" if wanted in RESERVED_SLUGS else wanted
    taken = set(db.session.scalars(select(Fund.slug).where(Fund.slug.startswith(wanted, autoescape=True))))
    number, slug = 2, wanted
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def all_funds() -> list[Fund]:
    """Every fund, those that are open first."""
    return list(db.session.scalars(select(Fund).order_by(Fund.status.desc(), Fund.title, Fund.id)))


def pot_by_owner(owner: str) -> Pot | None:
    """The pot of an owner in a package above, with its fund."""
    mine = select(Pot).where(Pot.owner == owner).options(joinedload(Pot.fund, innerjoin=True))
    return db.session.scalars(mine).one_or_none()


def pot_by_id(pot_id: int) -> Pot | None:
    """The pot with this number, with its fund."""
    if not 0 < pot_id < 2**62:
        return None
    mine = select(Pot).where(Pot.id == pot_id).options(joinedload(Pot.fund, innerjoin=True))
    return db.session.scalars(mine).one_or_none()


def pots_of(fund: Fund) -> list[Pot]:
    """The pots of a fund, the newest first."""
    return list(db.session.scalars(select(Pot).where(Pot.fund_id == fund.id).order_by(Pot.id.desc())))


def of_pot(pot_id: int) -> Fund:
    """The fund that a pot belongs to."""
    return db.session.scalars(select(Fund).join(Pot, Pot.fund_id == Fund.id).where(Pot.id == pot_id)).one()


def left_in(pot_id: int) -> Amounts:
    """What of a pot is neither reserved nor committed nor paid."""
    return balance_of(pot_id).left


@dataclass(frozen=True)
class Balance:
    """Where the money of a pot (or of several) stands."""

    left: Amounts = NONE
    reserved: Amounts = NONE
    committed: Amounts = NONE
    paid: Amounts = NONE

    @property
    def budget(self) -> Amounts:
        """All of it."""
        return self.left + self.reserved + self.committed + self.paid


@dataclass(frozen=True)
class Standing:
    """How a fund's budget stands in one line, capital and revenue together."""

    budget: Money
    promised: Money  # decided, signed for or paid
    paid: Money

    @property
    def left(self) -> Money:
        """What is promised to nobody yet."""
        return self.budget - self.promised


def balance_of(pot_id: int) -> Balance:
    """Where a pot's money stands, by the balances that decisions are taken on."""
    return balances([pot_id]).get(pot_id, Balance())


def balances(pot_ids: Iterable[int], *, hold: bool = False) -> dict[int, Balance]:
    """The same of several pots, in one statement; a pot that was never allotted anything is missing.

    With `hold` nobody moves their money until the transaction ends.
    """
    mine = select(PotBalance).where(PotBalance.pot_id.in_(list(pot_ids)))
    if hold:
        mine = mine.order_by(PotBalance.pot_id, PotBalance.spending).with_for_update()
    rows = db.session.scalars(mine.execution_options(populate_existing=hold))
    found: dict[int, dict[str, PotBalance]] = {}
    for row in rows:
        found.setdefault(row.pot_id, {})[row.spending] = row
    return {pot_id: _balance(by_spending) for pot_id, by_spending in found.items()}


def _balance(rows: dict[str, PotBalance]) -> Balance:
    def at(place: str) -> Amounts:
        minor = {
            spending: getattr(rows[spending], f"{place}_minor") if spending in rows else 0 for spending in SPENDINGS
        }
        return Amounts.of(minor["capital"], minor["revenue"])

    return Balance(**{place: at(place) for place in PLACES})


def standing() -> list[tuple[Fund, Standing]]:
    """Every fund, open ones first, with how its budget stands by the kept balances; two statements."""
    budgets = select(FundBalance.fund_id, func.sum(FundBalance.budget_minor)).group_by(FundBalance.fund_id)
    used = (
        select(
            Pot.fund_id,
            func.sum(PotBalance.reserved_minor + PotBalance.committed_minor + PotBalance.paid_minor),
            func.sum(PotBalance.paid_minor),
        )
        .join(PotBalance, PotBalance.pot_id == Pot.id)
        .group_by(Pot.fund_id)
    )
    budget_of = {number: int(minor) for number, minor in db.session.execute(budgets)}
    used_of = {number: (int(promised), int(paid)) for number, promised, paid in db.session.execute(used)}
    found = []
    for fund in all_funds():
        promised, paid = used_of.get(fund.id, (0, 0))
        found.append((fund, Standing(Money(budget_of.get(fund.id, 0)), Money(promised), Money(paid))))
    return found


def reservation(pot_id: int, source: str) -> Reservation | None:
    """What a rule holds back of a pot, locked."""
    mine = select(Reservation).where(Reservation.pot_id == pot_id, Reservation.source == source)
    return db.session.scalars(mine.with_for_update().execution_options(populate_existing=True)).one_or_none()


def budget_changes(fund: Fund) -> list[BudgetChange]:
    """What decisions gave to a fund or took away, the newest first."""
    mine = select(BudgetChange).where(BudgetChange.fund_id == fund.id)
    return list(db.session.scalars(mine.order_by(BudgetChange.decided_on.desc(), BudgetChange.id.desc())))


def budget_change_by_id(change_id: int) -> BudgetChange | None:
    """The change with this number, with its fund."""
    if not 0 < change_id < 2**62:
        return None
    mine = select(BudgetChange).where(BudgetChange.id == change_id)
    return db.session.scalars(mine.options(joinedload(BudgetChange.fund, innerjoin=True))).one_or_none()


def allotments_of(pot_ids: Sequence[int]) -> list[Allotment]:
    """What was set aside for pots, the newest first."""
    mine = select(Allotment).where(Allotment.pot_id.in_(pot_ids))
    return list(db.session.scalars(mine.order_by(Allotment.id.desc())))


def waiting_budgets() -> int:
    """How many changes of budgets wait to be booked."""
    return db.session.scalar(select(func.count()).where(BudgetChange.status == "proposed")) or 0
