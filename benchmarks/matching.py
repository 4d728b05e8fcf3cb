"""`python -m benchmarks.matching [gifts]`: how long a rule of match funding takes to be tried on forty campaigns.

The goal: with 10,000 gifts each, two seconds at most for the computation, and the gifts fetched in one statement, as for ten.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from time import process_time
from typing import Any

import sqlalchemy as sa

from benchmarks.data import _tables, database
from civic.accounts.actions import organisations
from civic.accounts.actions.sign_up import create_user
from civic.app import create_app
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.crowdfund.actions import totals
from civic.crowdfund.matching.queries.prospects import candidates, prospects
from civic.crowdfund.matching.rules.simulation import Assumption, Prospect, simulate
from civic.crowdfund.matching.rules.terms import Funder, PerBacker, Ratio, Scheme
from civic.crowdfund.models import Campaign

GOAL = 2.0  # seconds of the processor
CAMPAIGNS, FEW, AGE = 40, 10, 100  # days since they opened
PLEDGES = """insert into pledge (public_id, campaign_id, email, language, amount_minor, tip_minor, currency, is_anonymous, shown_name,
        message, status, setups, collected_minor, created_at, authorised_at)
    select 'g' || c.id || 'n' || n, c.id, 'Backer.' || (n * 7 % 4000) || '@example.org', 'en', 100 + (n * 7 + c.id) % 9900, 0, 'GBP',
        true, '', '', 'authorised', 1, 0, cast(:now as timestamptz), cast(:now as timestamptz) - :age * interval '1 day' * n / (:gifts + 1)
    from campaign c, generate_series(1, :gifts) n where c.id = any(:campaigns)"""
# The first keeps giving to the end, with every limit looked at; the second counts people.
SCHEMES = {
    "ratio": Scheme(Ratio(100, GBP(50), GBP(100), GBP(500), GBP(5_000)), (Funder(1, GBP(500_000)),)),
    "per_backer": Scheme(PerBacker(GBP(5), GBP(50), GBP(50_000), GBP(100)), (Funder(1, GBP(5_000_000)),)),
}
ASKED = {
    "gifts that stand": Assumption(0, counts_past=True),
    "gifts to come": Assumption(60),
}


def main() -> int:
    """Fill, fetch, try; the figures."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with database() as where:
        app = create_app({"DATABASE_URL": where, "ENVIRONMENT": "development", "LOG_LEVEL": "CRITICAL"})
        with app.app_context(), app.test_request_context(method="POST"):
            _tables(app)
            now = clock.now()
            few, _ = fetched(fill(FEW, now), now)
            fetching, found = fetched(fill(many, now), now)
            db.engine.dispose()
    trying = {name: tried(found, now, *asked) for name, asked in questions().items()}
    figures = {
        "campaigns": CAMPAIGNS,
        "gifts in each": many,
        "fetching": fetching,
        f"fetching {FEW} in each": few,
        "trying": trying,
        "load of the machine": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(figures, indent=1))
    slowest = max(each["seconds"] for each in trying.values())
    return 0 if slowest <= GOAL and fetching["statements"] == few["statements"] else 1


def questions() -> dict[str, tuple[Scheme, Assumption]]:
    """Every rule with every assumption, by name."""
    return {f"{rule}, {name}": (scheme, asked) for rule, scheme in SCHEMES.items() for name, asked in ASKED.items()}


def tried(found: list[Prospect], now: datetime, scheme: Scheme, asked: Assumption) -> dict[str, Any]:
    """Try a rule three times; the processor seconds of the quickest, and how many gifts were looked at."""
    runs = [timed(lambda: simulate(scheme, found, assumption=asked, now=now)) for _ in range(3)]
    seconds, forecast = min(run[0] for run in runs), runs[0][1]
    past = sum(len(each.gifts) for each in found) if asked.counts_past else 0
    return {"seconds": seconds, "gifts": past + sum(each.gifts for each in forecast.campaigns)}


def fetched(campaigns: set[int], now: datetime) -> tuple[dict[str, Any], list[Prospect]]:
    """Fetch the campaigns and all their gifts as the simulator does; processor seconds and statements."""
    sent: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        sent.append(statement)

    def fetch() -> list[Prospect]:
        chosen = [each for each in candidates(now) if each.id in campaigns]
        return prospects(chosen, days=0, all_of_them=True, now=now)

    sa.event.listen(db.engine, "before_cursor_execute", count)
    seconds, found = timed(fetch)
    sa.event.remove(db.engine, "before_cursor_execute", count)
    return {"seconds": seconds, "statements": len(sent), "gifts": sum(len(each.gifts) for each in found)}, found


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds of this process, and what came of it."""
    start = process_time()
    found = work()
    return round(process_time() - start, 2), found


def fill(gifts: int, now: datetime) -> set[int]:
    """Forty open campaigns with so many gifts each, evenly over their days, from four thousand people."""
    with transaction():
        number = db.session.scalar(sa.select(sa.func.count()).select_from(Campaign)) or 0
        owner = create_user(f"owner{number}@example.org", password_hash="", language="en", now=now)
        facts = {"kind": "cic", "registration_number": str(10_000_000 + number), "governance": "Directors."}
        organisation = organisations.found(name=f"Group {number}", **facts, language="en", by=owner, now=now)
        made = [
            Campaign(
                slug=f"trying-{number + each}", status="live", organisation_id=organisation.id, title=f"Garden {each}",
                opened_at=now - timedelta(days=AGE), closes_at=now + timedelta(days=60), created_at=now, target_minor=50_000_000,
            )
            for each in range(CAMPAIGNS)
        ]  # fmt: skip
        db.session.add_all(made)
        db.session.flush()
        known = {"now": now, "age": AGE, "gifts": gifts, "campaigns": [each.id for each in made]}
        db.session.execute(sa.text(PLEDGES), known)
        for each in made:
            totals.open(each.id)
            totals.recount(each.id)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))
    return set(known["campaigns"])


if __name__ == "__main__":
    sys.exit(main())
