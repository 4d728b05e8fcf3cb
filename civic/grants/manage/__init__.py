"""Public money as staff see it: funds, decisions, awards, payments, delegated authority."""

from civic.core.web import room

desk = room("grant_desk", __name__, "/staff/grants")

from civic.grants.manage import (  # noqa: E402, F401 - they fill the room
    agreements,
    announcing,
    authority,
    awards,
    budgets,
    changes,
    decisions,
    figures,
    funds,
    instalments,
    outcomes,
    overview,
    payments,
    plans,
    pots,
    repayments,
    reports,
    sheets,
    together,
)
