"""What the addresses of matching lead to: a call with a startup or a challenge in it."""

from __future__ import annotations

from dataclasses import dataclass

from civic.accounts.models import Organisation
from civic.challenge.applying.models import Call, Startup
from civic.challenge.matching import access
from civic.challenge.matching.queries import lists
from civic.challenge.models import Challenge, Programme


@dataclass(frozen=True)
class StartupSeat:
    """A startup in a call; with what must still be there after a refusal, when everything is read afresh."""

    call: Call
    programme: Programme
    startup: Startup
    organisation: Organisation


@dataclass(frozen=True)
class PartnerSeat:
    """A challenge, whose partner's people rank, in a call."""

    call: Call
    programme: Programme
    challenge: Challenge


def startup_seat(shortlist: str, startup_id: int) -> StartupSeat | None:
    """A startup that is or was on the shortlist of a programme's call."""
    call = lists.call_of(shortlist)
    startup = lists.startup_in(call, startup_id) if call else None
    return StartupSeat(call, call.programme, startup, startup.organisation) if call and startup else None


def partner_seat(shortlist: str, slug: str) -> PartnerSeat | None:
    """A challenge of a programme's call."""
    call = lists.call_of(shortlist)
    challenge = lists.challenge_in(call, slug) if call else None
    return PartnerSeat(call, call.programme, challenge) if call and challenge else None


def is_of_startup(seat: StartupSeat) -> bool:
    """Somebody of the startup."""
    return access.is_of_startup(seat.startup)


def is_of_partner(seat: PartnerSeat) -> bool:
    """Somebody of the challenge's partner."""
    return access.is_of_partner(seat.challenge)
