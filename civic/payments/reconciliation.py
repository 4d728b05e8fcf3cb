"""Every night the provider's own lists are walked, not our rows: what we missed is applied, what has no record is told."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.core.money import Money
from civic.ledger import names
from civic.ledger.queries import balance
from civic.payments import checks, comparing, differences, providers
from civic.payments.engine import copying
from civic.payments.models import ReconciliationRun
from civic.payments.provider import PaymentProvider

log = structlog.get_logger()

OVERLAP = timedelta(days=3)
"""How far each night looks back beyond the last good one."""

LOOKS = 3
"""Money moves while we look: a difference is one when it is still there at the third look."""


@job("payments.reconcile", retries=3)
def reconcile() -> None:
    """Compare the books with the provider."""
    run(clock.now())


def run(now: datetime) -> ReconciliationRun:
    """Walk payments, refunds, disputes, transfers and the balance; apply, cancel, and keep every difference.

    One list that cannot be read keeps no other waiting; the run then says so in `error`.
    """
    provider = providers.outside()
    looked_from = _looks_from(provider)
    with transaction():
        row = ReconciliationRun(
            provider=provider.name, mode=provider.mode, looked_from=looked_from, started_at=now, counts={}
        )
        db.session.add(row)
    walk = comparing.Walk(provider, row.id, looked_from, now)
    errors = [f"{step.__name__}: {error}" for step in STEPS if (error := _take(step, walk))]
    provider_net, ledger = _compare_balance(walk)
    _prove(walk)
    with transaction():
        row = db.session.get_one(ReconciliationRun, row.id, with_for_update=True, populate_existing=True)
        row.finished_at, row.counts, row.error = clock.now(), dict(walk.counts), "; ".join(errors)[:1000]
        row.provider_net_minor, row.ledger_minor = provider_net.minor, ledger.minor
    return row


def _copy_balance(walk: comparing.Walk) -> None:
    walk.counts["balance_lines"] += copying.copy(walk.now, since=walk.since)


STEPS: tuple[Callable[[comparing.Walk], None], ...] = (
    comparing.payments,
    comparing.refunds,
    comparing.disputes,
    comparing.transfers,
    _copy_balance,
    comparing.balance_lines,
    comparing.stuck,
)


def _take(step: Callable[[comparing.Walk], None], walk: comparing.Walk) -> str:
    try:
        step(walk)
    except Exception as error:
        log.exception("reconciliation_step_failed", step=step.__name__)
        db.session.rollback()
        return f"{type(error).__name__} {error}"
    return ""


def _looks_from(provider: PaymentProvider) -> datetime:
    good = select(ReconciliationRun.started_at).where(
        ReconciliationRun.provider == provider.name,
        ReconciliationRun.mode == provider.mode,
        ReconciliationRun.finished_at.is_not(None),
        ReconciliationRun.error == "",
    )
    with transaction():
        last = db.session.scalar(good.order_by(ReconciliationRun.id.desc()).limit(1))
    return last - OVERLAP if last else copying.BEGINNING


def _compare_balance(walk: comparing.Walk) -> tuple[Money, Money]:
    """What lies at the provider by its own account, and by our books (P12)."""
    there, here = _both_sums(walk)
    for _ in range(LOOKS - 1):
        if there == here or _take(_copy_balance, walk):
            break
        there, here = _both_sums(walk)
    with transaction():
        if there == here:
            differences.settle("balance", walk.provider.name, now=walk.now, why="both agree again")
        else:
            differences.note(
                "balance",
                walk.provider.name,
                run_id=walk.run_id,
                now=walk.now,
                amount=there - here,
                provider_minor=there.minor,
                ledger_minor=here.minor,
            )
    return there, here


def _both_sums(walk: comparing.Walk) -> tuple[Money, Money]:
    with transaction():
        return comparing.net_at(walk.provider), balance(names.held(walk.provider.name))


def _prove(walk: comparing.Walk) -> None:
    with transaction():
        for sentence in checks.all_of_money():
            differences.note("invariant", sentence[:300], run_id=walk.run_id, now=walk.now)
            walk.counts["invariants_broken"] += 1
