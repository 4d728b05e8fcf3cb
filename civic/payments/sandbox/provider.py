"""The sandbox as a payment provider: the same promises, keys, states and failures as the real one, and no money."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from civic.core.money import Money
from civic.payments.provider import (
    BalanceEntry,
    DisputeFacts,
    Mode,
    OnboardingStart,
    PayeeRequest,
    PayeeStatus,
    PaymentRequest,
    PaymentResult,
    PaymentSeen,
    ProviderEvent,
    RecoveryStart,
    RefundResult,
    Refused,
    ReversalResult,
    SetupRequest,
    SetupResult,
    SetupStart,
    TransferRequest,
    TransferResult,
    Unknown,
    Waiting,
)
from civic.payments.sandbox import (
    addresses,
    charging,
    giving_back,
    lists,
    organisations,
    setups,
    signing,
)
from civic.payments.sandbox.calling import Caller, NoAnswer
from civic.payments.sandbox.models import (
    SandboxAccount,
    SandboxDispute,
    SandboxPayment,
    SandboxRefund,
)
from civic.payments.sandbox.outside import found


class SandboxProvider(Caller):
    """A payment provider without money, whose every call is played on the sandbox's own tables."""

    name = "sandbox"
    mode: Mode = "sandbox"

    # Cards

    def ensure_customer(self, reference: str, *, email: str, key: str) -> str:
        """The customer behind a reference; the address is not kept. Raises NoAnswer."""
        asked = {"reference": reference, "email": email}
        return str(
            self._write("ensure_customer", key, asked, lambda s, now: setups.add_customer(s, reference, now=now))
        )

    def start_setup(self, wish: SetupRequest, *, key: str) -> SetupStart:
        """Begin a visit to the card page; raises NoAnswer."""

        def act(session: Session, now: datetime) -> SetupStart:
            setup = setups.start(session, wish, now=now)
            return SetupStart(setup.id, addresses.checkout(self._app, setup.id, wish.language))

        return self._write("start_setup", key, asdict(wish), act)

    def fetch_setup(self, setup_id: str) -> SetupResult:
        """The truth about a visit; raises NoAnswer, and Bug for an unknown one."""
        return self._call("fetch_setup", lambda s, now: setups.truth(s, setup_id, now=now))

    def detach(self, payment_method_id: str) -> None:
        """Let a card go, at most once however often it is asked; raises NoAnswer."""
        self._call("detach", lambda s, now: setups.detach(s, payment_method_id, now=now))

    # Charges

    def create_payment(self, wish: PaymentRequest, *, key: str) -> Waiting | Unknown:
        """Prepare a payment; no money moves."""
        return self._money("create_payment", key, asdict(wish), lambda s, now: charging.create(s, wish, now=now))

    def confirm_payment(self, payment_id: str, payment_method_id: str, *, key: str) -> PaymentResult:
        """Take the money, the person being away."""
        asked = {"payment": payment_id, "method": payment_method_id}
        return self._money(
            "confirm_payment",
            key,
            asked,
            lambda s, now: charging.confirm(s, payment_id, payment_method_id, now=now),
        )

    def fetch_payment(self, payment_id: str) -> PaymentResult:
        """The truth about a payment."""
        try:
            return self._call("fetch_payment", lambda s, now: charging.truth(found(s, SandboxPayment, payment_id)))
        except NoAnswer:
            return Unknown()

    def cancel_payment(self, payment_id: str, *, key: str) -> PaymentResult:
        """Give a payment up; what was paid before stays paid and is told."""
        return self._money(
            "cancel_payment", key, {"payment": payment_id}, lambda s, now: charging.cancel(s, payment_id, now=now)
        )

    def start_recovery(self, payment_id: str, payment_method_id: str, *, return_url: str, key: str) -> RecoveryStart:
        """Ask the card again, the person being here: the bank's page to go to, or what came of it at once."""
        asked = {"payment": payment_id, "method": payment_method_id, "return_url": return_url}

        def act(session: Session, now: datetime) -> RecoveryStart:
            result = charging.confirm(session, payment_id, payment_method_id, now=now, return_url=return_url)
            payment = found(session, SandboxPayment, payment_id)
            if payment.status == "action_required":
                return RecoveryStart(url=addresses.bank(self._app, payment_id, addresses.language_of(return_url)))
            return RecoveryStart(result=result)

        result = self._money("start_recovery", key, asked, act)
        return RecoveryStart(result=result) if isinstance(result, Unknown) else result

    # Money back

    def refund(self, charge_id: str, amount: Money, *, reference: str, key: str) -> RefundResult | Refused | Unknown:
        """Send money of a charge back to its card."""
        asked = {"charge": charge_id, "amount": asdict(amount), "reference": reference}
        return self._money(
            "refund", key, asked, lambda s, now: giving_back.refund(s, charge_id, amount, reference=reference, now=now)
        )

    def fetch_refund(self, refund_id: str) -> RefundResult:
        """The truth about a refund; raises NoAnswer, and Bug for an unknown one."""

        def look(session: Session, now: datetime) -> RefundResult:
            row = found(session, SandboxRefund, refund_id)
            return giving_back.refund_truth(row, found(session, SandboxPayment, row.payment_id))

        return self._call("fetch_refund", look)

    def fetch_dispute(self, dispute_id: str) -> DisputeFacts:
        """The truth about a dispute; raises NoAnswer, and Bug for an unknown one."""

        def look(session: Session, now: datetime) -> DisputeFacts:
            row = found(session, SandboxDispute, dispute_id)
            return giving_back.dispute_truth(row, found(session, SandboxPayment, row.payment_id))

        return self._call("fetch_dispute", look)

    # Organisations

    def onboard(
        self, payee: PayeeRequest, *, account_id: str, return_url: str, refresh_url: str, key: str
    ) -> OnboardingStart:
        """The page where an organisation answers the provider's questions; raises NoAnswer."""
        asked = {"payee": asdict(payee), "account": account_id, "return": return_url, "refresh": refresh_url}

        def act(session: Session, now: datetime) -> OnboardingStart:
            row = organisations.account(
                session, payee, account_id, return_url=return_url, refresh_url=refresh_url, now=now
            )
            language = addresses.language_of(return_url)
            return OnboardingStart(row.id, addresses.onboarding(self._app, row.id, language))

        return self._write("onboard", key, asked, act)

    def payee_status(self, account_id: str) -> PayeeStatus:
        """Whether an organisation may receive money; raises NoAnswer, and Bug for an unknown one."""
        return self._call("payee_status", lambda s, now: organisations.status(found(s, SandboxAccount, account_id)))

    def transfer(self, wish: TransferRequest, *, key: str) -> TransferResult | Refused | Unknown:
        """Send money to an organisation."""
        return self._money("transfer", key, asdict(wish), lambda s, now: organisations.transfer(s, wish, now=now))

    def fetch_transfer(self, reference: str, group: str) -> TransferResult | None:
        """The transfer made for a reference, or None; raises NoAnswer."""
        return self._call("fetch_transfer", lambda s, now: organisations.transfer_named(s, reference, group))

    def reverse_transfer(self, transfer_id: str, amount: Money, *, key: str) -> ReversalResult | Refused | Unknown:
        """Call money back from an organisation."""
        asked = {"transfer": transfer_id, "amount": asdict(amount)}
        return self._money(
            "reverse_transfer", key, asked, lambda s, now: organisations.reverse(s, transfer_id, amount, now=now)
        )

    # What the provider tells

    def verify_event(self, raw: bytes, headers: Mapping[str, str], *, connect: bool = False) -> ProviderEvent:
        """The announcement in a body that we signed; raises BadEvent for anything else."""
        return signing.verified(raw, headers, self.secret(connect=connect), self._now())

    def secret(self, *, connect: bool) -> bytes:
        """What announcements for one of the two endpoints are signed with."""
        return signing.secret(self._app.config["SECRET_KEY"], connect=connect)

    def events_since(self, moment: datetime) -> Iterator[ProviderEvent]:
        """Everything announced since, oldest first."""
        return self._list("events_since", lists.events, moment)

    def payments_since(self, moment: datetime) -> Iterator[PaymentSeen]:
        """Every payment prepared since, oldest first."""
        return self._list("payments_since", lists.payments, moment)

    def refunds_since(self, moment: datetime) -> Iterator[RefundResult]:
        """Every refund begun since, oldest first."""
        return self._list("refunds_since", lists.refunds, moment)

    def disputes_since(self, moment: datetime) -> Iterator[DisputeFacts]:
        """Every dispute opened since, oldest first."""
        return self._list("disputes_since", lists.disputes, moment)

    def balance_since(self, moment: datetime) -> Iterator[BalanceEntry]:
        """Every line of our account there since, oldest first."""
        return self._list("balance_since", lists.entries, moment)
