"""`python -m benchmarks.challenge [applications]`: a call with 1,000 applications to eight challenges, as its manager opens it.

The goal: as many statements as with ten applications, and half a second at most for the dashboard, the list and a ranked list.
"""

import json
import os
import sys
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from flask import Flask

from benchmarks.data import _tables, database
from benchmarks.public_money import session, staff
from benchmarks.statements import _listening
from civic.accounts.models import User
from civic.app import create_app
from civic.challenge.actions import briefs, programmes
from civic.challenge.applying.actions import calls
from civic.challenge.models import Challenge
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.money import GBP

GOAL, FEW, ROUNDS, CHALLENGES = 500, 10, 7, 8  # milliseconds
BODIES = """insert into organisation (name, kind, registration_number, governance, language, status, created_at)
    select 'Startup ' || :slug || ' ' || n, 'company', '', 'Two founders.', 'en', 'verified', :now from generate_series(1, :many) n"""
STARTUPS = """insert into startup (organisation_id, summary, team, stage, capabilities, website, accessibility, data_protection,
        language, created_at, note, version)
    select id, 'We help.', 'Five people.', 'first_users', '["care"]', '', 'Tested.', 'Kept in the UK.', 'en', :now, '', 1
    from organisation where name like 'Startup ' || :slug || ' %'"""
APPLICATIONS = """insert into challenge_application (call_id, challenge_id, startup_id, status, title, language, answers, created_at,
        submitted_at, declared, findings, profile, feedback, feedback_language, note, version)
    select :call, (cast(:challenges as bigint[]))[1 + s.id % :places], s.id, 'submitted', 'Entry ' || s.id, 'en', '{}', :now, :now,
        '[]', '[]', jsonb_build_object('name', o.name), '', 'en', '', 1
    from startup s join organisation o on o.id = s.organisation_id where o.name like 'Startup ' || :slug || ' %'"""
RESULTS = """update assessed_item set status = 'scored', result_bps = 1 + id * 7919 % 9999, spread_bps = 0
    where subject like 'challenge_application:%'"""


def main() -> int:
    """Fill, open, compare; the figures."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with database() as where:
        app = create_app(
            {"DATABASE_URL": where, "ENVIRONMENT": "development", "LOG_LEVEL": "CRITICAL"}, RATELIMIT_ENABLED=False
        )
        with app.app_context(), app.test_request_context(method="POST"):
            _tables(app)
            now = clock.now()
            with transaction():
                manager, other = staff("challenge_manager", now), staff("approver", now)
                token = session(manager, now)
                small, _took = fill("few", FEW, manager, other, now)
                large, unsealing = fill("many", many, manager, other, now)
                db.session.execute(sa.text(RESULTS))
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("ANALYZE"))
        figures: dict[str, Any] = {"unsealing, seconds": round(unsealing, 1)}
        is_good = True
        for name, few, whole in zip(("dashboard", "list", "ranked list"), small, large, strict=True):
            with_few, with_many = opened(app, few, token), opened(app, whole, token)
            figures[name] = {f"{FEW} applications": with_few, f"{many} applications": with_many}
            same = with_few["statements"] == with_many["statements"]
            is_good = is_good and same and with_many["milliseconds"] <= GOAL
        with app.app_context():
            db.engine.dispose()
    print(json.dumps(figures | {"load of the machine": round(os.getloadavg()[0], 1)}, indent=1))
    return 0 if is_good else 1


def opened(app: Flask, path: str, token: str) -> dict[str, Any]:
    """Open a page several times; the median of the milliseconds, and the statements of one time."""
    client, taken = app.test_client(), []
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    for _ in range(ROUNDS):
        start = perf_counter()
        with _listening(app) as sent:
            answer = client.get(path)
        taken.append((perf_counter() - start) * 1000)
        assert answer.status_code == 200, answer.status
    return {"milliseconds": round(median(taken), 1), "statements": len(sent), "KB": len(answer.data) // 1000}


def fill(slug: str, many: int, by: User, other: User, now: datetime) -> tuple[tuple[str, ...], float]:
    """A call with so many applications before its assessors; its pages, and how long the unsealing took."""
    begun = now - timedelta(days=60)
    about = {
        "summary": "For measuring.",
        "language": "en",
        "delivery_partner": "",
        "budget_minor": None,
        "decision_number": "",
    }
    programme = programmes.create_programme(
        slug=slug, year=2026, title=f"A programme with {many}", is_example=True, by=by, now=begun, **about
    )
    programmes.move_programme(programme, "announce", by=by, now=begun)
    partner = programmes.create_partner(
        slug=f"partner-{slug}", name="A partner", kind="borough", brings="Two estates.", language="en", by=by, now=begun
    )
    found = [_challenge(f"{slug}-{n}", programme, partner, by, other, now) for n in range(CHALLENGES)]
    call = calls.make(
        programme, grant=GBP(15_000), by=by, now=begun, opens_at=now - timedelta(days=30), closes_at=now - timedelta(minutes=1)
    )  # fmt: skip
    calls.open_call(call, by=by, now=now - timedelta(days=30))
    known = {"slug": slug, "many": many, "now": now - timedelta(days=2), "call": call.id, "places": CHALLENGES}
    for statement in (BODIES, STARTUPS, APPLICATIONS):
        db.session.execute(sa.text(statement), known | {"challenges": [each.id for each in found]})
    start = perf_counter()
    calls.unseal(call.id, now=now)
    took = perf_counter() - start
    desk = f"/en/staff/challenges/calls/{slug}"
    return (desk, f"{desk}/applications", f"{desk}/shortlist/{found[0].slug}"), took


def _challenge(slug: str, programme: Any, partner: Any, by: User, other: User, now: datetime) -> Challenge:
    begun = now - timedelta(days=55)
    texts = {
        "statement": "Carers have no hour.",
        "success": "They rest.",
        "adoption": "It is bought.",
        "pilot_sites": "",
        "data_offered": "",
    }
    made = briefs.create(
        programme=programme, partner=partner, theme="health", title=f"Challenge {slug}", language="en", slug=slug,
        criteria=[("How well it helps", 60), ("Who can use it", 40)], by=by, now=begun, **texts,
    )  # fmt: skip
    briefs.open_for_comment(made, closes_at=begun + timedelta(days=5), by=by, now=begun)
    briefs.publish(made, by=other, now=begun + timedelta(days=6))
    return made


if __name__ == "__main__":
    sys.exit(main())
