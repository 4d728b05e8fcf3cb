"""Names of the ledger accounts of public money. They hold no money of ours: they say what the authority has set aside for what."""

from civic.core.money import Money
from civic.grants.rules.choices import PLACES, SPENDINGS


def authority(fund_id: int) -> str:
    """Where a fund's budget comes from; as much below nothing as all its other accounts stand above."""
    return f"authority:{fund_id}"


def of_fund(fund_id: int, spending: str) -> str:
    """A fund's money that is not allotted to any pot."""
    return f"fund:{fund_id}:{spending}"


def of_pot(pot_id: int, spending: str, place: str) -> str:
    """A pot's money of one kind in one place: left, reserved, committed or paid."""
    return f"pot:{pot_id}:{spending}:{place}"


def of_pot_all(pot_id: int) -> list[str]:
    """Every account of a pot."""
    return [of_pot(pot_id, spending, place) for spending in SPENDINGS for place in PLACES]


def moved(pot_id: int, spending: str, amount: Money, source: str, target: str) -> dict[str, Money]:
    """The lines of a transaction by which money of a pot changes its place."""
    return {of_pot(pot_id, spending, source): -amount, of_pot(pot_id, spending, target): amount}
