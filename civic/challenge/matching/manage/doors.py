"""What the addresses of the desk lead to: a call, a match in it, and who may do something with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from civic.challenge.applying.models import Call
from civic.challenge.matching import access
from civic.challenge.matching.models import Run
from civic.challenge.matching.queries import lists, runs
from civic.challenge.models import Programme


@dataclass(frozen=True)
class CallSeat:
    """A call with its programme, which must still be there after a refusal, when everything is read afresh."""

    call: Call
    programme: Programme


@dataclass(frozen=True)
class RunSeat(CallSeat):
    """A match in a call."""

    run: Run

    @property
    def place(self) -> dict[str, Any]:
        """The parts of its address."""
        return {"shortlist": self.programme.slug, "run_number": self.run.number}


def call_by_programme(shortlist: str) -> CallSeat | None:
    """The call of a programme that has a shortlist."""
    call = lists.call_of(shortlist)
    return CallSeat(call, call.programme) if call else None


def run_by_number(shortlist: str, run_number: int) -> RunSeat | None:
    """A match of a programme's call."""
    call = lists.call_of(shortlist)
    run = runs.run_at(call, run_number) if call else None
    return RunSeat(call, call.programme, run) if call and run else None


def may_look_at(seat: CallSeat) -> bool:
    """A manager or an approver without a stake in the call."""
    return access.may_look_here(seat.call)


def may_run_it(seat: CallSeat) -> bool:
    """A manager without a stake in the call."""
    return access.may_run_here(seat.call)
