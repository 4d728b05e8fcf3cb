"""`python -m benchmarks.closing [pledges]`: how long the closing transaction of a campaign takes, whichever way it ends.

The goal: 10,000 pledges in two seconds at most, in as many statements as for ten.
"""

import json
import os
import sys
import time
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from benchmarks.data import _tables, database
from civic.accounts.actions import organisations
from civic.accounts.actions.sign_up import create_user
from civic.app import create_app
from civic.core import clock
from civic.core.db import db, transaction
from civic.crowdfund.actions import settlement, totals
from civic.crowdfund.models import Campaign, Pledge
from civic.payments.models import Charge, PaymentMethod

GOAL = 2.0  # seconds
FEW, AMOUNT = 10, 2500


def main() -> int:
    """Fill, close, compare; the figures."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with database() as where:
        app = create_app({"DATABASE_URL": where, "ENVIRONMENT": "development", "LOG_LEVEL": "CRITICAL"})
        with app.app_context(), app.test_request_context(method="POST"):
            _tables(app)
            measured = {name: closed(many, reaches) for name, reaches in (("reached", True), ("failed", False))}
            few = closed(FEW, True)
            db.engine.dispose()
    slowest = max(each["seconds"] for each in measured.values())
    same = measured["reached"]["statements"] - few["statements"]
    figures = {
        "pledges": many,
        **measured,
        f"of {FEW} pledges": few,
        "load of the machine": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(figures, indent=1))
    return 0 if slowest <= GOAL and same <= many // 100 else 1


def closed(pledges: int, reaches: bool) -> dict[str, Any]:
    """Close a campaign of so many pledges; the figures of it."""
    campaign_id, closes_at = fill(pledges, reaches)
    sent: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", count)
    start = time.perf_counter()
    with transaction():
        settlement.close(campaign_id, closes_at)
    seconds = time.perf_counter() - start
    sa.event.remove(db.engine, "before_cursor_execute", count)
    queued = sa.select(sa.func.count()).select_from(Charge).where(Charge.group == f"campaign:{campaign_id}")
    return {"seconds": round(seconds, 2), "statements": len(sent), "charges": db.session.scalar(queued)}


def fill(pledges: int, reaches: bool) -> tuple[int, Any]:
    """A live campaign with so many standing pledges, each with a card of its own."""
    now = clock.now()
    with transaction():
        number = db.session.scalar(sa.select(sa.func.count()).select_from(Campaign)) or 0
        owner = create_user(f"owner{number}@example.org", password_hash="", language="en", now=now)
        facts = {"kind": "cic", "registration_number": str(10_000_000 + number), "governance": "Directors."}
        organisation = organisations.found(name=f"Group {number}", **facts, language="en", by=owner, now=now)
        campaign = Campaign(
            slug=f"closing-{number}", status="live", organisation_id=organisation.id, title="A garden", opened_at=now,
            closes_at=now + timedelta(days=1), created_at=now, target_minor=pledges * AMOUNT + (0 if reaches else 1),
        )  # fmt: skip
        db.session.add(campaign)
        db.session.flush()
        card = {
            "provider": "sandbox", "mode": "sandbox", "customer_id": "cus", "brand": "visa", "last4": "4242", "exp_month": 12,
            "exp_year": 2034, "country": "GB", "fingerprint": "", "authenticated": True, "created_at": now,
        }  # fmt: skip
        cards = db.session.scalars(
            sa.insert(PaymentMethod).returning(PaymentMethod.id),
            [card | {"provider_id": f"pm_{number}_{each}"} for each in range(pledges)],
        ).all()
        promise = {
            "campaign_id": campaign.id, "language": "en", "amount_minor": AMOUNT, "is_anonymous": True, "status": "authorised",
            "created_at": now, "authorised_at": now,
        }  # fmt: skip
        db.session.execute(
            sa.insert(Pledge),
            [
                promise
                | {"public_id": f"b{number}n{each}", "email": f"b{each}@example.org", "payment_method_id": card_id}
                for each, card_id in enumerate(cards)
            ],
        )
        totals.open(campaign.id)
        totals.recount(campaign.id)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))
    return campaign.id, campaign.closes_at


if __name__ == "__main__":
    sys.exit(main())
