"""Addresses: what a mail service says of them, and how their owner shows that letters reach them again."""

import hmac
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.accounts.models import User
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import Forbidden, NotFound
from civic.core.pages import see_other
from civic.core.person import maybe_me, me
from civic.core.security import csrf, limit
from civic.notifications import actions
from civic.notifications.actions.bouncing import KINDS
from civic.notifications.links import address_behind
from civic.notifications.views import bp, hooks


def person() -> str:
    """By whom letters to confirm an address are counted."""
    return f"person:{getattr(maybe_me(), 'id', 0)}"


@bp.post("/account/notifications/address")
@allowed(is_signed_in)
@limit("5/hour", key=person)
def ask_to_confirm() -> ResponseReturnValue:
    """Send a letter that shows whether the address takes letters again."""
    with transaction():
        actions.ask_to_confirm(me(), now=clock.now())
    flash(_("We sent you an email with a link. Open it within a day, and we write to this address again."), "success")
    return see_other("notifications.list_news")


@bp.get("/account/notifications/address/<token>")
@allowed(anyone, on=address_behind)
def show_address(person: User) -> ResponseReturnValue:
    """The button that confirms an address."""
    return render_template("notifications/show_address.html", address=person.email)


@bp.post("/account/notifications/address/<token>")
@allowed(anyone, on=address_behind)
@limit("60/hour")
def confirm_address(person: User) -> ResponseReturnValue:
    """Write to this address again."""
    with transaction():
        actions.confirm_address(person.id)
    flash(_("Thank you. Your address is confirmed, and we write to it again."), "success")
    return redirect(url_for("notifications.list_news") if maybe_me() else url_for("accounts.sign_in"), 303)


@hooks.post("/bounces")
@csrf.exempt
@allowed(anyone)
def take_bounce() -> ResponseReturnValue:
    """What the mail service says of an address: JSON {address, kind}, believed with the shared secret; the answer tells nothing."""
    secret = current_app.config["MAIL_BOUNCE_SECRET"]
    if not secret:
        raise NotFound()
    given = request.headers.get("Authorization", "").encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(given, f"Bearer {secret}".encode()):
        raise Forbidden()
    told: Any = request.get_json(silent=True)
    address, kind = (told.get("address"), told.get("kind", "hard")) if isinstance(told, dict) else (None, None)
    if not isinstance(address, str) or kind not in KINDS:
        return "", 400
    with transaction():
        actions.note_bounce(address, kind, now=clock.now())
    return "", 204
