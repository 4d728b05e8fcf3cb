"""When a campaign may go live: every point of the check list answered, and nothing in the way."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from civic.crowdfund.rules.choices import CHECK_ITEMS


def unanswered(results: Mapping[str, str]) -> list[str]:
    """The points nobody has looked at in this round."""
    return [item for item in CHECK_ITEMS if item not in results]


def problems(results: Mapping[str, str]) -> list[str]:
    """The points at which something is wrong."""
    return [item for item in CHECK_ITEMS if results.get(item) == "problem"]


def obstacles(
    results: Mapping[str, str],
    *,
    organisation_is_verified: bool,
    payee: str,
    closes_at: datetime | None,
    target_minor: int,
    now: datetime,
) -> list[str]:
    """What stands in the way of going live: "unanswered", "problem", "organisation", "payee", "deadline" or "target"."""
    found = {
        "unanswered": bool(unanswered(results)),
        "problem": bool(problems(results)),
        "organisation": not organisation_is_verified,
        "payee": payee != "active",
        "deadline": closes_at is None or closes_at <= now,
        "target": target_minor <= 0,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def is_hurried(closes_at: datetime | None, now: datetime, min_days: int) -> bool:
    """Whether fewer days are left for pledges than this site asks for."""
    return closes_at is not None and closes_at < now + timedelta(days=min_days)
