"""What one part tells that a sister of it must hear: when a test is over, what came of it is asked from that day on."""

from collections.abc import Callable
from typing import Any

from civic.challenge.support.actions import outcomes
from civic.challenge.testing.queries.tests import of_award
from civic.core.clock import london_today
from civic.grants import events


def over(event: events.AwardFinished) -> None:
    """Its 6, 12 and 24 months are counted from today."""
    test = of_award(event.award_id)
    if test is not None:
        outcomes.count_from(test.application_id, london_today(event.now), now=event.now)


LISTENERS: dict[type, list[Callable[[Any], None]]] = {events.AwardFinished: [over]}
"""For the manifest."""
