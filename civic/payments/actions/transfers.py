"""Money out to organisations: asked for, released by another person, never more than the books owe; and called back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, func, select

from civic.accounts.queries.organisations import role_in
from civic.core import audit
from civic.core.announcements import announce
from civic.core.db import db, locked
from civic.core.jobs import enqueue
from civic.core.money import Money
from civic.core.states import advance
from civic.ledger import names
from civic.ledger.actions import hold, post
from civic.ledger.queries import balance
from civic.payments import providers
from civic.payments.actions.refusals import IsTheirOwn, NeedsSomebodyElse, NoPayee, NotOwed
from civic.payments.events import TransferFailed, TransferSent
from civic.payments.models import Charge, Dispute, Payee, Refund, Transfer, TransferReversal
from civic.payments.provider import Refused, ReversalResult, TransferResult

NOTHING = Money(0)


def payable(account: str, *, besides: int | None = None) -> Money:
    """What may be paid out of an account now: what the books owe, less open disputes, refunds and transfers on their way.

    `besides` is a transfer that is not counted against itself. Exact only while the account is held.
    """
    waiting = select(func.coalesce(func.sum(Transfer.amount_minor), 0)).where(
        Transfer.account == account,
        Transfer.status.in_(("requested", "released")),
        Transfer.id.is_distinct_from(besides),
    )
    on_the_way = Money(int(db.session.scalar(waiting) or 0))
    return max(NOTHING, -balance(account) - reserved(account) - on_the_way)


def reserved(account: str) -> Money:
    """What of an account may have to go back to backers: open disputes, and refunds that are asked for and not yet booked."""
    share = Charge.shares[account].astext.cast(BigInteger)
    total = 0
    for model, states in ((Dispute, ("open",)), (Refund, ("requested", "approved"))):
        most = func.coalesce(func.sum(func.least(model.amount_minor, share)), 0)
        query = select(most).join(Charge, Charge.id == model.charge_id).where(model.status.in_(states))
        total += int(db.session.scalar(query.where(Charge.shares.has_key(account))) or 0)
    return Money(total)


def request(
    *, reference: str, group: str, organisation_id: int, account: str, amount: Money, by: Any | None, now: datetime
) -> Transfer:
    """Ask that an organisation is paid from an account; nothing moves before a finance officer releases it.

    Asked again with the same reference it is the same transfer, unless that was declined. Raises NoPayee and NotOwed.
    """
    hold(account)
    known = _named(reference)
    if known is not None and known.status != "declined":
        return known
    provider = providers.current()
    payee = db.session.scalars(
        select(Payee).where(
            Payee.organisation_id == organisation_id, Payee.provider == provider.name, Payee.mode == provider.mode
        )
    ).one_or_none()
    if payee is None:
        raise NoPayee()
    _check_owed(account, amount)
    transfer = Transfer(
        reference=reference if known is None else _next_name(reference),
        group=group,
        payee_id=payee.id,
        account=account,
        amount_minor=amount.minor,
        requested_by_id=getattr(by, "id", None),
        created_at=now,
    )
    db.session.add(transfer)
    db.session.flush()
    audit.record("request", on=transfer, by=by, now=now, after={"amount_minor": amount.minor, "account": account})
    return transfer


def release(transfer: Transfer, *, by: Any, now: datetime) -> Transfer:
    """Let a transfer go; raises NeedsSomebodyElse for who asked for it, IsTheirOwn for a member of the organisation.

    Raises NoPayee and NotOwed where it cannot be sent now.
    """
    hold(transfer.account)
    transfer = locked(Transfer, transfer.id)
    if transfer.requested_by_id == by.id:
        raise NeedsSomebodyElse()
    payee = db.session.get_one(Payee, transfer.payee_id)
    if role_in(payee.organisation_id, by) is not None:
        raise IsTheirOwn()
    if payee.state != "active":
        raise NoPayee()
    _check_owed(transfer.account, transfer.amount, besides=transfer.id)
    advance(transfer, "release", by=by, now=now)
    transfer.released_by_id, transfer.next_attempt_at, transfer.reason = by.id, now, ""
    audit.record("release", on=transfer, by=by, now=now, after={"amount_minor": transfer.amount_minor})
    _carry_out()
    return transfer


def decline(transfer: Transfer, *, by: Any, now: datetime, why: str = "") -> Transfer:
    """Say no to a transfer that has not been released, or that failed."""
    transfer = locked(Transfer, transfer.id)
    advance(transfer, "decline", by=by, now=now, why=why)
    transfer.reason, transfer.next_attempt_at = why, None
    audit.record("decline", on=transfer, by=by, now=now, why=why)
    return transfer


def is_still_owed(transfer_id: int) -> bool:
    """Whether the books still owe a transfer, asked once more just before it is sent."""
    transfer = held_and_locked(transfer_id)
    return transfer.amount <= payable(transfer.account, besides=transfer.id)


def record(transfer_id: int, result: TransferResult | Refused, *, now: datetime) -> None:
    """What the provider answered to a transfer; told twice, it is true once."""
    transfer: Transfer = locked(Transfer, transfer_id)
    if transfer.status != "released":
        return
    if isinstance(result, Refused):
        transfer.reason, transfer.next_attempt_at = result.code, None
        advance(transfer, "fail", by=None, now=now, why=result.code)
        announce(TransferFailed(transfer.id, transfer.reference, transfer.group, result.code))
        return
    payee = db.session.get_one(Payee, transfer.payee_id)
    transfer.provider_transfer_id, transfer.sent_at, transfer.next_attempt_at = result.transfer_id, now, None
    advance(transfer, "send", by=None, now=now)
    lines = {transfer.account: transfer.amount, names.held(payee.provider): -transfer.amount}
    post("transfer", result.transfer_id, lines, at=now, memo=transfer.reference)
    announce(TransferSent(transfer.id, transfer.reference, transfer.group, transfer.amount))
    # Money may have gone back to backers while the transfer was on its way.
    call_back([transfer.account], reference=f"transfer:{transfer.id}", now=now)


def call_back(accounts: Iterable[str], *, reference: str, now: datetime) -> None:
    """Where more went out of an account than it was owed, call it back from the organisation that was paid.

    Asked by whoever has just posted, and told the rooms, and before the end of the same transaction: of two at once the later
    one sees both. What the transfers no longer hold, the organisation owes.
    """
    paid_from = [account for account in accounts if not names.is_income(account)]
    if paid_from:
        hold(*paid_from)
    for account in paid_from:
        _call_back(account, reference, now)


def _call_back(account: str, reference: str, now: datetime) -> None:
    on_its_way = select(func.coalesce(func.sum(TransferReversal.amount_minor), 0)).join(Transfer)
    asked = on_its_way.where(Transfer.account == account, TransferReversal.status == "requested")
    over = balance(account) - Money(int(db.session.scalar(asked) or 0))
    sent = select(Transfer).where(Transfer.account == account, Transfer.status == "sent").order_by(Transfer.id.desc())
    transfers = db.session.scalars(sent.with_for_update().execution_options(populate_existing=True)).all()
    if over <= NOTHING or not transfers:
        return
    for number, transfer in enumerate(transfers):
        part = min(over, transfer.amount - Money(transfer.reversed_minor))
        if part > NOTHING:
            name = reference if number == 0 else f"{reference}/{number + 1}"
            _ask_back(transfer, part, name, now)
            over -= part
    if over > NOTHING:
        _owes(transfers[0], over, reference, now)


def record_reversal(reversal_id: int, result: ReversalResult | Refused, *, now: datetime) -> None:
    """What the provider answered when money was called back; what it refused, the organisation owes."""
    found = select(Transfer).join(TransferReversal).where(TransferReversal.id == reversal_id)
    transfer = held_and_locked(db.session.scalars(found).one().id)
    reversal = locked(TransferReversal, reversal_id)
    if reversal.status != "requested":
        return
    reversal.next_attempt_at = None
    amount = Money(reversal.amount_minor)
    if isinstance(result, ReversalResult):
        reversal.provider_reversal_id = result.reversal_id
        advance(reversal, "succeed", by=None, now=now)
        payee = db.session.get_one(Payee, transfer.payee_id)
        lines = {names.held(payee.provider): amount, transfer.account: -amount}
        post("transfer_reversal", result.reversal_id, lines, at=now, memo=reversal.reference)
        return
    reversal.reason = result.code
    advance(reversal, "fail", by=None, now=now, why=result.code)
    transfer.reversed_minor -= reversal.amount_minor
    _owes(transfer, amount, reversal.reference, now)


def _ask_back(transfer: Transfer, amount: Money, reference: str, now: datetime) -> None:
    from civic.payments.engine.paying import call_money_back

    transfer.reversed_minor += amount.minor
    db.session.add(
        TransferReversal(
            transfer_id=transfer.id, reference=reference, amount_minor=amount.minor, created_at=now, next_attempt_at=now
        )
    )
    enqueue(call_money_back)


def _owes(transfer: Transfer, amount: Money, reference: str, now: datetime) -> None:
    payee = db.session.get_one(Payee, transfer.payee_id)
    lines = {names.owed_by(payee.organisation_id): amount, transfer.account: -amount}
    post("receivable", reference, lines, at=now)


def held_and_locked(transfer_id: int) -> Transfer:
    """The transfer, its account held first: the order in which everybody locks."""
    hold(db.session.scalars(select(Transfer.account).where(Transfer.id == transfer_id)).one())
    return locked(Transfer, transfer_id)


def _check_owed(account: str, amount: Money, besides: int | None = None) -> None:
    most = payable(account, besides=besides)
    if not NOTHING < amount <= most:
        raise NotOwed(most)


def _named(reference: str) -> Transfer | None:
    """The latest transfer of this name: a declined one may have successors, "settlement:7/2"."""
    named = select(Transfer).where((Transfer.reference == reference) | Transfer.reference.startswith(f"{reference}/"))
    return db.session.scalars(named.order_by(Transfer.id.desc()).limit(1)).one_or_none()


def _next_name(reference: str) -> str:
    count = select(func.count()).select_from(Transfer)
    known = count.where((Transfer.reference == reference) | Transfer.reference.startswith(f"{reference}/"))
    return f"{reference}/{int(db.session.scalar(known) or 0) + 1}"


def _carry_out() -> None:
    from civic.payments.engine.paying import pay_out

    enqueue(pay_out)
