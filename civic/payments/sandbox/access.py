"""Who may play the world outside, and whether there is a sandbox at all."""

from flask import current_app

from civic.accounts.access import has_role, is_staff

is_in_charge = has_role("administrator", "finance_officer")


def is_sandbox_on(*things: object) -> bool:
    """The sandbox is the payment provider of this site."""
    return bool(current_app.config["PAYMENTS_PROVIDER"] == "sandbox")


def may_play_the_world() -> bool:
    """Administrators and finance officers; on a developer's machine and in tests any member of staff."""
    return is_sandbox_on() and (is_in_charge() or (is_staff() and not current_app.config["PRODUCTION"]))


def has_a_clock() -> bool:
    """Who plays the world may move the clock where there is one to move: never in production."""
    return may_play_the_world() and current_app.extensions.get("virtual_clock") is not None
