"""What may be promised."""

from collections.abc import Sequence

from civic.core.money import GBP, Money

LEAST = GBP(1)
SUGGESTED: Sequence[Money] = (GBP(10), GBP(25), GBP(50), GBP(100))
LONGEST_MESSAGE = 280  # characters
LONGEST_NAME = 60
MOST_SETUPS = 12  # visits to the provider's page for one pledge: more is somebody trying cards
MOST_FAILED = 5  # visits of one e-mail address that failed within a day
# While a pledge is in one of these, its backer has no second one to the same campaign.
HELD = ("awaiting_card", "authorised", "charging", "past_due")
CHANGEABLE = ("awaiting_card", "authorised")
NEVER_TAKEN = ("abandoned", "refused", "cancelled", "released", "dropped")


def problem(amount: Money, tip: Money, *, most: Money) -> str | None:
    """Why this cannot be promised: too_small, too_large or tip_too_large (a tip is at most what the campaign gets)."""
    if amount.currency != "GBP" or tip.currency != "GBP":
        return "currency"
    if amount < LEAST:
        return "too_small"
    if amount > most:
        return "too_large"
    if tip.minor < 0 or tip > amount:
        return "tip_too_large"
    return None


def needs_card(before: Money, after: Money) -> bool:
    """Whether a changed pledge needs a new visit to the provider: whenever more may be taken than was agreed to."""
    return after > before
