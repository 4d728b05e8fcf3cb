"""Organisations register at the provider, on its own pages: their papers and bank account never come to us."""

from datetime import datetime, timedelta

import structlog
from flask import current_app
from sqlalchemy import select

from civic.accounts.models import Organisation
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.core.tokens import secret_token
from civic.payments import providers
from civic.payments.actions import payees
from civic.payments.errors import PaymentsUnavailable
from civic.payments.models import Payee
from civic.payments.provider import PayeeRequest, PayeeStatus, ProviderError
from civic.payments.queries.payees import payee_of

log = structlog.get_logger()

STALE = timedelta(hours=1)
AT_MOST = 200


def start(organisation: Organisation, *, email: str, return_path: str) -> str:
    """Where the organisation's owner proves who it is; begun before, it goes on. Raises PaymentsUnavailable, nothing lost."""
    with transaction():
        known = payee_of(organisation.id)
    wish = PayeeRequest(f"organisation:{organisation.id}", organisation.name, email, organisation.kind)
    address = current_app.config["BASE_URL"].rstrip("/") + return_path
    provider = providers.outside()
    try:
        begun = provider.onboard(
            wish,
            account_id=known.account_id if known else "",
            return_url=address,
            refresh_url=address,
            # An account is opened once; the way to its questions is a new one each time.
            key=f"payee-{secret_token()}" if known else f"payee-{provider.mode}-{organisation.id}",
        )
    except ProviderError as error:
        log.warning("payee_not_started", organisation=organisation.id, error=str(error))
        raise PaymentsUnavailable() from error
    if known is None:
        with transaction():
            status = PayeeStatus(begun.account_id, "pending")
            payees.take_in(organisation.id, status, provider=provider.name, mode=provider.mode, now=clock.now())
    return begun.url


def sync(payee: Payee, *, now: datetime) -> Payee:
    """Ask the provider what is true of an organisation's account, and keep it; announces PayeeChanged where it is news."""
    provider = providers.named(payee.provider, payee.mode)
    providers.outside()
    try:
        status = provider.payee_status(payee.account_id)
    except ProviderError as error:
        raise PaymentsUnavailable() from error
    with transaction():
        return payees.take_in(payee.organisation_id, status, provider=payee.provider, mode=provider.mode, now=now)


@job("payments.look_after_payees")
def look_after_payees() -> None:
    """Ask again about organisations that may not be paid yet: the announcement may never have arrived."""
    now = clock.now()
    unready = select(Payee).where(Payee.state != "active", Payee.checked_at < now - STALE)
    with transaction():
        waiting = db.session.scalars(unready.order_by(Payee.checked_at).limit(AT_MOST)).all()
    for payee in waiting:
        try:
            sync(payee, now=now)
        except Exception:  # one that cannot be read keeps no other waiting
            db.session.rollback()
            log.exception("payee_not_read", payee=payee.id)
