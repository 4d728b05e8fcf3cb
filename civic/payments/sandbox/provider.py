"""The sandbox as a payment provider: the same promises, keys, states and failures as the real one, and no money."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar, cast

from flask import Flask, current_app
from sqlalchemy.orm import Session

from civic.core import clock
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
    ProviderError,
    ProviderEvent,
    RateLimited,
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
    delivery,
    faults,
    giving_back,
    lists,
    organisations,
    passing,
    remembering,
    setups,
    signing,
)
from civic.payments.sandbox.models import (
    SandboxAccount,
    SandboxDispute,
    SandboxPayment,
    SandboxRefund,
)
from civic.payments.sandbox.outside import Connect, Outside, apart, found

T = TypeVar("T")


class NoAnswer(ProviderError):
    """The provider did not answer, and no money could have moved."""

    def __init__(self) -> None:
        super().__init__("no answer")


class SandboxProvider:
    """A payment provider without money, of `app` or of whichever runs.

    `connect` gives each call its own connection, `now` its time, `pause` its slowness; `wake` lets events be told soon, None
    is for whoever tells them himself.
    """

    name = "sandbox"
    mode: Mode = "sandbox"

    def __init__(
        self,
        app: Flask | None = None,
        *,
        connect: Connect = apart,
        now: Callable[[], datetime] = clock.now,
        pause: Callable[[float], None] = time.sleep,
        wake: Callable[[Outside], None] | None = delivery.wake,
    ):
        self._given_app, self._now, self._pause, self._wake = app, now, pause, wake
        self.outside = Outside(connect)

    @property
    def _app(self) -> Flask:
        return self._given_app or cast(Flask, current_app)

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

    # The outside world itself: what no caller of a real provider could do.

    def play(self, act: Callable[[Session, datetime], T]) -> T:
        """Do something as the world outside: a person at the bank's page, a bank that disputes."""
        now = self.let_time_pass()
        with self.outside.open() as session:
            done = act(session, now)
        self._told()
        return done

    def look(self, view: Callable[[Session], T]) -> T:
        """Look at the sandbox's tables and change nothing."""
        with self.outside.open() as session:
            return view(session)

    def let_time_pass(self) -> datetime:
        """Let happen what is due by now; tells what time it is there."""
        now = self._now()
        with self.outside.open() as session:
            due = happened = passing.is_due(session, now)
        while due:
            with self.outside.open() as session:
                due = passing.pass_time(session, now) == passing.STRETCH
        if happened:
            self._told()
        return now

    def _told(self) -> None:
        if self._wake is not None:
            self._wake(self.outside)

    def _money(self, operation: str, key: str, asked: dict[str, Any], act: Callable[[Session, datetime], T]) -> Any:
        try:
            return self._write(operation, key, asked, act)
        except NoAnswer:
            return Unknown()

    def _write(self, operation: str, key: str, asked: dict[str, Any], act: Callable[[Session, datetime], T]) -> T:
        def once(session: Session, now: datetime, met: str) -> Any:
            return remembering.once(
                session,
                key,
                {"operation": operation} | asked,
                lambda: act(session, now),
                now=now,
                fails_after=met == "error_after",
            )

        answer, met = self._reach(operation, once)
        self._told()
        if answer == remembering.ERROR or met == "drop_after":
            raise NoAnswer()
        return answer  # type: ignore[no-any-return]

    def _call(self, operation: str, look: Callable[[Session, datetime], T]) -> T:
        answer, met = self._reach(operation, lambda session, now, _met: look(session, now))
        if met in ("drop_after", "error_after"):
            raise NoAnswer()
        return answer

    def _reach(self, operation: str, act: Callable[[Session, datetime, str], T]) -> tuple[T, str]:
        """What a call is answered that reaches the provider, and what goes wrong with it; mostly nothing does."""
        now = self._now()
        with self.outside.open() as session:
            if not faults.waits_for(session, operation) and not passing.is_due(session, now):
                return act(session, now, ""), ""
        met = self._meet(operation)
        self.let_time_pass()
        with self.outside.open() as session:
            return act(session, now, met), met

    def _list(self, operation: str, stretch: lists.Stretch, moment: datetime) -> Iterator[Any]:
        self._call(operation, lambda session, now: None)
        after: lists.Place | None = None
        while True:
            with self.outside.open() as session:
                page, after = stretch(session, moment, after)
            yield from page
            if after is None:
                return

    def _meet(self, operation: str) -> str:
        """Use up what is ordered to go wrong with this call; raises what leaves nothing behind."""
        with self.outside.open() as session:
            kind, seconds = faults.meet(session, operation)
        if kind == "slow":
            self._pause(seconds)
        if kind == "rate_limit":
            raise RateLimited()
        if kind == "drop_before":
            raise NoAnswer()
        return kind
