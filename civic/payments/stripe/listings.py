"""Stripe's own lists, read to their end: what happened, whatever we know of it."""

from collections.abc import Iterator
from datetime import datetime

from civic.payments.provider import BalanceEntry, DisputeFacts, Mode, PaymentSeen, ProviderEvent, RefundResult
from civic.payments.stripe import events, reading
from civic.payments.stripe.base import StripePart


class Listings(StripePart):
    """Walks over everything since a moment."""

    mode: Mode

    def events_since(self, moment: datetime) -> Iterator[ProviderEvent]:
        """Announcements of the last 30 days at most, oldest first, so that whoever stops half-way goes on from there."""
        listed = self._listed(self._client.v1.events, moment)
        # One that is not ours must not keep the others from being heard.
        newest_first = [events.read(found, mode=self.mode) for found in listed if not found.get("account")]
        yield from reversed(newest_first)

    def payments_since(self, moment: datetime) -> Iterator[PaymentSeen]:
        """Payments prepared since, newest first, with what came of them."""
        listed = self._listed(self._client.v1.payment_intents, moment, expand=["data.latest_charge"])
        return map(reading.seen, listed)

    def refunds_since(self, moment: datetime) -> Iterator[RefundResult]:
        """Refunds since, newest first, also those made at Stripe by hand."""
        return map(reading.refund, self._listed(self._client.v1.refunds, moment))

    def disputes_since(self, moment: datetime) -> Iterator[DisputeFacts]:
        """Disputes opened since, newest first."""
        return map(reading.dispute, self._listed(self._client.v1.disputes, moment))

    def balance_since(self, moment: datetime) -> Iterator[BalanceEntry]:
        """Lines of our balance since, newest first; their net sums to what Stripe holds for us."""
        return map(reading.entry, self._listed(self._client.v1.balance_transactions, moment))
