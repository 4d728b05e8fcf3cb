"""What a campaign's organiser owes its backers at the moment, and by when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

QUIET_DAYS = 21
"""News is due when there has been none for so long."""
REPORT_DAYS = 90
"""A progress report is due so long after the money was paid, and after each report."""


@dataclass(frozen=True)
class Facts:
    """What must be known to say what is due."""

    stage: str
    opened_on: date
    finished_at: datetime | None
    news_at: datetime | None
    report_at: datetime | None
    has_final_report: bool
    overdue_milestones: int
    payee: str  # none, pending, active or restricted


def due(facts: Facts, today: date) -> list[str]:
    """The names of what is due, the most urgent first."""
    found = []
    if facts.stage in ("open", "counting", "collecting", "shortfall", "funded") and facts.payee != "active":
        found.append("payee")
    if facts.stage == "funded" and not facts.has_final_report and _report_is_due(facts, today):
        found.append("report")
    if facts.overdue_milestones and facts.stage in ("funded", "open"):
        found.append("milestones")
    if facts.stage in ("open", "funded") and _quiet_since(facts) <= today - timedelta(days=QUIET_DAYS):
        found.append("news")
    return found


def _report_is_due(facts: Facts, today: date) -> bool:
    since = facts.report_at or facts.finished_at
    return since is not None and since.date() <= today - timedelta(days=REPORT_DAYS)


def _quiet_since(facts: Facts) -> date:
    return facts.news_at.date() if facts.news_at else facts.opened_on
