"""What the addresses of the desk lead to: a call, a match in it, and who may do something with it."""

from __future__ import annotations

from dataclasses import dataclass

from civic.challenge.applying.models import Call
from civic.challenge.matching import access
from civic.challenge.matching.models import Run
from civic.challenge.matching.queries import lists, runs


@dataclass(frozen=True)
class RunSeat:
    """A match in a call."""

    call: Call
    run: Run

    @property
    def place(self) -> dict[str, object]:
        """The parts of its address."""
        return {"programme": self.call.programme.slug, "number": self.run.number}


def call_by_programme(programme: str) -> Call | None:
    """The call of a programme that has a shortlist."""
    return lists.call_of(programme)


def run_by_number(programme: str, number: int) -> RunSeat | None:
    """A match of a programme's call."""
    call = lists.call_of(programme)
    run = runs.run_at(call, number) if call else None
    return RunSeat(call, run) if call and run else None


def may_look_at(seat: RunSeat) -> bool:
    """A manager or an approver without a stake in the call."""
    return access.may_look_here(seat.call)


def may_run_it(seat: RunSeat) -> bool:
    """A manager without a stake in the call."""
    return access.may_run_here(seat.call)
