"""What every part of the Stripe provider does with each call: one client, plain dicts at once, lists to their end."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import stripe

from civic.payments.stripe.errors import moves_no_money

PAGE = 100  # the most that Stripe gives at once


class StripePart:
    """A part of StripeProvider; nothing of the library leaves it."""

    _client: stripe.StripeClient

    def _listed(self, lists: Any, moment: datetime | None = None, **filters: Any) -> Iterator[dict[str, Any]]:
        """Every object of a list, newest first, fetched page by page while it is read."""
        since = {"created": {"gte": int(moment.timestamp())}} if moment else {}
        with moves_no_money():
            page = lists.list({"limit": PAGE, **since, **filters})
        while True:
            yield from (found.to_dict() for found in page.data)
            if not page.has_more:
                return
            with moves_no_money():
                page = page.next_page()


def keyed(key: str) -> Any:
    """The options of a call that must not be done twice."""
    return {"idempotency_key": key}
