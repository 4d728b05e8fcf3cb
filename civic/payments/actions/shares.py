"""Whose money goes when money of a charge goes back: the campaign's first, then what we kept as income ourselves."""

from collections.abc import Mapping

from sqlalchemy import select

from civic.core.db import db
from civic.core.money import Money
from civic.ledger import names, queries
from civic.payments.models import Charge, Dispute, Refund

NOTHING = Money(0)


def accounts_of(charge: Charge) -> list[str]:
    """The ledger accounts that a charge was shared among, in the order in which they give back."""
    return sorted(charge.shares, key=lambda account: (names.is_income(account), account))


def debits(charge: Charge, amount: Money) -> dict[str, Money]:
    """What each account gives when `amount` of a charge goes back; the charge is locked by the caller.

    What went back before is read from the books. What is beyond every share stays with the first account.
    """
    gone, first = _given_back(charge), accounts_of(charge)[0]
    found: dict[str, Money] = {}
    for account in accounts_of(charge):
        share = Money(int(charge.shares[account])) - gone.get(account, NOTHING)
        found[account] = max(NOTHING, min(share, amount))
        amount -= found[account]
    found[first] += amount
    return {account: money for account, money in found.items() if money}


def _given_back(charge: Charge) -> Mapping[str, Money]:
    refunds = select(Refund.provider_refund_id).where(
        Refund.charge_id == charge.id, Refund.provider_refund_id.is_not(None)
    )
    disputes = select(Dispute.provider_dispute_id).where(Dispute.charge_id == charge.id, Dispute.status == "lost")
    written = [(kind, ref) for ref in db.session.scalars(refunds) for kind in ("refund", "refund_failed") if ref]
    written += [("dispute_lost", ref) for ref in db.session.scalars(disputes)]
    return queries.sums(written)
