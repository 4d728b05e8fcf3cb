"""Stripe: the only part of the house that knows its library. Values of ours go in, frozen results come out."""

from civic.payments.stripe.provider import StripeProvider

__all__ = ["StripeProvider"]
