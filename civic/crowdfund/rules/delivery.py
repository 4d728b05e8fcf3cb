"""What was done with the money, to the pound: what was spent on each cost, where it differs from the plan, what is left."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from civic.core.money import Money

NOTHING = Money(0)


@dataclass(frozen=True)
class Line:
    """What was planned and spent on one cost so far, and why it differs."""

    cost_id: int
    planned: Money
    spent: Money
    note: str

    @property
    def difference(self) -> Money:
        """How much more was spent than planned; negative where it was less."""
        return self.spent - self.planned


@dataclass(frozen=True)
class Account:
    """A project's money from the first gift to the last bill."""

    lines: tuple[Line, ...]
    raised: Money  # everything that counted and came
    fees: Money  # of card payments and the platform, taken before the money reached the organisation

    @property
    def planned(self) -> Money:
        """What everything was to cost."""
        return sum((line.planned for line in self.lines), NOTHING)

    @property
    def spent(self) -> Money:
        """What was spent so far."""
        return sum((line.spent for line in self.lines), NOTHING)

    @property
    def received(self) -> Money:
        """What reached the project."""
        return self.raised - self.fees

    @property
    def left(self) -> Money:
        """What was not spent; negative where more was spent than came."""
        return self.received - self.spent


@dataclass(frozen=True)
class Fault:
    """What keeps a report from being published: "text", "note" (of a cost) or "unspent"."""

    code: str
    cost_id: int | None = None


def faults(kind: str, account: Account, *, text: str, unspent: str) -> list[Fault]:
    """What must be said before a report is published.

    A cost that took more than planned is explained at once, any other difference in the final report; so is what is left.
    """
    return [*_faults(kind, account, text, unspent)]


def _faults(kind: str, account: Account, text: str, unspent: str) -> Iterator[Fault]:
    if not text:
        yield Fault("text")
    for line in _to_explain(kind, account.lines):
        if not line.note:
            yield Fault("note", line.cost_id)
    if kind == "final" and account.left and not unspent:
        yield Fault("unspent")


def _to_explain(kind: str, lines: Iterable[Line]) -> Iterator[Line]:
    return (line for line in lines if line.difference > NOTHING or (kind == "final" and line.difference))
