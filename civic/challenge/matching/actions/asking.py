"""Asking for lists: once when they open, and once more before they close."""

from __future__ import annotations

from datetime import datetime, timedelta

from civic.challenge.applying.models import Call
from civic.challenge.applying.queries.seats import people_of_startup
from civic.challenge.matching.actions.holding import hold_call
from civic.challenge.matching.actions.ranking import takes_lists
from civic.challenge.matching.queries.asking import challenges_without_list, startups_without_list, told_already
from civic.challenge.matching.queries.stakes import acts_for_an_applicant
from civic.challenge.queries.seats import people_of_partner
from civic.core.subjects import named
from civic.notifications.actions import tell

SOON = timedelta(days=3)


def ask(call_id: int, *, now: datetime) -> None:
    """Tell those who have not sent a list that they can, and within three days of the closing minute that it is soon."""
    call = hold_call(call_id)
    if not takes_lists(call, now) or call.ranks_close_at is None:
        return
    kinds = ["challenge_matching.open"]
    if call.ranks_close_at - now <= SOON:
        kinds.append("challenge_matching.closing")
    for startup in startups_without_list(call.id):
        _tell(kinds, people_of_startup(startup), call, now, startup=startup)
    for challenge, partner in challenges_without_list(call.id):
        people = [each for each in people_of_partner(partner) if not acts_for_an_applicant(call.id, each)]
        _tell(kinds, people, call, now, challenge=challenge)


def _tell(kinds: list[str], people: list[int], call: Call, now: datetime, **facts: int) -> None:
    """The news that is due, once each; nobody who hears the last call needs the first one as well."""
    kind, about = kinds[-1], named("challenge_call", call.id)
    fresh = set(people) - told_already(kind, about, people, facts)
    tell(kind, fresh, about=about, now=now, call=call.id, **facts)
