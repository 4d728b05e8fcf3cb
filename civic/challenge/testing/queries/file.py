"""All that belongs to one test, read once: what its pages and its next step are told from."""

from dataclasses import dataclass
from functools import cached_property

from civic.challenge.testing.models import BudgetLine, Change, DeclaredAid, Milestone, SubsidyNotice, TestGrant
from civic.challenge.testing.queries import changes, subsidy
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.rules import plans
from civic.challenge.testing.rules.next_step import Facts, next_step
from civic.core.money import Money
from civic.grants.models import Agreement, Instalment, Report
from civic.grants.queries import agreements as agreement_queries
from civic.grants.queries import awards
from civic.grants.rules.choices import PAID


@dataclass(frozen=True)
class WholeTest:
    """A test with its notification, plans, payments, reports and changes."""

    test: TestGrant
    notice: SubsidyNotice
    aids: list[DeclaredAid]
    milestones: list[Milestone]
    lines: list[BudgetLine]
    agreement: Agreement | None  # the version that waits for signatures
    instalments: list[Instalment]
    reports: list[Report]
    changes: list[Change]
    sides: dict[int, set[str]]

    @property
    def steps_add_up(self) -> bool:
        """Whether the milestones are exactly the grant."""
        return plans.adds_up([each.step for each in self.milestones], self.test.grant)

    @property
    def lines_add_up(self) -> bool:
        """Whether the budget is exactly the grant."""
        return plans.adds_up([each.line for each in self.lines], self.test.grant)

    @cached_property
    def paid(self) -> Money:
        """What was paid so far."""
        return sum((each.amounts.total for each in self.instalments if each.status in PAID), Money(0))

    @property
    def reached(self) -> int:
        """How many milestones were signed off."""
        return sum(each.status == "signed_off" for each in self.milestones)

    @property
    def open_change(self) -> Change | None:
        """The request that is not settled yet."""
        return next((each for each in self.changes if each.status in ("asked", "agreed")), None)

    @cached_property
    def next(self) -> str:
        """The code of what happens next."""
        agreement = self.agreement
        return next_step(
            Facts(
                status=self.test.status,
                award=self.test.award.status,
                notice=self.notice.status,
                is_planned=self.steps_add_up and self.lines_add_up,
                agreement=agreement.status if agreement else "",
                startup_signed=agreement is not None and agreement.recipient_signed_at is not None,
                milestones=frozenset(each.status for each in self.milestones),
                instalments=frozenset(each.status for each in self.instalments),
                reports=frozenset(each.status for each in self.reports),
            )
        )

    def instalment_of(self, milestone: Milestone) -> Instalment | None:
        """What is paid for a milestone."""
        return next((each for each in self.instalments if each.id == milestone.instalment_id), None)


def whole_test(test: TestGrant) -> WholeTest:
    """The whole file of a test, in nine statements."""
    notice = subsidy.notice_of(test.award_id)
    assert notice is not None, "a test grant without its notification"
    asked = changes.changes_of(test.id)
    version = agreement_queries.open_of(test.award_id)
    return WholeTest(
        test,
        notice,
        subsidy.aids_of(notice.id),
        queries.milestones_of(test.id),
        queries.lines_of(test.id),
        version if version is not None and version.status == "offered" else None,
        awards.instalments_of(test.award_id),
        awards.reports_of(test.award_id),
        asked,
        changes.sides_of([each.id for each in asked]),
    )
