"""The one way public money changes its place: a balance that PostgreSQL guards and a transaction of the ledger, together or not at all.

Locks: fund, then pot, capital before revenue; whoever moves money has locked its award (and before that what the award is for).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from civic.core.db import db
from civic.core.money import Money
from civic.grants.models import FundBalance, Pot, PotBalance, Reservation
from civic.grants.refusals import NotEnough
from civic.grants.rules import accounts
from civic.grants.rules.amounts import Amounts
from civic.ledger.actions import post


def budget(fund_id: int, spending: str, minor: int, *, ref: str, at: datetime, by: Any, memo: str) -> None:
    """Give a fund more money of one kind, or take some away that is not allotted; raises NotEnough."""
    _open(FundBalance, fund_id=fund_id, spending=spending)
    wider = update(FundBalance).where(
        FundBalance.fund_id == fund_id,
        FundBalance.spending == spending,
        FundBalance.budget_minor + minor >= FundBalance.allotted_minor,
    )
    _only_if_enough(wider.values(budget_minor=FundBalance.budget_minor + minor), FundBalance.fund_id, spending)
    amount = Amounts.of(minor, 0).capital
    lines = {accounts.authority(fund_id): -amount, accounts.of_fund(fund_id, spending): amount}
    _post("grant_budget", ref, lines, at=at, by=by, memo=memo)


def allot(pot: Pot, amounts: Amounts, *, ref: str, at: datetime, by: Any) -> None:
    """Set money of a fund aside for a pot, or take back what is left there; raises NotEnough."""
    lines: dict[str, Money] = {}
    for spending, money in amounts.parts:
        _open(FundBalance, fund_id=pot.fund_id, spending=spending)
        _open(PotBalance, pot_id=pot.id, spending=spending)
        mine = update(FundBalance).where(
            FundBalance.fund_id == pot.fund_id,
            FundBalance.spending == spending,
            (FundBalance.allotted_minor + money.minor).between(0, FundBalance.budget_minor),
        )
        allotted = mine.values(allotted_minor=FundBalance.allotted_minor + money.minor)
        _only_if_enough(allotted, FundBalance.fund_id, spending)
        held = update(PotBalance).where(
            PotBalance.pot_id == pot.id, PotBalance.spending == spending, PotBalance.left_minor + money.minor >= 0
        )
        _only_if_enough(held.values(left_minor=PotBalance.left_minor + money.minor), PotBalance.pot_id, spending)
        lines[accounts.of_fund(pot.fund_id, spending)] = -money
        lines[accounts.of_pot(pot.id, spending, "left")] = money
    _post("allotment", ref, lines, at=at, by=by, memo=pot.title)


def move(
    pot_id: int,
    amounts: Amounts,
    source: str,
    target: str,
    *,
    kind: str,
    ref: str,
    at: datetime,
    by: Any | None = None,
    memo: str = "",
) -> None:
    """Let money of a pot go from one place (left, reserved, committed, paid) to another; less than nothing goes the other way.

    (kind, ref) is written once only. Raises NotEnough where less stands there: of any number of people at once, the last pound
    goes to one.
    """
    lines: dict[str, Money] = {}
    for spending, money in amounts.parts:
        much, come, go = abs(money.minor), source, target
        if money.minor < 0:
            come, go = target, source
        have, get = getattr(PotBalance, f"{come}_minor"), getattr(PotBalance, f"{go}_minor")
        _open(PotBalance, pot_id=pot_id, spending=spending)
        mine = update(PotBalance).where(PotBalance.pot_id == pot_id, PotBalance.spending == spending, have >= much)
        _only_if_enough(mine.values({have: have - much, get: get + much}), PotBalance.pot_id, spending)
        lines |= accounts.moved(pot_id, spending, money, source, target)
    if lines:
        _post(kind, ref, lines, at=at, by=by, memo=memo)


def reserve(pot_id: int, source: str, amounts: Amounts, *, now: datetime, memo: str = "") -> None:
    """Hold back this much of a pot for a rule that goes along by itself, whatever was held back for it before; raises NotEnough."""
    new = insert(Reservation).values(pot_id=pot_id, source=source, capital_minor=0, revenue_minor=0, changes=0)
    db.session.execute(new.on_conflict_do_nothing(index_elements=["pot_id", "source"]))
    mine = select(Reservation).where(Reservation.pot_id == pot_id, Reservation.source == source)
    held = db.session.scalars(mine.with_for_update().execution_options(populate_existing=True)).one()
    difference = amounts - held.amounts
    if not difference:
        return
    held.changes += 1
    held.capital_minor, held.revenue_minor = amounts.capital.minor, amounts.revenue.minor
    db.session.flush()
    ref = f"{pot_id}:{source}:{held.changes}"
    move(pot_id, difference, "left", "reserved", kind="match_reserved", ref=ref, at=now, memo=memo)


def reserved_for(pot_id: int, source: str) -> Amounts:
    """How much is held back for a rule."""
    mine = select(Reservation.capital_minor, Reservation.revenue_minor).where(
        Reservation.pot_id == pot_id, Reservation.source == source
    )
    row = db.session.execute(mine).one_or_none()
    return Amounts.of(*row) if row else Amounts()


def _open(model: Any, **key: Any) -> None:
    db.session.flush()
    db.session.execute(insert(model).values(**key, **_zeros(model)).on_conflict_do_nothing())


def _zeros(model: Any) -> dict[str, int]:
    return {column.key: 0 for column in model.__table__.columns if column.key.endswith("_minor")}


def _only_if_enough(change: Any, told: Any, spending: str) -> None:
    changed = db.session.execute(change.returning(told).execution_options(synchronize_session=False)).first()
    if changed is None:
        raise NotEnough(spending)


def _post(kind: str, ref: str, lines: dict[str, Any], *, at: datetime, by: Any, memo: str) -> None:
    assert post(kind, ref, lines, at=at, memo=memo, by=by), f"{kind} {ref} is in the books already"
