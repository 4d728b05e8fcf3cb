"""How spending stands: line by line, against the budget, by the latest report."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from civic.challenge.testing.models import BudgetLine, SpendLine, TestGrant
from civic.challenge.testing.queries.tests import lines_of
from civic.challenge.testing.rules import plans
from civic.core.db import db
from civic.core.money import Money
from civic.grants.models import Repayment, Report
from civic.grants.queries import awards


@dataclass(frozen=True)
class Spent:
    """One budget line with what was spent of it."""

    line: BudgetLine
    spent: Money

    @property
    def variance(self) -> Money:
        """How much more than planned; less than nothing: so much less."""
        return plans.variance(self.line.amount, self.spent)

    @property
    def needs_change(self) -> bool:
        """Whether it is more than a tenth over its budget."""
        return plans.needs_change(self.line.amount, self.spent)


def of_reports(report_ids: Sequence[int]) -> dict[int, dict[int, Money]]:
    """What each report tells, by budget line."""
    rows = select(SpendLine.report_id, SpendLine.line_id, SpendLine.spent_minor).where(
        SpendLine.report_id.in_(report_ids)
    )
    found: dict[int, dict[int, Money]] = {}
    for report_id, line_id, minor in db.session.execute(rows):
        found.setdefault(report_id, {})[line_id] = Money(minor)
    return found


def told_in(report_id: int) -> Money:
    """All that a report tells."""
    total = select(func.coalesce(func.sum(SpendLine.spent_minor), 0)).where(SpendLine.report_id == report_id)
    return Money(int(db.session.scalar(total) or 0))


def latest(award_id: int, *, accepted: bool = False) -> Report | None:
    """The latest report that was sent (or accepted)."""
    states = ("accepted",) if accepted else ("submitted", "accepted")
    mine = select(Report).where(Report.award_id == award_id, Report.status.in_(states))
    newest = mine.order_by(Report.submitted_at.desc(), Report.id.desc()).limit(1)
    return db.session.scalars(newest).one_or_none()


def standing(test: TestGrant, report: Report | None = None) -> list[Spent]:
    """The budget with what was spent of each line, by a report or by the latest that was sent."""
    report = report or latest(test.award_id)
    told = of_reports([report.id]).get(report.id, {}) if report else {}
    return [Spent(line, told.get(line.id, Money(0))) for line in lines_of(test.id)]


def has_spending(line_ids: Sequence[int]) -> set[int]:
    """Those of these lines of which a report has told."""
    return set(db.session.scalars(select(SpendLine.line_id).where(SpendLine.line_id.in_(line_ids))))


def unspent(test: TestGrant) -> Money:
    """What was paid and is neither spent, by the latest accepted report, nor asked back."""
    report = latest(test.award_id, accepted=True)
    spent = report.spent.total if report else Money(0)
    asked = select(func.coalesce(func.sum(Repayment.capital_minor + Repayment.revenue_minor), 0)).where(
        Repayment.award_id == test.award_id, Repayment.status != "withdrawn"
    )
    back = Money(int(db.session.scalar(asked) or 0))
    return plans.unspent(awards.paid(test.award_id).total, spent, back)


def may_ask_back(test: TestGrant) -> bool:
    """Once the final report is accepted, or the test was stopped."""
    if test.status == "stopped":
        return True
    report = latest(test.award_id, accepted=True)
    return report is not None and report.kind == "final"
