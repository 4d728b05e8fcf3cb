"""Organisations at the sandbox: who they are, what they are sent, what they give back."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civic.core.money import Money
from civic.payments.provider import (
    Bug,
    PayeeRequest,
    PayeeStatus,
    Refused,
    ReversalResult,
    TransferRequest,
    TransferResult,
)
from civic.payments.sandbox.models import SandboxAccount, SandboxReversal, SandboxTransfer
from civic.payments.sandbox.outside import balance, book, found, happened, new_id

BALANCE_LOCK = 7_201_801_403
QUESTIONS = ("identity", "bank_account")


def account(
    session: Session, payee: PayeeRequest, account_id: str, *, return_url: str, refresh_url: str, now: datetime
) -> SandboxAccount:
    """The organisation's account, opened where it has none; raises Bug when `account_id` is somebody else's."""
    known = found(session, SandboxAccount, account_id, lock=True) if account_id else None
    if known is None:
        known = session.scalars(select(SandboxAccount).where(SandboxAccount.reference == payee.reference)).one_or_none()
    if known is None:
        known = SandboxAccount(
            id=new_id("acct"),
            reference=payee.reference,
            kind=payee.kind,
            state="pending",
            requirements=list(QUESTIONS),
            created_at=now,
        )
        session.add(known)
    if known.reference != payee.reference:
        raise Bug("another organisation's account")
    known.name, known.return_url, known.refresh_url = payee.name, return_url, refresh_url
    return known


def status(row: SandboxAccount) -> PayeeStatus:
    """Whether the organisation may receive money, and what is still asked."""
    return PayeeStatus(row.id, row.state, tuple(row.requirements))  # type: ignore[arg-type]


def answer(session: Session, account_id: str, answered: list[str], *, now: datetime) -> SandboxAccount:
    """Its owner answered some of the questions; with all of them it may receive money."""
    row = found(session, SandboxAccount, account_id, lock=True)
    row.requirements = [each for each in row.requirements if each not in answered]
    set_state(session, row, "restricted" if row.requirements else "active", now=now)
    return row


def restrict(session: Session, account_id: str, *, now: datetime) -> None:
    """The provider wants to see the bank account again, and lets no money through until then."""
    row = found(session, SandboxAccount, account_id, lock=True)
    row.requirements = ["bank_account"]
    set_state(session, row, "restricted", now=now)


def set_state(session: Session, row: SandboxAccount, state: str, *, now: datetime) -> None:
    """Change whether an organisation may receive money, and tell it on the second endpoint."""
    row.state = state
    happened(session, "v2.core.account[requirements].updated", row.id, now=now, connect=True, account=row.id)


def transfer(session: Session, wish: TransferRequest, *, now: datetime) -> TransferResult | Refused:
    """Send money to an organisation; refused while it may not receive any, or beyond what may be used."""
    if wish.amount.currency != "GBP" or wish.amount.minor <= 0:
        raise Bug("not an amount")
    # Two transfers at once must not both spend the same pounds.
    session.execute(select(func.pg_advisory_xact_lock(BALANCE_LOCK)))
    row = found(session, SandboxAccount, wish.account_id, lock=True)
    if row.state != "active":
        return Refused("account_not_ready", "The organisation's account may not receive money.")
    usable, _all = balance(session, now)
    if wish.amount.minor > usable:
        return Refused("balance_insufficient", "There is not enough money that may be used yet.")
    sent = SandboxTransfer(
        id=new_id("tr"),
        account_id=row.id,
        reference=wish.reference,
        group=wish.group,
        amount_minor=wish.amount.minor,
        description=wish.description,
        created_at=now,
    )
    session.add(sent)
    row.balance_minor += wish.amount.minor
    book(session, "transfer", sent.id, -wish.amount.minor, now=now)
    happened(session, "transfer.created", sent.id, now=now, transfer=sent.id)
    return TransferResult(sent.id)


def transfer_named(session: Session, reference: str, group: str) -> TransferResult | None:
    """The transfer that was made for this reference, if one was."""
    made = select(SandboxTransfer.id).where(SandboxTransfer.reference == reference, SandboxTransfer.group == group)
    name = session.scalars(made.order_by(SandboxTransfer.created_at).limit(1)).one_or_none()
    return TransferResult(name) if name else None


def reverse(session: Session, transfer_id: str, amount: Money, *, now: datetime) -> ReversalResult | Refused:
    """Call money back; refused beyond the transfer, or when the organisation has it no longer."""
    if amount.currency != "GBP" or amount.minor <= 0:
        raise Bug("not an amount")
    sent = found(session, SandboxTransfer, transfer_id, lock=True)
    row = found(session, SandboxAccount, sent.account_id, lock=True)
    if amount.minor > sent.amount_minor - sent.reversed_minor:
        return Refused("amount_too_large", "More than is left of the transfer.")
    if amount.minor > row.balance_minor:
        return Refused("balance_insufficient", "The organisation has paid the money out to its bank.")
    sent.reversed_minor += amount.minor
    row.balance_minor -= amount.minor
    reversal = SandboxReversal(id=new_id("trr"), transfer_id=sent.id, amount_minor=amount.minor, created_at=now)
    session.add(reversal)
    book(session, "transfer_reversal", reversal.id, amount.minor, now=now)
    happened(session, "transfer.reversed", sent.id, now=now, transfer=sent.id, reversal=reversal.id)
    return ReversalResult(reversal.id)


def empty_account(session: Session, account_id: str) -> None:
    """The organisation pays everything out to its bank, where nobody can call it back from."""
    found(session, SandboxAccount, account_id, lock=True).balance_minor = 0
