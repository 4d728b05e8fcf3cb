"""Until when answers on paper and by phone count, and in which surveys they are taken."""

from datetime import date, datetime, timedelta

from civic.core.clock import london_today


def takes(*, who_may_answer: str, is_anonymous: bool) -> bool:
    """Whether paper and phone answers fit the survey's promise: where everybody may answer, or where answers carry names.

    An anonymous survey for members alone would have to ask who somebody is and must not know it.
    """
    return who_may_answer == "nothing" or not is_anonymous


def why_not(
    now: datetime,
    *,
    is_taking: bool,
    ended_at: datetime | None,
    published: bool,
    arrived_on: date | None,
    reason: str,
    days: int,
) -> str:
    """Why a paper form cannot be typed in now, as a code; empty where it can.

    After the close only paper counts that had arrived by then, with a reason on record, for `days` more days, and never once
    results were published: two looks at them would show what was added.
    """
    if is_taking:
        return ""
    if ended_at is None or now < ended_at:
        return "not_open"
    if published:
        return "published"
    if now >= ended_at + timedelta(days=days):
        return "too_late"
    if arrived_on is None or not reason:
        return "not_arrived"
    return "" if arrived_on <= london_today(ended_at) else "arrived_late"
