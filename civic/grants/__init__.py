"""Public money: funds and their budgets, recommend → consult → decide, agreements, instalments, monitoring."""
