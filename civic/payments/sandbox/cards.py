"""The test cards: which number stands for which behaviour. A number is matched and dropped; only its key is kept.

Numbers that Stripe publishes for testing do here what they do there (docs.stripe.com/testing); those that begin with 9 are ours.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class TestCard:
    """One test card and what becomes of it when it is saved, charged, and afterwards."""

    key: str
    number: str
    words: Any
    brand: str = "visa"
    country: str = "GB"
    at_setup: str = ""  # "", "challenge", "card_declined", "expired_card"
    at_charge: str = ""  # "", "ask", "slow", "slow_decline", or a decline code
    advice: str = ""
    once: bool = False  # only the first try is refused
    later: str = ""  # "", "dispute", "refund_fails", "refund_pending"

    # pytest would take the name for a test.
    __test__ = False

    @property
    def last4(self) -> str:
        """The last four digits, by which people know a card."""
        return self.number[-4:]

    @property
    def spaced(self) -> str:
        """The number as it stands on a card: "4242 4242 4242 4242"."""
        return " ".join(self.number[i : i + 4] for i in range(0, 16, 4))


_all = (
    TestCard("works", "4242424242424242", _l("Works: saved without questions, paid when charged")),
    TestCard("mastercard", "5555555555554444", _l("Works, a Mastercard"), brand="mastercard"),
    TestCard("france", "4000002500000003", _l("Works, from France: the provider’s fee is higher"), country="FR"),
    TestCard(
        "australia",
        "4000000360000006",
        _l("Works, from Australia: the provider’s fee is the highest"),
        country="AU",
    ),
    TestCard(
        "challenge", "4000002500003155", _l("The bank asks when the card is saved, and not again"), at_setup="challenge"
    ),
    TestCard(
        "always_asks",
        "4000002760003184",
        _l("The bank asks every time: the charge waits until the person confirms it"),
        at_setup="challenge",
        at_charge="ask",
    ),
    TestCard(
        "insufficient",
        "4000008260003178",
        _l("The bank asks when the card is saved; later there is not enough money in the account"),
        at_setup="challenge",
        at_charge="insufficient_funds",
        advice="try_again_later",
    ),
    TestCard(
        "poor",
        "9000000000009995",
        _l("Saved without questions; later there is not enough money in the account"),
        at_charge="insufficient_funds",
        advice="try_again_later",
    ),
    TestCard(
        "poor_once",
        "9000000000000001",
        _l("Not enough money at the first try, paid at the second"),
        at_charge="insufficient_funds",
        advice="try_again_later",
        once=True,
    ),
    TestCard(
        "fails", "4000000000000341", _l("Saved without questions, refused when charged"), at_charge="generic_decline"
    ),
    TestCard(
        "stolen",
        "9000000000000002",
        _l("Reported stolen after it was saved: refused for good"),
        at_charge="stolen_card",
        advice="do_not_try_again",
    ),
    TestCard("declined", "4000000000000002", _l("Refused when it is saved"), at_setup="card_declined"),
    TestCard("expired", "4000000000000069", _l("Expired: refused when it is saved"), at_setup="expired_card"),
    TestCard("slow", "9000000000000003", _l("The bank takes ten minutes to say yes"), at_charge="slow"),
    TestCard("slow_decline", "9000000000000004", _l("The bank takes ten minutes to say no"), at_charge="slow_decline"),
    TestCard("dispute", "4000000000000259", _l("Paid; ten minutes later the bank disputes it"), later="dispute"),
    TestCard(
        "refund_fails", "4000000000005126", _l("Paid; a refund comes back five minutes later"), later="refund_fails"
    ),
    TestCard("refund_pending", "4000000000007726", _l("Paid; a refund takes five minutes"), later="refund_pending"),
)
CARDS = {card.key: card for card in _all}
_by_number = {card.number: card for card in _all}


def matching(number: str) -> TestCard | None:
    """The test card with this number, spaces and dashes aside; None for any other number."""
    return _by_number.get("".join(c for c in number if c.isascii() and c.isdigit()))
