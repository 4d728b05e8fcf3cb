"""What the finance desk asks: what waits, lists by state, and one thing with all that belongs to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import User
from civic.core.db import db
from civic.payments.models import (
    CardSetup,
    Charge,
    Discrepancy,
    Dispute,
    Payee,
    ReconciliationRun,
    Refund,
    Transfer,
    TransferReversal,
)

REFUNDS_WAITING, TRANSFERS_WAITING = ("requested",), ("requested", "failed")


@dataclass(frozen=True)
class Waiting:
    """How many things of each kind wait for a finance officer."""

    refunds: int
    transfers: int
    disputes: int
    differences: int

    @property
    def total(self) -> int:
        """All together."""
        return self.refunds + self.transfers + self.disputes + self.differences


def waiting() -> Waiting:
    """What waits for a finance officer, in one question."""
    counts = (
        select(func.count()).select_from(model).where(model.status.in_(states)).scalar_subquery()
        for model, states in (
            (Refund, REFUNDS_WAITING),
            (Transfer, TRANSFERS_WAITING),
            (Dispute, ("open",)),
            (Discrepancy, ("open",)),
        )
    )
    return Waiting(*db.session.execute(select(*counts)).one())


def all_that_waits() -> int:
    """How much waits for a finance officer, for the staff front page."""
    return waiting().total


def charges(q: str) -> Select[Any]:
    """Charges by any name: the reference with or without its kind, the provider's names, or the number."""
    found = select(Charge)
    if not q:
        return found
    names = [Charge.reference == q, Charge.reference == f"pledge:{q}", Charge.group == q]
    names += [Charge.provider_payment_id == q, Charge.provider_charge_id == q]
    if q.isdecimal() and len(q) < 16:
        names.append(Charge.id == int(q))
    return found.where(or_(*names))


def refunds(states: Iterable[str]) -> Select[Any]:
    """Refunds in these states, with their charges."""
    return select(Refund).where(Refund.status.in_(list(states))).options(joinedload(Refund.charge))


def transfers(states: Iterable[str]) -> Select[Any]:
    """Transfers in these states, with the organisations."""
    whom = joinedload(Transfer.payee).joinedload(Payee.organisation)
    return select(Transfer).where(Transfer.status.in_(list(states))).options(whom)


def disputes(states: Iterable[str]) -> Select[Any]:
    """Disputes in these states, with their charges."""
    return select(Dispute).where(Dispute.status.in_(list(states))).options(joinedload(Dispute.charge))


def differences(states: Iterable[str]) -> Select[Any]:
    """Differences in these states."""
    return select(Discrepancy).where(Discrepancy.status.in_(list(states)))


def runs() -> Select[Any]:
    """Every comparison with the provider."""
    return select(ReconciliationRun)


def charge_by_id(charge_id: int) -> Charge | None:
    """The charge with this number, with its card."""
    return _one(select(Charge).where(Charge.id == charge_id).options(joinedload(Charge.payment_method)), charge_id)


def refund_by_id(refund_id: int) -> Refund | None:
    """The refund with this number, with its charge."""
    return _one(select(Refund).where(Refund.id == refund_id).options(joinedload(Refund.charge)), refund_id)


def transfer_by_id(transfer_id: int) -> Transfer | None:
    """The transfer with this number, with its organisation."""
    whom = joinedload(Transfer.payee).joinedload(Payee.organisation)
    return _one(select(Transfer).where(Transfer.id == transfer_id).options(whom), transfer_id)


def dispute_by_id(dispute_id: int) -> Dispute | None:
    """The dispute with this number, with its charge and card."""
    charge = joinedload(Dispute.charge).joinedload(Charge.payment_method)
    return _one(select(Dispute).where(Dispute.id == dispute_id).options(charge), dispute_id)


def difference_by_id(difference_id: int) -> Discrepancy | None:
    """The difference with this number, with the comparison that found it."""
    return _one(
        select(Discrepancy).where(Discrepancy.id == difference_id).options(joinedload(Discrepancy.run)), difference_id
    )


def run_by_id(run_id: int) -> ReconciliationRun | None:
    """The comparison with this number."""
    return _one(select(ReconciliationRun).where(ReconciliationRun.id == run_id), run_id)


def refunds_of(charge: Charge) -> list[Refund]:
    """Every refund of a charge, oldest first."""
    return list(db.session.scalars(select(Refund).where(Refund.charge_id == charge.id).order_by(Refund.id)))


def disputes_of(charge: Charge) -> list[Dispute]:
    """Every dispute of a charge, oldest first."""
    return list(db.session.scalars(select(Dispute).where(Dispute.charge_id == charge.id).order_by(Dispute.id)))


def reversals_of(transfer: Transfer) -> list[TransferReversal]:
    """What was called back of a transfer, oldest first."""
    mine = select(TransferReversal).where(TransferReversal.transfer_id == transfer.id)
    return list(db.session.scalars(mine.order_by(TransferReversal.id)))


def consent_to(charge: Charge) -> CardSetup | None:
    """The visit in which the backer agreed to this charge: the evidence in a dispute."""
    mine = select(CardSetup).where(CardSetup.reference == charge.reference, CardSetup.status == "succeeded")
    return db.session.scalars(mine.order_by(CardSetup.id.desc()).limit(1)).one_or_none()


def row_behind(kind: str, ref: str) -> Any | None:
    """What a transaction of the books is about: its charge, refund, dispute or transfer."""
    columns: dict[str, Any] = {
        "charge": Charge.provider_charge_id,
        "refund": Refund.provider_refund_id,
        "refund_failed": Refund.provider_refund_id,
        "dispute": Dispute.provider_dispute_id,
        "dispute_won": Dispute.provider_dispute_id,
        "dispute_lost": Dispute.provider_dispute_id,
        "transfer": Transfer.provider_transfer_id,
    }
    column = columns.get(kind)
    if column is None:
        return None
    return db.session.scalars(select(column.class_).where(column == ref)).one_or_none()


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """The names of colleagues by their numbers; their address where they have none."""
    wanted = {number for number in ids if number is not None}
    if not wanted:
        return {}
    people = select(User.id, func.coalesce(User.display_name, User.email)).where(User.id.in_(wanted))
    return dict(db.session.execute(people).all())


def _one(query: Select[Any], number: int) -> Any | None:
    return db.session.scalars(query).one_or_none() if 0 < number < 2**62 else None


def last_run(provider: str, mode: str) -> ReconciliationRun | None:
    """The latest comparison with this provider that came to its end."""
    mine = select(ReconciliationRun).where(
        ReconciliationRun.provider == provider,
        ReconciliationRun.mode == mode,
        ReconciliationRun.finished_at.is_not(None),
    )
    return db.session.scalars(mine.order_by(ReconciliationRun.id.desc()).limit(1)).one_or_none()
