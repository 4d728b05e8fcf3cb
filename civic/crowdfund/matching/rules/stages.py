"""Where the money of one funder for one campaign stands: promised on a condition, owed, agreed, paid, or gone back."""

from civic.core.money import Money

STAGES = ("open", "closed", "owed", "agreed", "part_paid", "paid", "stopped", "back")
"""Promised while the campaign runs; while its cards are charged; owed; signed; paid in part; paid; stopped; gone back."""


def stage(*, is_standing: bool, is_open: bool, award: str | None, total: Money, paid: Money) -> str:
    """One of STAGES: by whether the promise stands, whether the campaign still takes gifts, and the state of the award it became."""
    if not is_standing or award == "released":
        return "back"
    if award is None:
        return "open" if is_open else "closed"
    if award == "stopped":
        return "stopped"
    if paid >= total:
        return "paid"
    if paid:
        return "part_paid"
    return "agreed" if award == "agreed" else "owed"
