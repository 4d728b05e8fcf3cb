"""What the provider keeps and how long things take: arithmetic over the published UK prices, no clock and no database."""

from datetime import timedelta
from decimal import Decimal

from civic.core.money import Money

# UK standard pricing in force since 10 April 2023 (support.stripe.com): percent of the payment, and 20p for each.
PERCENT = {"GB": Decimal("1.5"), "EEA": Decimal("2.5"), "": Decimal("3.25")}
FIXED = Money(20)
DISPUTE_FEE = Money(2000)
SMALLEST = Money(30)

# The 27 members of the European Union with Iceland, Liechtenstein and Norway.
EEA = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905
)

BOOKED_AFTER = timedelta(seconds=5)  # the fee is known a little after the payment, as in life
AVAILABLE_AFTER = timedelta(days=7)
DECIDED_AFTER = timedelta(minutes=10)
DISPUTED_AFTER = timedelta(minutes=10)
REFUNDED_AFTER = timedelta(minutes=5)
EVIDENCE_WITHIN = timedelta(days=9)
ANSWERS_KEPT = timedelta(hours=24)


def fee(amount: Money, country: str) -> Money:
    """What the provider keeps of a payment by a card from this country, half a penny rounded up."""
    region = country if country == "GB" else "EEA" if country in EEA else ""
    return amount.percent(PERCENT[region]) + FIXED
