"""What happens at the sandbox by itself: time passes, events are told, old answers are forgotten."""

from flask import current_app

from civic.core import clock
from civic.core.jobs import job
from civic.payments.sandbox import delivery, remembering
from civic.payments.sandbox.access import is_sandbox_on
from civic.payments.sandbox.provider import SandboxProvider


@job("sandbox.deliver_events", retries=1)
def deliver_events() -> None:
    """Let pass what is due, and tell our endpoint everything it has not been told."""
    if not is_sandbox_on():
        return
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    provider = SandboxProvider(app, wake=None)
    provider.let_time_pass()
    post = delivery.in_process(app) if app.testing else delivery.over_http(app.config["BASE_URL"])
    delivery.deliver(provider.outside, app, post, clock.now)


@job("sandbox.forget_answers")
def forget_answers() -> None:
    """Drop answers that no key hears any more."""
    if is_sandbox_on():
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        with SandboxProvider(app, wake=None).outside.open() as session:
            remembering.forget(session, clock.now())
