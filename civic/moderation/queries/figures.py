"""The public figures of moderation: each from one query over what was reported and decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from civic.core.db import db
from civic.moderation.models import Appeal, Case, Decision, Report, Suspension, Warned
from civic.moderation.rules.figures import SMALLEST, Period, printed, together


@dataclass(frozen=True)
class Figures:
    """What may be printed of one period; None for a number from 1 to 9, and for a median of fewer than ten."""

    period: Period
    is_exact: bool
    cases: int | None
    reports: int | None
    reports_by_rule: list[tuple[tuple[str, ...], int]]
    decisions: int | None
    decisions_by_verb: list[tuple[tuple[str, ...], int]]
    removals_by_rule: list[tuple[tuple[str, ...], int]]
    median_hours: float | None
    appeals: int | None
    appeals_by_outcome: list[tuple[tuple[str, ...], int]]
    median_appeal_hours: float | None
    warnings: int | None
    suspensions: int | None

    def lines(self) -> list[tuple[str, str, str, str]]:
        """The figures as lines of a file: period, figure, part, number ("<10" where it is not printed)."""
        key = self.period.key
        single = [
            (key, name, "", _written(getattr(self, name)))
            for name in ("cases", "reports", "decisions", "appeals", "warnings", "suspensions")
        ]
        medians = [
            (key, name, "", "" if getattr(self, name) is None else f"{getattr(self, name):.1f}")
            for name in ("median_hours", "median_appeal_hours")
        ]
        parts = [
            (key, name, " + ".join(keys), str(n))
            for name in ("reports_by_rule", "decisions_by_verb", "removals_by_rule", "appeals_by_outcome")
            for keys, n in getattr(self, name)
        ]
        return single + medians + parts


def _written(n: int | None) -> str:
    return f"<{SMALLEST}" if n is None else str(n)


def figures(period: Period, now: datetime) -> Figures:
    """The figures of a period: exact for a quarter that is over, else rounded to tens."""
    exact = bool(period.quarter) and period.ends_at <= now
    reports = _counts(Report.rule, Report.at, period)
    verbs = _counts(Decision.verb, Decision.at, period, Decision.verb.in_(("keep", "remove")))
    outcomes = _counts(Appeal.outcome, Appeal.at, period)
    return Figures(
        period=period,
        is_exact=exact,
        cases=printed(_count(Case.created_at, period), exact=exact),
        reports=printed(sum(reports.values()), exact=exact),
        reports_by_rule=together(reports, exact=exact),
        decisions=printed(sum(verbs.values()), exact=exact),
        decisions_by_verb=together(verbs, exact=exact),
        removals_by_rule=together(_counts(Decision.rule, Decision.at, period, Decision.verb == "remove"), exact=exact),
        median_hours=_median_hours(period, ("keep", "remove")),
        appeals=printed(sum(outcomes.values()), exact=exact),
        appeals_by_outcome=together({key or "waiting": n for key, n in outcomes.items()}, exact=exact),
        median_appeal_hours=_median_hours(period, ("uphold", "restore")),
        warnings=printed(_count(Warned.at, period), exact=exact),
        suspensions=printed(_count(Suspension.starts_at, period), exact=exact),
    )


def _within(column: Any, period: Period) -> Any:
    return (column >= period.starts_at) & (column < period.ends_at)


def _count(column: Any, period: Period) -> int:
    return db.session.scalar(select(func.count()).where(_within(column, period))) or 0


def _counts(part: Any, column: Any, period: Period, *conditions: Any) -> dict[str, int]:
    counted = select(part, func.count()).where(_within(column, period), *conditions).group_by(part)
    return dict(db.session.execute(counted).all())  # type: ignore[arg-type]


def _median_hours(period: Period, verbs: tuple[str, ...]) -> float | None:
    """The median time from when a case came before moderators to the decision; None for fewer than ten decisions."""
    seconds = func.extract("epoch", Decision.at - Decision.waited_since)
    median = func.percentile_cont(0.5).within_group(seconds)
    n, found = db.session.execute(
        select(func.count(), median).where(_within(Decision.at, period), Decision.verb.in_(verbs))
    ).one()
    return float(found) / 3600 if n >= SMALLEST else None


def first_at() -> datetime | None:
    """When the first case came before moderators."""
    return db.session.scalar(select(func.min(Case.created_at)))
