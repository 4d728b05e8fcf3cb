"""What goes wrong between us and Stripe, at the call a test names, and which calls were made."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Fault = Literal["429", "drop_before", "drop_after", "500_after", "slow", "401", "403", ""]


@dataclass
class Planned:
    """A fault at the `at`-th matching call from now, and at `times` - 1 more after it."""

    kind: Fault
    on: str
    at: int
    times: int


@dataclass(frozen=True)
class Seen:
    """A call that reached the fake, whatever came of it."""

    method: str
    name: str
    key: str
    params: dict[str, Any]
    at: float  # seconds of a clock that never goes back


class Faults:
    """Planned mishaps, and a record of every call."""

    def __init__(self) -> None:
        self.planned: list[Planned] = []
        self.chooser: Callable[[str], Fault] | None = None
        self.calls: Counter[str] = Counter()
        self.seen: list[Seen] = []

    def plan(self, kind: Fault, *, on: str = "", at: int = 1, times: int = 1) -> None:
        """Let the `at`-th POST from now go wrong (of those named `on`, if given), `times` times in a row."""
        self.planned.append(Planned(kind, on, at, times))

    def next(self, call: Seen) -> Fault:
        """What goes wrong with this call; "" when nothing does."""
        self.calls[f"{call.method} {call.name}"] += 1
        self.seen.append(call)
        if call.method != "POST":
            return ""
        chosen: Fault = ""
        for plan in list(self.planned):
            if plan.on and plan.on != call.name:
                continue
            plan.at -= 1
            if plan.at < 1 and not chosen:
                chosen = plan.kind
                plan.times -= 1
                if not plan.times:
                    self.planned.remove(plan)
        return chosen or (self.chooser(call.name) if self.chooser else "")
