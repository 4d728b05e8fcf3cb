"""What a challenge's page says of its call: until when startups can apply, and where."""

from typing import Any, NamedTuple

from civic.challenge.applying.models import Call
from civic.challenge.applying.queries.calls import call_of
from civic.challenge.applying.views.calls import place_of
from civic.challenge.models import Challenge
from civic.core import clock


class Act(NamedTuple):
    """The call of a challenge, and where it is by the clock."""

    call: Call
    place: str
    now: Any


def act_for(challenge: Challenge) -> Act | None:
    """The call of a challenge whose brief is final, once everybody may know of it; one statement."""
    if challenge.status not in ("final", "closed") or challenge.is_record:
        return None
    call = call_of(challenge.programme_id)
    if call is None or call.status == "draft" or not call.programme.is_public:
        return None
    return Act(call, place_of(call), clock.now())
