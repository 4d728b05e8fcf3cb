"""Which payment provider this process uses: one, made once; and rows of another are never touched with it."""

from threading import Lock
from typing import cast

from flask import Flask, current_app

from civic.core.db import db
from civic.payments.errors import WrongProvider
from civic.payments.provider import PaymentProvider

_making = Lock()


def current() -> PaymentProvider:
    """The configured provider; the same object for every thread of this process."""
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    if "payments" not in app.extensions:
        with _making:
            if "payments" not in app.extensions:
                app.extensions["payments"] = _make(app)
    return app.extensions["payments"]


def named(name: str, mode: str) -> PaymentProvider:
    """The current provider, for a row of `name` and `mode`; raises WrongProvider for a row of another one."""
    provider = current()
    if (provider.name, provider.mode) != (name, mode):
        raise WrongProvider(f"a row of {name} ({mode}), and this is {provider.name} ({provider.mode})")
    return provider


def outside() -> PaymentProvider:
    """The current provider, about to be called: asserts that no transaction of ours waits meanwhile."""
    assert not db.session.info.get("in_transaction"), "a provider is never called inside a transaction"
    return current()


def takes_events(name: str, *, connect: bool = False) -> bool:
    """Whether announcements of this provider are listened to: it is the one in use, and has a secret to know them by."""
    if name != current_app.config["PAYMENTS_PROVIDER"]:
        return False
    secrets = "STRIPE_CONNECT_WEBHOOK_SECRETS" if connect else "STRIPE_WEBHOOK_SECRETS"
    return name == "sandbox" or bool(current_app.config[secrets])


def _make(app: Flask) -> PaymentProvider:
    if app.config["PAYMENTS_PROVIDER"] == "sandbox":
        from civic.payments.sandbox.provider import SandboxProvider

        return SandboxProvider(app)
    from civic.payments.stripe.provider import StripeProvider

    return StripeProvider(
        app.config["STRIPE_SECRET_KEY"],
        app.config["STRIPE_WEBHOOK_SECRETS"],
        app.config["STRIPE_CONNECT_WEBHOOK_SECRETS"],
        api_base=app.config["STRIPE_API_BASE"] or None,
    )
