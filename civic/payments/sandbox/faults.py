"""Things that shall go wrong on demand: with the next calls, or with the webhooks until it is switched off."""

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from civic.payments.sandbox.models import SandboxFault

# What a call may meet. After "error_after" the same key hears the error for 24 hours, as at Stripe.
CALLS = ("rate_limit", "drop_before", "drop_after", "error_after", "slow")
WEBHOOKS = ("duplicate", "shuffle", "delay", "pause")


def order(session: Session, kind: str, *, operation: str = "", times: int = 1, seconds: int = 0) -> None:
    """Let the next `times` calls (of one operation, or of any) go wrong; webhooks go wrong until switched off."""
    assert kind in CALLS + WEBHOOKS, kind
    if kind in WEBHOOKS:
        session.execute(delete(SandboxFault).where(SandboxFault.kind == kind))
    remaining = times if kind in CALLS else None
    session.add(SandboxFault(kind=kind, operation=operation, remaining=remaining, seconds=seconds))


def calm(session: Session, kind: str | None = None) -> None:
    """Everything goes well again, or all of one kind."""
    everything = delete(SandboxFault)
    session.execute(everything.where(SandboxFault.kind == kind) if kind else everything)


def ordered(session: Session) -> list[SandboxFault]:
    """Everything that is ordered to go wrong, oldest first."""
    return list(session.scalars(select(SandboxFault).order_by(SandboxFault.id)))


def waits_for(session: Session, operation: str) -> bool:
    """Whether something is ordered to go wrong with this call."""
    return session.scalar(_waiting(operation)) is not None


def meet(session: Session, operation: str) -> tuple[str, int]:
    """What this call meets, used up once: (kind, seconds), or ("", 0) when all is well."""
    number = session.scalar(_waiting(operation))
    fault = session.get(SandboxFault, number, with_for_update=True) if number is not None else None
    if fault is None or not fault.remaining:
        return "", 0
    fault.remaining -= 1
    if fault.remaining == 0:
        session.delete(fault)
    return fault.kind, fault.seconds


def _waiting(operation: str) -> Select[int]:
    ordered = SandboxFault.remaining > 0, SandboxFault.operation.in_(("", operation))
    return select(SandboxFault.id).where(*ordered).order_by(SandboxFault.id).limit(1)


def with_webhooks(session: Session) -> dict[str, int]:
    """What is ordered for webhooks: kind → seconds."""
    rows = session.execute(select(SandboxFault.kind, SandboxFault.seconds).where(SandboxFault.kind.in_(WEBHOOKS)))
    return {row[0]: row[1] for row in rows}
