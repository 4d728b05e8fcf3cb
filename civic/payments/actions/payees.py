"""Organisations that are to receive money: what the provider says of them, kept as it was last said."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from civic.core.announcements import announce
from civic.core.db import db
from civic.payments.events import PayeeChanged
from civic.payments.models import Payee
from civic.payments.provider import Mode, PayeeStatus


def take_in(organisation_id: int, status: PayeeStatus, *, provider: str, mode: Mode, now: datetime) -> Payee:
    """Keep what the provider says of an organisation's account; announces PayeeChanged where that is news."""
    new = insert(Payee).values(
        organisation_id=organisation_id,
        provider=provider,
        mode=mode,
        account_id=status.account_id,
        state="pending",
        requirements=list(status.requirements),
        checked_at=now,
    )
    db.session.execute(new.on_conflict_do_nothing(index_elements=["organisation_id", "provider", "mode"]))
    mine = select(Payee).where(Payee.organisation_id == organisation_id, Payee.provider == provider, Payee.mode == mode)
    payee = db.session.scalars(mine.with_for_update().execution_options(populate_existing=True)).one()
    if payee.account_id != status.account_id:
        return payee
    before, payee.state = payee.state, status.state
    payee.requirements, payee.checked_at = list(status.requirements), now
    if before != status.state:
        announce(PayeeChanged(organisation_id, status.state))
    return payee


def by_account(account_id: str) -> Payee | None:
    """The payee with this account at the provider."""
    return db.session.scalars(select(Payee).where(Payee.account_id == account_id)).one_or_none()
