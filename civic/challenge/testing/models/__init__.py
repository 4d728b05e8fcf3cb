"""What exists of a test: the grant, what was declared, its plan, and what was changed."""

from civic.challenge.testing.models.changes import Change, ChangeYes
from civic.challenge.testing.models.grants import TestGrant
from civic.challenge.testing.models.plans import BudgetLine, Milestone, MilestoneReminder, SpendLine
from civic.challenge.testing.models.subsidy import DeclaredAid, SubsidyNotice

__all__ = [
    "BudgetLine",
    "Change",
    "ChangeYes",
    "DeclaredAid",
    "Milestone",
    "MilestoneReminder",
    "SpendLine",
    "SubsidyNotice",
    "TestGrant",
]
