"""Builders of saved cards, visits and charges, as if a provider had answered."""

from datetime import datetime, timedelta
from typing import Any

from civic.core.db import db
from civic.core.money import Money
from civic.payments.models import (
    CardSetup,
    Charge,
    Discrepancy,
    Dispute,
    Payee,
    PaymentMethod,
    ReconciliationRun,
    Refund,
    Transfer,
)

USUAL, A_PART = Money(25_00), Money(5_00)


class MakePayments:
    """Cards that work, of the sandbox unless said otherwise; nothing is told to any provider."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def payment_method(self, *, person: Any | None = None, **facts: Any) -> PaymentMethod:
        """A saved card; of somebody without an account unless said otherwise."""
        number = self.number()
        defaults: dict[str, Any] = {
            "provider": "sandbox",
            "mode": "sandbox",
            "customer_id": f"cus_{number}",
            "provider_id": f"pm_{number}",
            "person_id": getattr(person, "id", None),
            "brand": "visa",
            "last4": "4242",
            "exp_month": 12,
            "exp_year": 2034,
            "country": "GB",
            "fingerprint": f"fingerprint {number}",
            "authenticated": True,
            "created_at": self.now,
        }
        return self._kept(PaymentMethod(**(defaults | facts)))

    def card_setup(self, *, reference: str = "", person: Any | None = None, **facts: Any) -> CardSetup:
        """A visit to the provider's page that has just begun."""
        number = self.number()
        defaults: dict[str, Any] = {
            "key": f"setup-{number}",
            "reference": reference or f"pledge:{number}",
            "provider": "sandbox",
            "mode": "sandbox",
            "amount_minor": 2500,
            "consent": "You will be charged £25 only if the target is reached.",
            "description": "A garden for everybody",
            "email": "backer@example.org",
            "language": "en",
            "return_path": "/en/pledges/back",
            "cancel_path": "/en/pledges/away",
            "person_id": getattr(person, "id", None),
            "status": "open",
            "created_at": self.now,
            "expires_at": self.now + timedelta(hours=23),
        }
        return self._kept(CardSetup(**(defaults | facts)))

    def charge(
        self,
        *,
        reference: str = "",
        amount: Money = USUAL,
        status: str = "queued",
        group: str = "campaign:1",
        payment_method: PaymentMethod | None = None,
        **facts: Any,
    ) -> Charge:
        """A charge in any state, taken there without asking anybody; nothing of it is in the books."""
        number = self.number()
        method = payment_method or self.payment_method()
        prepared = {} if status == "queued" else {"provider_payment_id": f"pi_{number}", "attempts": 1}
        paid = {"provider_charge_id": f"ch_{number}", "succeeded_at": self.now} if status == "succeeded" else {}
        waits = status in ("queued", "created", "unknown", "processing", "retry_wait")
        defaults: dict[str, Any] = {
            "reference": reference or f"pledge:{number}",
            "group": group,
            "provider": method.provider,
            "mode": method.mode,
            "payment_method_id": method.id,
            "amount_minor": amount.minor,
            "shares": {group: amount.minor},
            "description": "A garden for everybody",
            "statement": "GARDEN",
            "status": status,
            "created_at": self.now,
            "next_attempt_at": self.now if waits else None,
        }
        return self._kept(Charge(**(defaults | prepared | paid | facts)))

    def refund(self, charge: Charge | None = None, *, amount: Money = A_PART, **facts: Any) -> Refund:
        """A refund that waits for its second person."""
        charge = charge or self.charge(status="succeeded")
        charge.refunded_minor += amount.minor
        waits = {"status": "requested", "origin": "person", "why": "They asked", "requested_at": self.now}
        return self._kept(Refund(**({"charge_id": charge.id, "amount_minor": amount.minor} | waits | facts)))

    def dispute(self, charge: Charge | None = None, **facts: Any) -> Dispute:
        """A dispute that its bank has opened."""
        charge = charge or self.charge(status="succeeded")
        defaults: dict[str, Any] = {
            "charge_id": charge.id,
            "provider_dispute_id": f"dp_{self.number()}",
            "amount_minor": charge.amount_minor,
            "status": "open",
            "reason": "fraudulent",
            "opened_at": self.now,
            "due_at": self.now + timedelta(days=9),
        }
        return self._kept(Dispute(**(defaults | facts)))

    def payee(self, organisation: Any, **facts: Any) -> Payee:
        """An organisation's account at the provider, ready to be paid."""
        defaults = {"provider": "sandbox", "mode": "sandbox", "account_id": f"acct_{self.number()}", "state": "active"}
        return self._kept(Payee(organisation_id=organisation.id, checked_at=self.now, **(defaults | facts)))

    def transfer(self, payee: Payee, *, amount: Money = A_PART, **facts: Any) -> Transfer:
        """A payment to an organisation that waits for its release."""
        defaults: dict[str, Any] = {
            "reference": f"settlement:{self.number()}",
            "group": "campaign:1",
            "account": "campaign:1",
            "amount_minor": amount.minor,
            "created_at": self.now,
        }
        return self._kept(Transfer(payee_id=payee.id, **(defaults | facts)))

    def difference(self, **facts: Any) -> Discrepancy:
        """A difference that somebody must look at, of a comparison that has ended."""
        when = {"looked_from": self.now, "started_at": self.now, "finished_at": self.now}
        run = self._kept(ReconciliationRun(provider="sandbox", mode="sandbox", **when))
        defaults = {
            "kind": "balance",
            "reference": f"sandbox {self.number()}",
            "amount_minor": 100,
            "found_at": self.now,
        }
        return self._kept(Discrepancy(run_id=run.id, **(defaults | facts)))

    def _kept(self, row: Any) -> Any:
        db.session.add(row)
        db.session.flush()
        return row
