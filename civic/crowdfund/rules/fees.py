"""What a pledge costs on its way, as it is told before the button; the books use what the provider really took."""

from decimal import ROUND_HALF_UP, Decimal

from civic.core.money import Money


def card_cost(amount: Money, *, percent: Decimal | str, pence: int) -> Money:
    """What the payment provider keeps of a card payment: a share and some pence; an estimate for a standard UK card.

    Half a penny is rounded up. Nothing is taken of nothing, and never more than the amount.
    """
    if amount.minor <= 0:
        return Money(0, amount.currency)
    return min(amount.percent(Decimal(percent)) + Money(pence, amount.currency), amount)


def platform_fee(amount: Money, bps: int) -> Money:
    """What the platform keeps of money that was collected, in hundredths of a percent, half a penny rounded up."""
    share = (Decimal(amount.minor) * bps / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
    return Money(int(share), amount.currency)


def arrives(amount: Money, *, percent: Decimal | str, pence: int, bps: int) -> Money:
    """What reaches the organisation of an amount pledged, after both."""
    left = amount - card_cost(amount, percent=percent, pence=pence) - platform_fee(amount, bps)
    return max(left, Money(0, amount.currency))
