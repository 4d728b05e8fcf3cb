"""What every payment provider can do, in values of ours: whole pence in, frozen results out, nothing of the provider's own.

`Unknown` is a result and not an error, so that whoever asks must say what happens when no answer came.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from civic.core.money import Money

Mode = Literal["sandbox", "test", "live"]
Kind = Literal[
    "charge",
    "refund",
    "refund_failure",
    "dispute",
    "dispute_reversal",
    "transfer",
    "transfer_reversal",
    "payout",
    "fee",
    "other",
]


class ProviderError(Exception):
    """The provider could not be used; nothing was decided about any money."""


class RateLimited(ProviderError):
    """Too many requests at once: the same call may be made again after `retry_after` seconds."""

    def __init__(self, retry_after: float = 1.0):
        super().__init__("rate limited")
        self.retry_after = retry_after


class ConfigurationError(ProviderError):
    """Keys or permissions are wrong: stop the whole run and tell a person."""


class Bug(ProviderError):
    """The provider says that our request makes no sense (a reused key with other parameters, an unknown object)."""


class BadEvent(Exception):
    """An announcement that is forged, altered, too old, too large or meant for another mode; nothing of it is believed."""


@dataclass(frozen=True)
class SetupRequest:
    """A wish to save a card for one later charge: for what, how much at most, and where the person comes back to."""

    reference: str  # ours: "pledge:<public id>"
    customer_id: str  # the provider's, from ensure_customer()
    amount: Money  # what will be charged at most, shown to the person
    consent: str  # the sentence agreed to, in the person's language
    description: str
    return_url: str
    cancel_url: str
    language: str  # "en"
    expires_at: datetime


@dataclass(frozen=True)
class SetupStart:
    """Where to send the person, and the provider's name for this setup."""

    setup_id: str
    url: str


@dataclass(frozen=True)
class Card:
    """What may be known of a saved card."""

    payment_method_id: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int
    country: str  # ISO 3166 alpha-2, "" when not told
    fingerprint: str


@dataclass(frozen=True)
class SetupResult:
    """The truth about a setup: still open, done with a card, failed, or expired."""

    setup_id: str
    status: Literal["open", "succeeded", "failed", "expired"]
    reference: str = ""
    card: Card | None = None
    authenticated: bool = False  # the bank itself asked the person (3-D Secure)
    reason: str = ""


@dataclass(frozen=True)
class PaymentRequest:
    """A charge to be prepared: no money moves before it is confirmed."""

    reference: str  # "charge:<id>"
    amount: Money
    customer_id: str
    description: str
    statement: str  # at most 22 characters on the bank statement
    group: str  # "campaign:<id>", the provider's transfer group


@dataclass(frozen=True)
class Waiting:
    """Prepared and not confirmed; no money has moved."""

    payment_id: str


@dataclass(frozen=True)
class Succeeded:
    """The money was taken."""

    payment_id: str
    charge_id: str
    amount: Money
    at: datetime


@dataclass(frozen=True)
class Processing:
    """The bank has it and has not decided."""

    payment_id: str


@dataclass(frozen=True)
class ActionRequired:
    """The bank wants to ask the person; nothing was taken."""

    payment_id: str


@dataclass(frozen=True)
class Declined:
    """The card was refused; nothing was taken."""

    payment_id: str
    code: str  # "card_declined"
    decline_code: str = ""  # "insufficient_funds"
    advice: str = ""  # "try_again_later", "do_not_try_again", "confirm_card_data"


@dataclass(frozen=True)
class Cancelled:
    """The payment will never be taken."""

    payment_id: str


@dataclass(frozen=True)
class Unknown:
    """No answer, or none that can be believed: ask the provider later what happened, and never assume."""

    retry_after: float = 60.0  # seconds


PaymentResult = Waiting | Succeeded | Processing | ActionRequired | Declined | Cancelled | Unknown


@dataclass(frozen=True)
class RecoveryStart:
    """A person is here to mend a payment: where the bank wants to see them, or what came of it at once."""

    url: str = ""
    result: PaymentResult | None = None


@dataclass(frozen=True)
class RefundResult:
    """A refund as the provider knows it."""

    refund_id: str
    status: Literal["pending", "succeeded", "failed"]
    amount: Money
    charge_id: str = ""
    reason: str = ""  # why it failed
    reference: str = ""  # as we named it ("refund:<id>"), "" when it was made at the provider by hand


@dataclass(frozen=True)
class DisputeFacts:
    """A dispute as the provider knows it."""

    dispute_id: str
    charge_id: str
    amount: Money
    status: Literal["open", "won", "lost"]
    reason: str
    due_at: datetime | None = None
    withdrawn: bool = True  # False while the bank only asks: no money has left yet


@dataclass(frozen=True)
class PayeeRequest:
    """An organisation that is to receive money."""

    reference: str  # "organisation:<id>"
    name: str
    email: str
    kind: str  # an organisation kind of civic.accounts


@dataclass(frozen=True)
class OnboardingStart:
    """The organisation's account at the provider, and where its owner proves who they are."""

    account_id: str
    url: str


@dataclass(frozen=True)
class PayeeStatus:
    """Whether an organisation may receive money, and what is still asked of it."""

    account_id: str
    state: Literal["pending", "active", "restricted"]
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True)
class TransferRequest:
    """Money on its way to an organisation."""

    reference: str  # "transfer:<id>"
    account_id: str
    amount: Money
    group: str
    description: str


@dataclass(frozen=True)
class TransferResult:
    """A transfer that was made."""

    transfer_id: str


@dataclass(frozen=True)
class Refused:
    """The provider would not do it, and says why; nothing moved."""

    code: str
    reason: str = ""


@dataclass(frozen=True)
class ReversalResult:
    """Money called back from an organisation."""

    reversal_id: str


@dataclass(frozen=True)
class ProviderEvent:
    """A verified announcement: that something happened to an object. What happened is read from the object itself."""

    event_id: str
    kind: str  # the provider's own name: "payment_intent.succeeded"
    object_id: str
    created_at: datetime
    facts: Mapping[str, str] = field(default_factory=dict)  # further ids, e.g. {"payment": "pi_…", "setup": "seti_…"}


@dataclass(frozen=True)
class BalanceEntry:
    """One line of the provider's own account with us: the truth that the ledger is held against."""

    entry_id: str
    kind: Kind
    source_id: str  # the charge, refund, dispute, transfer …
    amount: Money
    fee: Money
    net: Money
    created_at: datetime
    available_at: datetime


@dataclass(frozen=True)
class PaymentSeen:
    """A payment in the provider's own list."""

    reference: str  # as we named it, "" when it is not ours
    amount: Money
    created_at: datetime
    result: PaymentResult


class PaymentProvider(Protocol):
    """One provider in one mode. Every writing call takes a key derived from our row: the same key never does a thing twice.

    Calls raise RateLimited, ConfigurationError or Bug; where money could have moved, no answer is the result `Unknown`.
    """

    name: str
    mode: Mode

    def ensure_customer(self, reference: str, *, email: str, key: str) -> str:
        """The provider's name for a person; asked again with the same key, the same name."""
        ...

    def start_setup(self, wish: SetupRequest, *, key: str) -> SetupStart:
        """Open the provider's page on which a card is saved for one later charge."""
        ...

    def fetch_setup(self, setup_id: str) -> SetupResult:
        """What came of a visit to that page."""
        ...

    def detach(self, payment_method_id: str) -> None:
        """Let a saved card go; letting it go twice is no error."""
        ...

    def create_payment(self, wish: PaymentRequest, *, key: str) -> Waiting | Unknown:
        """Prepare a charge; no money moves."""
        ...

    def confirm_payment(self, payment_id: str, payment_method_id: str, *, key: str) -> PaymentResult:
        """Take the money of a prepared charge while nobody is looking (off session)."""
        ...

    def fetch_payment(self, payment_id: str) -> PaymentResult:
        """The truth about a payment."""
        ...

    def cancel_payment(self, payment_id: str, *, key: str) -> PaymentResult:
        """Make sure that a payment is never taken; the result says so where it was taken already."""
        ...

    def start_recovery(self, payment_id: str, payment_method_id: str, *, return_url: str, key: str) -> RecoveryStart:
        """Take the money of a prepared charge with the person here: where their bank wants to see them, or the result at once."""
        ...

    def refund(self, charge_id: str, amount: Money, *, reference: str, key: str) -> RefundResult | Refused | Unknown:
        """Give money of a charge back to the card."""
        ...

    def fetch_refund(self, refund_id: str) -> RefundResult:
        """The truth about a refund."""
        ...

    def fetch_dispute(self, dispute_id: str) -> DisputeFacts:
        """The truth about a dispute."""
        ...

    def onboard(
        self, payee: PayeeRequest, *, account_id: str, return_url: str, refresh_url: str, key: str
    ) -> OnboardingStart:
        """Open (`account_id` empty) or continue an organisation's registration at the provider."""
        ...

    def payee_status(self, account_id: str) -> PayeeStatus:
        """Whether an organisation may receive money."""
        ...

    def transfer(self, wish: TransferRequest, *, key: str) -> TransferResult | Refused | Unknown:
        """Pay an organisation out of our balance."""
        ...

    def fetch_transfer(self, reference: str, group: str) -> TransferResult | None:
        """The transfer that was made under our reference, if any: asked after an unknown answer."""
        ...

    def reverse_transfer(self, transfer_id: str, amount: Money, *, key: str) -> ReversalResult | Refused | Unknown:
        """Call money back from an organisation."""
        ...

    def verify_event(self, raw: bytes, headers: Mapping[str, str], *, connect: bool = False) -> ProviderEvent:
        """Believe an announcement, or raise BadEvent; `connect` for those about organisations' accounts."""
        ...

    def events_since(self, moment: datetime) -> Iterator[ProviderEvent]:
        """Announcements since a moment, oldest first; for those that never arrived."""
        ...

    def payments_since(self, moment: datetime) -> Iterator[PaymentSeen]:
        """The provider's own list of payments since a moment."""
        ...

    def refunds_since(self, moment: datetime) -> Iterator[RefundResult]:
        """The provider's own list of refunds since a moment."""
        ...

    def disputes_since(self, moment: datetime) -> Iterator[DisputeFacts]:
        """The provider's own list of disputes since a moment."""
        ...

    def balance_since(self, moment: datetime) -> Iterator[BalanceEntry]:
        """The lines of the provider's account with us since a moment."""
        ...
