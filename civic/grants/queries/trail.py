"""The whole trail of one decision, as its sheet tells it: the money, the pot before and after, who did what."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from civic.assessment import queries as assessment
from civic.core.db import db
from civic.core.money import Money
from civic.core.states import StateChange, history
from civic.grants.models import Agreement, Award, Decision, Instalment
from civic.grants.queries import funds, people
from civic.grants.rules import accounts
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.choices import SPENDINGS
from civic.ledger.models import LedgerEntry, LedgerTransaction

CANCELS = ("grant_released", "grant_uncommitted")


@dataclass(frozen=True)
class Did:
    """One of the steps that different people must take, and who took it."""

    act: str  # wording.ACTS
    people: tuple[int, ...]


@dataclass(frozen=True)
class Trail:
    """A decision with all that led to it and came of it."""

    decision: Decision
    award: Award
    result: Any  # of the assessment; None where it was not assessed
    before: Amounts  # left in the pot before it was decided; now, where it is not decided yet
    after: Amounts
    steps: list[Did]
    moves: list[StateChange] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)


def trail_of(decision: Decision) -> Trail:
    """The trail of a decision that was loaded whole."""
    award = decision.award
    before, after = _pot_around(decision)
    steps, moves = _steps(decision), history(decision)
    numbers = [number for step in steps for number in step.people]
    names = people.names([*numbers, *(move.actor_id for move in moves)])
    return Trail(decision, award, assessment.result_of(award.subject), before, after, steps, moves, names)


def _pot_around(decision: Decision) -> tuple[Amounts, Amounts]:
    """What was left in the pot right before the decision moved money and right after; of an open one: now, and as it would be."""
    award, now = decision.award, funds.left_in(decision.award.pot_id)
    if decision.status == "recommended":
        return now, now - (decision.amounts - award.amounts)
    moved = _transactions(decision)
    if not moved:
        return now, now
    return _left_until(award.pot_id, min(moved) - 1), _left_until(award.pot_id, max(moved))


def _transactions(decision: Decision) -> list[int]:
    """The ledger's transactions by which a decision moved money; the end of an award is booked under the award's own name."""
    mine = LedgerTransaction.ref == f"decision:{decision.id}"
    if decision.kind == "cancel" and decision.status == "decided":
        mine = (LedgerTransaction.ref == f"award:{decision.award_id}") & LedgerTransaction.kind.in_(CANCELS)
    return list(db.session.scalars(select(LedgerTransaction.id).where(mine)))


def _left_until(pot_id: int, transaction_id: int) -> Amounts:
    """What was left in a pot after a transaction; a pot's postings are written one after the other, so numbers tell the order."""
    codes = {accounts.of_pot(pot_id, spending, "left"): spending for spending in SPENDINGS}
    sums = select(LedgerEntry.account, func.sum(LedgerEntry.minor)).where(
        LedgerEntry.account.in_(codes), LedgerEntry.transaction_id <= transaction_id
    )
    left = {codes[code]: Money(int(minor)) for code, minor in db.session.execute(sums.group_by(LedgerEntry.account))}
    return Amounts(**left)


def _steps(decision: Decision) -> list[Did]:
    """Who did what, also after the decision: sign, instruct, pay."""
    signed = select(Agreement.authority_signed_by_id).where(Agreement.award_id == decision.award_id)
    paid = select(Instalment.instructed_by_id, Instalment.paid_by_id).where(Instalment.award_id == decision.award_id)
    instructed_and_paid = list(db.session.execute(paid.order_by(Instalment.position)))
    assessed = decision.assessed_by or sorted(assessment.who_assessed(decision.award.subject))
    return [
        _did("assessed", assessed),
        _did("recommended", [decision.recommended_by_id]),
        _did("consulted", [view.consultee_id for view in decision.views]),
        _did("decided", [decision.decided_by_id]),
        _did("signed", db.session.scalars(signed.order_by(Agreement.version))),
        _did("instructed", [row.instructed_by_id for row in instructed_and_paid]),
        _did("paid", [row.paid_by_id for row in instructed_and_paid]),
    ]


def _did(act: str, numbers: Any) -> Did:
    return Did(act, tuple(dict.fromkeys(number for number in numbers if number is not None)))
