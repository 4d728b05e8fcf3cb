"""The figures of funds: every one a sum of ledger entries, and the entries behind each."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from civic.core.db import db
from civic.core.money import Money
from civic.grants.models import Fund, Pot
from civic.grants.rules import accounts
from civic.grants.rules.amounts import NONE, Amounts, together
from civic.grants.rules.choices import SPENDINGS
from civic.ledger.models import LedgerEntry, LedgerTransaction

RELEASED = ("grant_released", "grant_uncommitted")
"""Kinds of transactions by which promised money became free again."""
FIGURES = ("budget", "unallotted", "left", "reserved", "committed", "paid", "released", "returned")


@dataclass(frozen=True)
class Figures:
    """What the ledger says of a fund, or of one pot."""

    budget: Amounts = NONE  # given by decisions of the authority; of a pot: allotted to it
    unallotted: Amounts = NONE  # in no pot yet
    left: Amounts = NONE  # in pots, and promised to nobody
    reserved: Amounts = NONE  # decided or worked out, and not signed for yet
    committed: Amounts = NONE  # signed for, and not paid yet
    paid: Amounts = NONE
    released: Amounts = NONE  # once promised, and free again
    returned: Amounts = NONE  # once paid, and given back


def of_fund(fund: Fund) -> Figures:
    """Every figure of a fund's dashboard, in two statements however many awards there are."""
    return _figures(_accounts(fund), "grant_budget")


def of_pot(pot: Pot) -> Figures:
    """The same of one pot; its budget is what was allotted to it."""
    return _figures(accounts.of_pot_all(pot.id), "allotment")


def entries(fund: Fund, figure: str) -> Select[Any]:
    """The ledger's entries that a figure is the sum of: (LedgerEntry, LedgerTransaction)."""
    rows: Any = select(LedgerEntry, LedgerTransaction).join(
        LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id
    )
    mine = [code for code in _accounts(fund) if _place(code) == _PLACE_OF.get(figure, figure)]
    found = rows.where(LedgerEntry.account.in_(mine))
    kinds = {"budget": ("grant_budget",), "released": RELEASED, "returned": ("grant_returned",)}.get(figure)
    return found.where(LedgerTransaction.kind.in_(kinds)) if kinds else found


_PLACE_OF = {"budget": "unallotted", "released": "left", "returned": "left"}


def _figures(codes: list[str], given: str) -> Figures:
    sums = (
        select(LedgerEntry.account, LedgerTransaction.kind, func.sum(LedgerEntry.minor))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerEntry.account.in_(codes))
        .group_by(LedgerEntry.account, LedgerTransaction.kind)
    )
    rows = [
        (_place(account), kind, Amounts.only(account.split(":")[2], Money(int(minor))))
        for account, kind, minor in db.session.execute(sums)
    ]

    def at(place: str) -> Amounts:
        return together(amounts for where, _, amounts in rows if where == place)

    def by(*kinds: str, places: tuple[str, ...] = ("left",)) -> Amounts:
        return together(amounts for where, kind, amounts in rows if kind in kinds and where in places)

    return Figures(
        budget=by(given, places=("unallotted",) if given == "grant_budget" else ("left",)),
        released=by(*RELEASED),
        returned=by("grant_returned"),
        **{place: at(place) for place in ("unallotted", "left", "reserved", "committed", "paid")},
    )


def _accounts(fund: Fund) -> list[str]:
    """The accounts of a fund and of all its pots."""
    pots = db.session.scalars(select(Pot.id).where(Pot.fund_id == fund.id))
    own = [accounts.of_fund(fund.id, spending) for spending in SPENDINGS]
    return [*own, *(code for pot_id in pots for code in accounts.of_pot_all(pot_id))]


def _place(account: str) -> str:
    """Where money on this account stands: the last part of a pot's, "unallotted" for a fund's."""
    parts = account.split(":")
    return parts[3] if parts[0] == "pot" else "unallotted"
