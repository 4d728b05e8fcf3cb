"""What exists: funds and pots, who may decide, awards and decisions, agreements and what is paid under them."""

from civic.grants.models.agreements import Agreement, GrantPaper, Instalment, Repayment, Report
from civic.grants.models.authority import Delegation, Grade
from civic.grants.models.awards import Award, ConsulteeView, Decision
from civic.grants.models.funds import (
    Allotment,
    BudgetChange,
    Fund,
    FundBalance,
    Pot,
    PotBalance,
    Reservation,
)

__all__ = [
    "Agreement",
    "Allotment",
    "Award",
    "BudgetChange",
    "ConsulteeView",
    "Decision",
    "Delegation",
    "Fund",
    "FundBalance",
    "Grade",
    "GrantPaper",
    "Instalment",
    "Pot",
    "PotBalance",
    "Repayment",
    "Report",
    "Reservation",
]
