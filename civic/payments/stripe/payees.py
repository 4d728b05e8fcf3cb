"""Organisations that receive money: their accounts at Stripe, transfers to them, and what is called back.

Charges and transfers are separate, so the platform is the merchant and answers for refunds and disputes (docs/decisions/0004-payments.md).
"""

from typing import Any

import stripe

from civic.core.money import Money
from civic.payments.provider import (
    OnboardingStart,
    PayeeRequest,
    PayeeStatus,
    Refused,
    ReversalResult,
    TransferRequest,
    TransferResult,
    Unknown,
)
from civic.payments.stripe import reading
from civic.payments.stripe.base import StripePart, keyed
from civic.payments.stripe.errors import moves_no_money, refusal

ENTITY_TYPES = {
    "registered_charity": "non_profit",
    "unincorporated_association": "non_profit",
    "public_body": "government_entity",
}


class Payees(StripePart):
    """Connected accounts, transfers and their reversals."""

    def onboard(
        self, payee: PayeeRequest, *, account_id: str, return_url: str, refresh_url: str, key: str
    ) -> OnboardingStart:
        """Where the organisation proves who it is; an account is made unless `account_id` is one already."""
        with moves_no_money():
            account_id = account_id or self._client.v2.core.accounts.create(_account(payee), keyed(key)).id
            # An address works once and for minutes, so each asking gets a new one and no key of ours.
            link = self._client.v2.core.account_links.create(_link(account_id, return_url, refresh_url))
        return OnboardingStart(account_id, link.url)

    def payee_status(self, account_id: str) -> PayeeStatus:
        """Whether an organisation may be paid now."""
        wanted: Any = {"include": ["configuration.recipient", "requirements"]}
        with moves_no_money():
            return reading.payee(self._client.v2.core.accounts.retrieve(account_id, wanted).to_dict())

    def transfer(self, wish: TransferRequest, *, key: str) -> TransferResult | Refused | Unknown:
        """Pay an organisation out of our available balance."""
        try:
            made = self._client.v1.transfers.create(
                {
                    "amount": wish.amount.minor,
                    "currency": wish.amount.currency.lower(),
                    "destination": wish.account_id,
                    "transfer_group": wish.group,
                    "description": wish.description,
                    "metadata": {"reference": wish.reference},
                },
                keyed(key),
            )
        except stripe.StripeError as error:
            return refusal(error)
        return TransferResult(made.id)

    def fetch_transfer(self, reference: str, group: str) -> TransferResult | None:
        """The transfer that we named so, found after a call without an answer; None when it was never made."""
        for found in self._listed(self._client.v1.transfers, transfer_group=group):
            if reading.reference_of(found) == reference:
                return TransferResult(found["id"])
        return None

    def reverse_transfer(self, transfer_id: str, amount: Money, *, key: str) -> ReversalResult | Refused | Unknown:
        """Call money back from an organisation; refused when its balance at Stripe does not hold it."""
        try:
            made = self._client.v1.transfers.reversals.create(transfer_id, {"amount": amount.minor}, keyed(key))
        except stripe.StripeError as error:
            return refusal(error)
        return ReversalResult(made.id)


def _account(payee: PayeeRequest) -> Any:
    """A recipient with Stripe's short dashboard; fees and losses are ours, as crowdfunding asks for."""
    return {
        "contact_email": payee.email,
        "display_name": payee.name,
        "dashboard": "express",
        "identity": {
            "country": "gb",
            "entity_type": ENTITY_TYPES.get(payee.kind, "company"),
            "business_details": {"registered_name": payee.name},
        },
        "configuration": {"recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}},
        "defaults": {
            "currency": "gbp",
            "responsibilities": {"fees_collector": "application", "losses_collector": "application"},
        },
        "include": ["configuration.recipient", "requirements"],
        "metadata": {"reference": payee.reference},
    }


def _link(account_id: str, return_url: str, refresh_url: str) -> Any:
    return {
        "account": account_id,
        "use_case": {
            "type": "account_onboarding",
            "account_onboarding": {"return_url": return_url, "refresh_url": refresh_url},
        },
    }
