"""People come back: from the page on which a card is saved, and from their bank. Looking changes nothing; a button does.

What the address says is never believed: it names the visit, and the provider is asked what came of it.
"""

from hmac import compare_digest

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.core import clock, tokens
from civic.core.db import db
from civic.core.doors import allowed, anyone
from civic.core.errors import NotFound
from civic.core.security import limit
from civic.payments.engine import recovery, visits
from civic.payments.models import CardSetup, Charge
from civic.payments.views import bp

KEEPS = 3 * 24 * 3600
"""Seconds for which a way back from a bank leads somewhere."""


class LinkTooOld(tokens.BadToken):
    """The way back was altered or is too old."""

    sentence = _l(
        "This way back from our payment partner no longer works. Open your pledge from your account or your email."
    )


def setup_of(key: str) -> CardSetup | None:
    """The visit that a signed way back belongs to."""
    if not compare_digest(request.args.get("t", "").encode(), visits.proof(key).encode()):
        raise NotFound()
    setup = db.session.scalars(select(CardSetup).where(CardSetup.key == key)).one_or_none()
    if setup is not None and setup.expires_at + visits.WAY_BACK_LASTS < clock.now():
        raise LinkTooOld()
    return setup


def charge_of(charge_id: int) -> tuple[Charge, str] | None:
    """The charge that a signed way back from a bank belongs to, and where it leads."""
    try:
        told = tokens.read(recovery.RETURNING, request.args.get("t", ""), max_age=KEEPS)
    except tokens.BadToken as bad:
        raise LinkTooOld() from bad
    charge = db.session.get(Charge, charge_id)
    if charge is None or told.get("charge") != charge_id:
        return None
    return charge, told["path"]


@bp.get("/setups/<key>/return")
@allowed(anyone, on=setup_of)
def show_setup_return(setup: CardSetup) -> ResponseReturnValue:
    """Back from the card page: on to where the person came from, at once where we know already what came of it."""
    if setup.status != "open":
        return redirect(setup.return_path, 303)
    return render_template("payments/show_setup_return.html", setup=setup, is_open=False, canonical=False)


@bp.post("/setups/<key>/return")
@allowed(anyone, on=setup_of)
@limit("30/minute")
def end_setup(setup: CardSetup) -> ResponseReturnValue:
    """Ask the provider what came of the visit, and go on."""
    setup = visits.sync(setup.key)
    if setup.status == "open":
        return render_template("payments/show_setup_return.html", setup=setup, is_open=True, canonical=False)
    return redirect(setup.return_path, 303)


@bp.get("/setups/<key>/cancel")
@allowed(anyone, on=setup_of)
def leave_setup(setup: CardSetup) -> ResponseReturnValue:
    """The person left the card page without a card; the visit stays open until its time is over."""
    return redirect(setup.cancel_path, 303)


@bp.get("/charges/<int:charge_id>/return")
@allowed(anyone, on=charge_of)
def show_bank_return(found: tuple[Charge, str]) -> ResponseReturnValue:
    """Back from the bank: on to the pledge, at once where we know already that it was paid."""
    charge, path = found
    if charge.status == "succeeded":
        return redirect(path, 303)
    return render_template("payments/show_bank_return.html", charge=charge, canonical=False)


@bp.post("/charges/<int:charge_id>/return")
@allowed(anyone, on=charge_of)
@limit("30/minute")
def end_recovery(found: tuple[Charge, str]) -> ResponseReturnValue:
    """Ask the provider what the bank said, and go on."""
    charge, path = found
    recovery.sync(charge.id)
    return redirect(path, 303)
