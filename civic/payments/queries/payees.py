"""What can be asked of organisations that receive money."""

from collections.abc import Collection

from sqlalchemy import select

from civic.core.db import db
from civic.payments import providers
from civic.payments.models import Payee


def payee_of(organisation_id: int) -> Payee | None:
    """The organisation's account at the provider that is in use now; None before its registration has begun."""
    provider = providers.current()
    mine = select(Payee).where(
        Payee.organisation_id == organisation_id, Payee.provider == provider.name, Payee.mode == provider.mode
    )
    return db.session.scalars(mine).one_or_none()


def organisation_of(payee_id: int) -> int:
    """The number of the organisation whose account at the provider this is."""
    return db.session.get_one(Payee, payee_id).organisation_id


def state(organisation_id: int) -> str:
    """Whether the organisation may receive money: "none", "pending", "active" or "restricted"."""
    payee = payee_of(organisation_id)
    return payee.state if payee else "none"


def states(organisation_ids: Collection[int]) -> dict[int, str]:
    """The same for many organisations in one question."""
    provider = providers.current()
    columns = select(Payee.organisation_id, Payee.state).where(Payee.organisation_id.in_(organisation_ids))
    rows = db.session.execute(columns.where(Payee.provider == provider.name, Payee.mode == provider.mode))
    return dict.fromkeys(organisation_ids, "none") | {row.organisation_id: row.state for row in rows}
