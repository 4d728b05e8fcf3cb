"""What must always be true of tests, for `flask civic check`."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from civic.challenge.testing.models import BudgetLine, Change, Milestone, SpendLine, SubsidyNotice, TestGrant
from civic.challenge.testing.queries import subsidy
from civic.core.db import db
from civic.grants.models import Award, Instalment, Report


def plans_are_the_grant() -> Iterable[str]:
    """In a running test milestones and budget are exactly the agreed grant, and each milestone is its instalment."""
    steps = _sum(Milestone, Milestone.status != "cancelled")
    lines = _sum(BudgetLine)
    agreed = Award.agreed_capital_minor + Award.agreed_revenue_minor
    rows = select(TestGrant.id, agreed, steps, lines).join(Award, Award.id == TestGrant.award_id)
    for number, grant, milestones, budget in db.session.execute(rows.where(TestGrant.status == "running")):
        if grant == milestones == budget:
            continue
        yield f"test {number}: milestones of {milestones} and a budget of {budget} for a grant of {grant}"
    both = select(Milestone.id).join(Instalment, Instalment.id == Milestone.instalment_id).join(
        TestGrant, TestGrant.id == Milestone.test_id
    )  # fmt: skip
    wrong = Instalment.capital_minor + Instalment.revenue_minor != Milestone.amount_minor
    for number in db.session.scalars(both.where(TestGrant.status == "running", wrong).order_by(Milestone.id)):
        yield f"milestone {number} differs from its instalment"


def nothing_is_paid_unsigned() -> Iterable[str]:
    """No instalment of a test moves whose milestone the partner has not signed off, and not by somebody of the startup's."""
    rows = (
        select(Instalment.id)
        .join(TestGrant, TestGrant.award_id == Instalment.award_id)
        .outerjoin(Milestone, Milestone.instalment_id == Instalment.id)
        .where(Instalment.status.in_(("claimed", "instructed", "paid", "confirmed")))
        .where(func.coalesce(Milestone.status, "") != "signed_off")
    )
    for number in db.session.scalars(rows.order_by(Instalment.id)):
        yield f"instalment {number} moves without a milestone that is signed off"


def nobody_is_over_the_ceiling() -> Iterable[str]:
    """What was given stayed within the ceiling, by the sum as it stands now."""
    given = select(SubsidyNotice).where(SubsidyNotice.status == "given").order_by(SubsidyNotice.id)
    for notice in db.session.scalars(given):
        assert notice.given_on is not None
        if not subsidy.check_of(notice, notice.given_on).fits:
            yield f"subsidy notice {notice.id} is over the ceiling"


def counts_are_right() -> Iterable[str]:
    """The kept count of pivots, and reports that say what their lines say."""
    done = (
        select(func.count())
        .where(Change.test_id == TestGrant.id, Change.kind == "pivot", Change.status == "done")
        .scalar_subquery()
    )
    for number, kept, counted in db.session.execute(
        select(TestGrant.id, TestGrant.pivots, done).where(TestGrant.pivots != done)
    ):
        yield f"test {number}: {kept} pivots kept for {counted}"
    told = func.sum(SpendLine.spent_minor)
    total = Report.spent_capital_minor + Report.spent_revenue_minor
    sums = select(Report.id).join(SpendLine, SpendLine.report_id == Report.id).group_by(Report.id).having(told != total)
    for number in db.session.scalars(sums.order_by(Report.id)):
        yield f"report {number} says something else than its lines"


def _sum(model: Any, *which: Any) -> Any:
    total = select(func.coalesce(func.sum(model.amount_minor), 0))
    return total.where(model.test_id == TestGrant.id, *which).scalar_subquery()


CHECKS = [plans_are_the_grant, nothing_is_paid_unsigned, nobody_is_over_the_ceiling, counts_are_right]
