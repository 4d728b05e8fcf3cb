"""The connection to Stripe: patient for half a minute, tries twice again, tells nobody about this machine."""

from typing import Any

import stripe

from civic.payments.provider import ConfigurationError, Mode

# Else the library writes a file into the home directory and sends facts about this machine with each call.
stripe.enable_telemetry = False

CONNECT_AND_READ_SECONDS = (5, 30)
RETRIES = 2


def mode_of(key: str) -> Mode:
    """Whether a secret or restricted key moves real money; raises ConfigurationError for anything else."""
    for start, mode in (("_live_", "live"), ("_test_", "test")):
        if key.startswith((f"sk{start}", f"rk{start}")):
            return "live" if mode == "live" else "test"
    raise ConfigurationError("the Stripe key is neither a secret nor a restricted key")


def open_client(
    key: str, *, api_base: str | None, timeout: tuple[int, int] = CONNECT_AND_READ_SECONDS, retries: int = RETRIES
) -> stripe.StripeClient:
    """A client for one process; `api_base` is another server's address, for tests."""
    elsewhere: dict[str, Any] = {"base_addresses": {"api": api_base}} if api_base else {}
    return stripe.StripeClient(
        key, max_network_retries=retries, http_client=stripe.RequestsClient(timeout=timeout), **elsewhere
    )
