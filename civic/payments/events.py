"""What payments tells the rooms above, in the same transaction in which it became true.

`reference` and `group` are those the room gave: "pledge:<public id>", "campaign:<id>".
"""

from dataclasses import dataclass

from civic.core.money import Money


@dataclass(frozen=True)
class CardSaved:
    """A card was saved for `reference`. A listener that can no longer use it raises CardNotWanted: it is let go again."""

    setup_id: int
    reference: str
    payment_method_id: int
    amount: Money


class CardNotWanted(Exception):
    """What the card was saved for is over (the campaign has closed): refuse the setup and let the card go."""


@dataclass(frozen=True)
class CardSetupEnded:
    """No card was saved for `reference`: the visit failed or ran out."""

    setup_id: int
    reference: str
    reason: str


@dataclass(frozen=True)
class ChargeSucceeded:
    """The money was taken from the card."""

    charge_id: int
    reference: str
    group: str
    amount: Money


@dataclass(frozen=True)
class ChargeNeedsPerson:
    """Only the backer can mend this charge: the bank wants to see them, or the card was refused (`code`)."""

    charge_id: int
    reference: str
    group: str
    code: str
    will_retry: bool


@dataclass(frozen=True)
class ChargeCancelled:
    """The charge was given up; nothing was taken."""

    charge_id: int
    reference: str
    group: str


@dataclass(frozen=True)
class ChargeRefunded:
    """Money of a charge went back to the card; `left` is what stays taken."""

    charge_id: int
    reference: str
    group: str
    amount: Money
    left: Money


@dataclass(frozen=True)
class RefundFailed:
    """A refund came back: the money is ours again and still owed."""

    charge_id: int
    reference: str
    group: str
    amount: Money
    left: Money


@dataclass(frozen=True)
class DisputeChanged:
    """A backer's bank disputes a charge; `status` is open, won or lost."""

    charge_id: int
    reference: str
    group: str
    amount: Money
    status: str


@dataclass(frozen=True)
class PayeeChanged:
    """An organisation may receive money (`active`), or may not."""

    organisation_id: int
    state: str


@dataclass(frozen=True)
class TransferSent:
    """An organisation was paid."""

    transfer_id: int
    reference: str
    group: str
    amount: Money


@dataclass(frozen=True)
class TransferFailed:
    """An organisation could not be paid; a finance officer must look."""

    transfer_id: int
    reference: str
    group: str
    reason: str
