"""The test cards that the fake bank knows, by number and by what they do. Source: docs.stripe.com/testing."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class TestCard:
    """A card and its bank: what it does when it is saved, and what when it is charged."""

    __test__ = False

    kind: str
    number: str
    country: str = "GB"
    # What saving it comes to: at once, after the bank asked the person, or never.
    setup: Literal["saved", "asks", "refused"] = "saved"
    # Why the bank says no to a charge, "" for yes.
    decline: str = ""
    code: str = "card_declined"
    advice: str = ""
    # Whether the bank asks the person when they are there, and when they are not.
    asks_on_session: bool = False
    asks_off_session: bool = False
    then: Literal["", "disputed", "refund_fails", "refund_waits", "processing"] = ""


CARDS = (
    TestCard("success", "4242424242424242"),
    TestCard("abroad", "4000008400000001", country="US"),
    TestCard("europe", "4000002500000003", country="FR"),
    TestCard("asks_once", "4000002500003155", setup="asks", asks_on_session=True),
    TestCard("asks_always", "4000002760003184", setup="asks", asks_on_session=True, asks_off_session=True),
    TestCard("set_up_before", "4000003800000446", asks_on_session=True),
    TestCard(
        "insufficient_funds", "4000008260003178", setup="asks", decline="insufficient_funds", advice="try_again_later"
    ),
    TestCard("fails_at_charge", "4000000000000341", decline="generic_decline", advice="try_again_later"),
    TestCard("declined", "4000000000000002", setup="refused", decline="generic_decline"),
    TestCard("expired", "4000000000000069", setup="refused", decline="expired_card", code="expired_card"),
    TestCard("disputed", "4000000000000259", then="disputed"),
    TestCard("refund_fails", "4000000000005126", then="refund_fails"),
    TestCard("refund_waits", "4000000000007726", then="refund_waits"),
    # Two of ours: Stripe has no card that is stolen only later, and none that its bank decides about for days.
    TestCard("stolen_later", "stolen_later", decline="stolen_card", advice="do_not_try_again"),
    TestCard("processing", "processing", then="processing"),
)
BY_NAME = {name: card for card in CARDS for name in (card.kind, card.number)}


def find(name: str) -> TestCard:
    """A card by its number, with or without spaces, or by what it does."""
    return BY_NAME[name.replace(" ", "")]
