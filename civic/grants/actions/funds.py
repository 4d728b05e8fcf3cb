"""Funds: made, given money by decisions of the authority, and shared out to pots."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from civic.core import audit
from civic.core.announcements import announce as tell
from civic.core.db import db, locked
from civic.core.money import Money
from civic.core.states import advance
from civic.grants import events
from civic.grants.actions import books
from civic.grants.actions.editions import must_be_seen
from civic.grants.models import Allotment, BudgetChange, Fund, Pot
from civic.grants.queries import decisions, funds
from civic.grants.refusals import FundClosed, NeedsSomebodyElse, NotAnAmount, ViewsAwaited
from civic.grants.rules.amounts import Amounts


@dataclass(frozen=True)
class Given:
    """A decision of the authority about a fund's budget; an amount below nothing takes away."""

    spending: str
    amount: Money
    number: str
    decided_on: date
    source: str = ""
    why: str = ""


def make(
    *, slug: str, title: str, summary: str, language: str, managed_by: str, consultees: int, by: Any, now: datetime
) -> Fund:
    """Begin a fund; it has no money yet."""
    fund = Fund(
        slug=slug,
        title=title,
        summary=summary,
        language=language,
        managed_by=managed_by,
        consultees=consultees,
        created_by_id=by.id,
        created_at=now,
    )
    db.session.add(fund)
    db.session.flush()
    audit.record("fund.made", on=fund, by=by, now=now, after={"title": title})
    return fund


CHANGEABLE = ("title", "summary", "language", "managed_by", "consultees")
"""What may be changed of a fund."""


def change(fund: Fund, facts: dict[str, Any], *, seen: str | None, by: Any, now: datetime) -> None:
    """Change what a fund is called and how it is run; raises ChangedMeanwhile, and ViewsAwaited for the number of views."""
    fund = locked(Fund, fund.id)
    must_be_seen(fund, CHANGEABLE, seen)
    before = {name: getattr(fund, name) for name in CHANGEABLE if getattr(fund, name) != facts[name]}
    if "consultees" in before and decisions.are_waiting_in(fund.id):
        raise ViewsAwaited()
    for name in before:
        setattr(fund, name, facts[name])
    if before:
        audit.record(
            "fund.changed", on=fund, by=by, now=now, before=before, after={name: facts[name] for name in before}
        )


def close(fund: Fund, *, by: Any, now: datetime, why: str) -> None:
    """Promise nothing new of this fund; what was promised is kept, agreed and paid."""
    fund = locked(Fund, fund.id)
    advance(fund, "close", by=by, now=now, why=why)
    audit.record("fund.closed", on=fund, by=by, now=now, why=why)


def reopen(fund: Fund, *, by: Any, now: datetime, why: str) -> None:
    """Let it be promised again."""
    fund = locked(Fund, fund.id)
    advance(fund, "reopen", by=by, now=now, why=why)
    audit.record("fund.reopened", on=fund, by=by, now=now, why=why)


def propose_budget(fund: Fund, given: Given, *, by: Any, now: datetime) -> BudgetChange:
    """Write down what a decision gives (or takes); it counts once somebody else has booked it. Raises NotAnAmount."""
    if not given.amount:
        raise NotAnAmount(field="amount")
    change = BudgetChange(
        fund_id=fund.id,
        spending=given.spending,
        amount_minor=given.amount.minor,
        decision_number=given.number,
        decided_on=given.decided_on,
        source=given.source,
        why=given.why,
        proposed_by_id=by.id,
        proposed_at=now,
    )
    db.session.add(change)
    db.session.flush()
    audit.record("budget.proposed", on=change, by=by, now=now, after=_told(change))
    return change


def book_budget(change: BudgetChange, *, by: Any, now: datetime) -> None:
    """Let it count; raises NeedsSomebodyElse for who proposed it, NotEnough where what is taken away is allotted already."""
    change = locked(BudgetChange, change.id)
    if change.proposed_by_id == by.id:
        raise NeedsSomebodyElse("proposed")
    advance(change, "book", by=by, now=now)
    change.booked_by_id, change.booked_at = by.id, now
    ref, memo = f"budget:{change.id}", change.decision_number
    books.budget(change.fund_id, change.spending, change.amount_minor, ref=ref, at=now, by=by, memo=memo)
    audit.record("budget.booked", on=change, by=by, now=now, after=_told(change))


def decline_budget(change: BudgetChange, *, by: Any, now: datetime, why: str = "") -> None:
    """Say no to it, or take one's own proposal back."""
    change = locked(BudgetChange, change.id)
    advance(change, "decline", by=by, now=now, why=why)
    if change.proposed_by_id != by.id:
        change.booked_by_id = by.id
    change.booked_at = now
    audit.record("budget.declined", on=change, by=by, now=now, why=why)


def pot_for(fund: Fund, owner: str, *, title: str, language: str, now: datetime) -> Pot:
    """The pot of an owner in a package above ("round:3"), made where there is none yet."""
    pot = db.session.scalars(select(Pot).where(Pot.owner == owner)).one_or_none()
    if pot is None:
        pot = Pot(fund_id=fund.id, owner=owner, title=title, language=language, created_at=now)
        db.session.add(pot)
        db.session.flush()
    pot.title, pot.language = title, language
    return pot


def allot(pot: Pot, amounts: Amounts, *, why: str, by: Any, now: datetime) -> Allotment:
    """Set money of the fund aside for a pot, or give it back to the fund; raises NotAnAmount, NotEnough, FundClosed."""
    if not amounts:
        raise NotAnAmount()
    if not (-amounts).is_sound and funds.of_pot(pot.id).status == "closed":
        raise FundClosed()
    allotment = Allotment(
        pot_id=pot.id,
        capital_minor=amounts.capital.minor,
        revenue_minor=amounts.revenue.minor,
        why=why,
        made_by_id=by.id,
        made_at=now,
    )
    db.session.add(allotment)
    db.session.flush()
    books.allot(pot, amounts, ref=f"allotment:{allotment.id}", at=now, by=by)
    told = {"capital_minor": amounts.capital.minor, "revenue_minor": amounts.revenue.minor}
    audit.record("pot.allotted", on=pot, by=by, now=now, why=why, after=told)
    tell(events.PotChanged(pot.id, now))
    return allotment


def _told(change: BudgetChange) -> dict[str, Any]:
    return {"spending": change.spending, "amount_minor": change.amount_minor, "number": change.decision_number}
