"""StripeProvider: the payment provider of the house over Stripe's API, in the mode of its key."""

from collections.abc import Mapping, Sequence

from civic.payments.provider import ProviderEvent
from civic.payments.stripe import events
from civic.payments.stripe.cards import Cards
from civic.payments.stripe.client import CONNECT_AND_READ_SECONDS, RETRIES, mode_of, open_client
from civic.payments.stripe.listings import Listings
from civic.payments.stripe.money_back import MoneyBack
from civic.payments.stripe.payees import Payees
from civic.payments.stripe.payments import Payments


class StripeProvider(Cards, Payments, MoneyBack, Payees, Listings):
    """Stripe for one account in one mode; make one a process, after it has forked."""

    name = "stripe"

    def __init__(
        self,
        key: str,
        webhook_secrets: Sequence[str] = (),
        connect_secrets: Sequence[str] = (),
        *,
        api_base: str | None = None,
        timeout: tuple[int, int] = CONNECT_AND_READ_SECONDS,
        retries: int = RETRIES,
    ):
        self.mode = mode_of(key)
        self._client = open_client(key, api_base=api_base, timeout=timeout, retries=retries)
        self._webhook_secrets = tuple(webhook_secrets)
        self._connect_secrets = tuple(connect_secrets)

    def verify_event(self, raw: bytes, headers: Mapping[str, str], *, connect: bool = False) -> ProviderEvent:
        """The announcement in `raw`, of ours or (`connect`) of an organisation's account; raises BadEvent."""
        secrets = self._connect_secrets if connect else self._webhook_secrets
        return events.verify(raw, headers, secrets=secrets, mode=self.mode, connect=connect)
