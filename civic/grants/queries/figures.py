"""The figures of funds: every one a sum of ledger entries, and the entries behind each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from civic.core.db import db
from civic.core.money import Money
from civic.grants.models import Fund, Pot
from civic.grants.queries.funds import pots_of
from civic.grants.rules import accounts
from civic.grants.rules.amounts import NONE, Amounts, together
from civic.grants.rules.choices import SPENDINGS
from civic.ledger.models import LedgerEntry, LedgerTransaction

RELEASED = ("grant_released", "grant_uncommitted")
"""Kinds of transactions by which promised money became free again."""
FIGURES = ("budget", "unallotted", "left", "reserved", "committed", "paid", "released", "returned")
PLACES = ("paid", "committed", "reserved", "left", "unallotted")
"""Where the budget stands: together these are all of it."""


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

    @property
    def promised(self) -> Amounts:
        """What is decided, signed for or paid."""
        return self.reserved + self.committed + self.paid


@dataclass(frozen=True)
class _Sum:
    """What entries of one kind on one account come to."""

    account: str
    kind: str
    amounts: Amounts

    @property
    def place(self) -> str:
        return _place(self.account)


def of_fund(fund: Fund) -> Figures:
    """Every figure of a fund's dashboard, in two statements however many awards there are."""
    return of_all(fund, pots_of(fund))[0]


def of_pot(pot: Pot) -> Figures:
    """The same of one pot; its budget is what was allotted to it."""
    return _figures(_sums(accounts.of_pot_all(pot.id)), "allotment")


def of_all(fund: Fund, pots: Sequence[Pot]) -> tuple[Figures, dict[int, Figures]]:
    """The figures of a fund and of each of its pots, in one statement."""
    sums = _sums(_accounts(fund, pots))
    mine = {each.id: [one for one in sums if one.account.startswith(f"pot:{each.id}:")] for each in pots}
    return _figures(sums, "grant_budget"), {number: _figures(some, "allotment") for number, some in mine.items()}


def entries(fund: Fund, figure: str, spending: str = "") -> Select[Any]:
    """The ledger's entries that a figure is the sum of, of one kind of money or both: (LedgerEntry, LedgerTransaction)."""
    rows: Any = select(LedgerEntry, LedgerTransaction).join(
        LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id
    )
    place = _PLACE_OF.get(figure, figure)
    mine = [code for code in _accounts(fund, pots_of(fund)) if _place(code) == place]
    found = rows.where(LedgerEntry.account.in_([code for code in mine if not spending or _spending(code) == spending]))
    kinds = {"budget": ("grant_budget",), "released": RELEASED, "returned": ("grant_returned",)}.get(figure)
    return found.where(LedgerTransaction.kind.in_(kinds)) if kinds else found


_PLACE_OF = {"budget": "unallotted", "released": "left", "returned": "left"}


def _sums(codes: list[str]) -> list[_Sum]:
    rows = (
        select(LedgerEntry.account, LedgerTransaction.kind, func.sum(LedgerEntry.minor))
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerEntry.account.in_(codes))
        .group_by(LedgerEntry.account, LedgerTransaction.kind)
    )
    return [
        _Sum(account, kind, Amounts.only(_spending(account), Money(int(minor))))
        for account, kind, minor in db.session.execute(rows)
    ]


def _figures(sums: Iterable[_Sum], given: str) -> Figures:
    rows = list(sums)

    def at(place: str) -> Amounts:
        return together(each.amounts for each in rows if each.place == place)

    def by(*kinds: str, place: str = "left") -> Amounts:
        return together(each.amounts for each in rows if each.kind in kinds and each.place == place)

    return Figures(
        budget=by(given, place="unallotted" if given == "grant_budget" else "left"),
        released=by(*RELEASED),
        returned=by("grant_returned"),
        **{place: at(place) for place in PLACES},
    )


def _accounts(fund: Fund, pots: Sequence[Pot]) -> list[str]:
    """The accounts of a fund and of its pots."""
    own = [accounts.of_fund(fund.id, spending) for spending in SPENDINGS]
    return [*own, *(code for pot in pots for code in accounts.of_pot_all(pot.id))]


def _place(account: str) -> str:
    """Where money on this account stands: the last part of a pot's, "unallotted" for a fund's."""
    parts = account.split(":")
    return parts[3] if parts[0] == "pot" else "unallotted"


def _spending(account: str) -> str:
    """Which kind of money stands on this account: the third part of a pot's and of a fund's."""
    return account.split(":")[2]
