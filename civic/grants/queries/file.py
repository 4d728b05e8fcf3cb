"""All that belongs to one award, read once: what its pages and its next step are told from."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from civic.grants.models import Agreement, Award, Decision, Instalment, Repayment, Report
from civic.grants.queries import agreements as agreement_queries
from civic.grants.queries import awards as queries
from civic.grants.queries import decisions as decision_queries
from civic.grants.rules.amounts import Amounts, together
from civic.grants.rules.choices import MOVING, PAID
from civic.grants.rules.next_step import Facts, next_for_recipient, next_for_staff
from civic.grants.rules.reporting import EARLY


@dataclass(frozen=True)
class AwardFile:
    """An award with its decisions, versions of the agreement, instalments, reports and repayments."""

    award: Award
    decisions: list[Decision]
    agreements: list[Agreement]  # the newest first
    instalments: list[Instalment]
    reports: list[Report]
    repayments: list[Repayment]

    @cached_property
    def taken(self) -> list[Decision]:
        """The decisions that were taken, the oldest first."""
        return [each for each in self.decisions if each.status == "decided"]

    @cached_property
    def open_decision(self) -> Decision | None:
        """The recommendation that is not decided yet."""
        return next((each for each in self.decisions if each.status == "recommended"), None)

    @cached_property
    def open_agreement(self) -> Agreement | None:
        """The version that is being drafted or signed."""
        return next((each for each in self.agreements if each.status in ("draft", "offered")), None)

    @cached_property
    def in_force(self) -> Agreement | None:
        """The version that both sides have signed and that no later one replaced."""
        return next((each for each in self.agreements if each.status == "in_force"), None)

    @cached_property
    def shown(self) -> list[Agreement]:
        """The versions that the recipient may read: all that were ever offered."""
        return [each for each in self.agreements if each.offered_at is not None]

    @cached_property
    def planned(self) -> Amounts:
        """What all instalments come to that were not cancelled."""
        return together(each.amounts for each in self.instalments if each.status != "cancelled")

    @cached_property
    def fixed(self) -> Amounts:
        """What of them is claimed, being paid or paid, so that a new plan leaves it alone."""
        return together(each.amounts for each in self.instalments if each.status in ("claimed", *MOVING))

    @cached_property
    def paid(self) -> Amounts:
        """What was paid, whatever has come back of it."""
        return together(each.amounts for each in self.instalments if each.status in PAID)

    @cached_property
    def returned(self) -> Amounts:
        """What came back."""
        return together(each.amounts for each in self.repayments if each.status == "received")

    @property
    def may_come_back(self) -> Amounts:
        """What was paid, less what came back, is asked back or was given up."""
        asked = together(each.amounts for each in self.repayments if each.status != "withdrawn")
        return self.paid - asked

    @cached_property
    def facts(self) -> Facts:
        """As far as it decides what happens next."""
        agreement, award = self.open_agreement, self.award
        return Facts(
            status=award.status,
            is_planned=self.planned == award.amounts,
            is_covered=award.agreed == award.amounts,
            agreement=agreement.status if agreement else "",
            is_up_to_date=agreement is None or agreement.amounts == award.amounts,
            recipient_signed=agreement is not None and agreement.recipient_signed_at is not None,
            has_open_decision=self.open_decision is not None,
            instalments=frozenset(each.status for each in self.instalments),
            reports=frozenset(each.status for each in self.reports),
            repayments=frozenset(each.status for each in self.repayments),
            has_outcome=bool(award.outcome),
        )

    @property
    def next_for_staff(self) -> str:
        """What happens next, for staff."""
        return next_for_staff(self.facts)

    def next_for_recipient(self, today: date) -> str:
        """What happens next, for the recipient; a report that is due within two weeks comes first."""
        near = self.award.status in ("agreed", "stopped") and any(
            each.status == "due" and each.due_on <= today + EARLY for each in self.reports
        )
        return next_for_recipient(self.facts, report_is_near=near)

    def instalment(self, number: int) -> Instalment | None:
        """One of its instalments."""
        return next((each for each in self.instalments if each.id == number), None)


def file_of(award: Award) -> AwardFile:
    """The whole file of an award, in six statements."""
    return AwardFile(
        award,
        decision_queries.decisions_of(award.id),
        agreement_queries.versions_of(award.id),
        queries.instalments_of(award.id),
        queries.reports_of(award.id),
        queries.repayments_of(award.id),
    )


def recipients_file_of(award: Award) -> AwardFile:
    """The same without what goes on inside the authority: no recommendation that is not decided, no draft."""
    whole = file_of(award)
    decided = [each for each in whole.decisions if each.status == "decided"]
    shown = [each for each in whole.agreements if each.offered_at is not None]
    return AwardFile(award, decided, shown, whole.instalments, whole.reports, whole.repayments)
