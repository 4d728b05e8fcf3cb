"""Money that goes back to cards: refunds, and disputes that banks open."""

import stripe

from civic.core.money import Money
from civic.payments.provider import DisputeFacts, RefundResult, Refused, Unknown
from civic.payments.stripe import reading
from civic.payments.stripe.base import StripePart, keyed
from civic.payments.stripe.errors import moves_no_money, refusal


class MoneyBack(StripePart):
    """Refunds and disputes."""

    def refund(self, charge_id: str, amount: Money, *, reference: str, key: str) -> RefundResult | Refused | Unknown:
        """Send money of a charge back to its card; the fee stays with Stripe. It may still fail days later."""
        try:
            made = self._client.v1.refunds.create(
                {
                    "charge": charge_id,
                    "amount": amount.minor,
                    "reason": "requested_by_customer",
                    "metadata": {"reference": reference},
                },
                keyed(key),
            )
        except stripe.StripeError as error:
            return refusal(error)
        return reading.refund(made.to_dict())

    def fetch_refund(self, refund_id: str) -> RefundResult:
        """What is true of a refund now."""
        with moves_no_money():
            return reading.refund(self._client.v1.refunds.retrieve(refund_id).to_dict())

    def fetch_dispute(self, dispute_id: str) -> DisputeFacts:
        """What is true of a dispute now."""
        with moves_no_money():
            return reading.dispute(self._client.v1.disputes.retrieve(dispute_id).to_dict())
