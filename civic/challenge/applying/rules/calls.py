"""What a call lacks before it opens, and what of it may still change afterwards."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

DAYS = ("scores_by", "interviews_on", "answers_by", "ranks_close_at", "demo_day_on")
"""Plans, which may slip: in the order in which they must come, after the deadline."""
LOOSE = (*DAYS, "finalists")
FACTS = (
    "opens_at",
    "closes_at",
    *DAYS,
    "grant_minor",
    "finalists",
    "interview_weight",
    "conditions",
    "guidance",
    "language",
)


def gaps(facts: Mapping[str, Any], *, challenges: int, is_announced: bool, now: datetime) -> list[str]:
    """What is missing before a call can open, by code: "opens_at", "closes_at", "past", "order:<name>", "challenges", "programme"."""
    found = [name for name in ("opens_at", "closes_at") if facts.get(name) is None]
    closes = facts.get("closes_at")
    if closes is not None and closes <= now:
        found.append("past")
    found += [f"order:{name}" for name in out_of_order(facts)]
    found += [] if challenges else ["challenges"]
    return found + ([] if is_announced else ["programme"])


def out_of_order(facts: Mapping[str, Any]) -> list[str]:
    """Later dates that stand before an earlier one."""
    found, last = [], _day(facts.get("closes_at"))
    for name in DAYS:
        day = _day(facts.get(name))
        if day is not None and last is not None and day < last:
            found.append(name)
        last = day or last
    return found


def may_change(status: str, name: str, before: Any, after: Any, now: datetime) -> bool:
    """Whether one fact may be changed in this state: everything in a draft; then plans, and a deadline only to a later moment."""
    if before == after or status == "draft":
        return True
    if name in LOOSE:
        return status in ("open", "assessing", "shortlisted")
    return name == "closes_at" and status == "open" and after is not None and now < before < after


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value
