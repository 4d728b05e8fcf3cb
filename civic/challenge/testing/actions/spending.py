"""Spending: told by budget lines in the reports of grants, and what is left over goes back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from civic.challenge.testing.actions.holding import held
from civic.challenge.testing.models import SpendLine, TestGrant
from civic.challenge.testing.queries import changes
from civic.challenge.testing.queries import spending as queries
from civic.challenge.testing.queries.tests import lines_of
from civic.challenge.testing.refusals import ChangeNeeded, NothingUnspent
from civic.challenge.testing.rules import plans
from civic.core.db import db
from civic.core.money import Money
from civic.grants.actions import repayments, reports
from civic.grants.models import Repayment, Report
from civic.grants.rules.amounts import Amounts


def keep(
    test: TestGrant, report: Report, spent: Mapping[int, Money], *, text: str, language: str, seen: str | None = None
) -> None:
    """Keep what is written of a report so far; raises ChangedMeanwhile, and IllegalMove once it is sent."""
    _, test = held(test)
    total = _told(test, report, spent)
    reports.write(report, text=text, language=language, spent=Amounts.only(test.spending, total), seen=seen)


def send(
    test: TestGrant, report: Report, spent: Mapping[int, Money], *, text: str, language: str, by: Any, now: datetime
) -> None:
    """Report what was done, and what was spent so far of each line.

    Raises ChangeNeeded where a line is more than a tenth over and nobody has asked for a change, and what grants have against it.
    """
    _, test = held(test)
    total = _told(test, report, spent)
    over = any(plans.needs_change(line.amount, spent.get(line.id, Money(0))) for line in lines_of(test.id))
    if over:
        change = changes.open_of(test.id)
        if change is None or change.kind != "budget":
            raise ChangeNeeded()
    amounts = Amounts.only(test.spending, total)
    reports.submit(report, text=text, language=language, spent=amounts, by=by, now=now)


def ask_back(test: TestGrant, *, kind: str, why: str, language: str, by: Any, now: datetime) -> Repayment:
    """Ask all back that was paid and is not spent: "underspend", or "reclaim" where the agreement was not kept. Raises NothingUnspent."""
    award, test = held(test)
    left = queries.unspent(test)
    if not left or not queries.may_ask_back(test):
        raise NothingUnspent()
    amounts = Amounts.only(test.spending, left)
    return repayments.ask(award, kind=kind, amounts=amounts, why=why, language=language, by=by, now=now)


def _told(test: TestGrant, report: Report, spent: Mapping[int, Money]) -> Money:
    """Write down what each line has taken; their sum."""
    db.session.execute(delete(SpendLine).where(SpendLine.report_id == report.id))
    rows = [(line.id, spent.get(line.id, Money(0))) for line in lines_of(test.id)]
    db.session.add_all(
        SpendLine(report_id=report.id, line_id=number, spent_minor=money.minor) for number, money in rows
    )
    db.session.flush()
    return sum((money for _, money in rows), Money(0))
