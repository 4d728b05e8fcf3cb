"""When paper and phone answers count, and in which surveys they are taken."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from civic.surveys.rules.assisted import takes, why_not

CLOSE = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
ARRIVED: dict[str, Any] = {
    "is_taking": False,
    "ended_at": CLOSE,
    "published": False,
    "arrived_on": date(2026, 11, 23),
    "reason": "Strike of the post",
    "days": 14,
}
LATER = CLOSE + timedelta(days=3)


@pytest.mark.parametrize(
    ("now", "differently", "code"),
    [
        (CLOSE, {"is_taking": True, "arrived_on": None, "reason": ""}, ""),
        (LATER, {}, ""),
        (LATER, {"arrived_on": date(2026, 11, 24)}, "arrived_late"),
        (LATER, {"arrived_on": None}, "not_arrived"),
        (LATER, {"reason": ""}, "not_arrived"),
        (LATER, {"published": True}, "published"),
        (LATER, {"days": 0}, "too_late"),
        (CLOSE + timedelta(days=14) - timedelta(minutes=1), {}, ""),
        (CLOSE + timedelta(days=14), {}, "too_late"),
        (CLOSE - timedelta(days=30), {"ended_at": None}, "not_open"),
    ],
)
def test_paper_counts_after_the_close_only_where_it_had_arrived(now: datetime, differently: dict, code: str) -> None:
    assert why_not(now, **(ARRIVED | differently)) == code


@pytest.mark.parametrize("who", ["nothing", "email_confirmed", "borough_given"])
@pytest.mark.parametrize("is_anonymous", [True, False])
def test_only_an_anonymous_survey_for_members_cannot_be_taken_on_paper(who: str, is_anonymous: bool) -> None:
    assert takes(who_may_answer=who, is_anonymous=is_anonymous) == (who == "nothing" or not is_anonymous)
