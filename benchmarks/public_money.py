"""`python -m benchmarks.public_money [awards]`: the dashboard of a fund with 10,000 awards, as one of its officers opens it.

Every figure of it is a sum of the ledger. The goal: as many statements as with ten awards, and half a second at most.
"""

import json
import os
import sys
from datetime import date, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from flask import Flask

from benchmarks.data import _tables, database
from benchmarks.statements import _listening
from civic.accounts.actions.sign_up import create_user
from civic.accounts.models import RoleGrant, SecondFactor, User, UserSession
from civic.app import create_app
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.tokens import hashed, secret_token
from civic.grants.actions import funds
from civic.grants.rules.amounts import Amounts

GOAL, FEW, ROUNDS = 500, 10, 9  # milliseconds
EACH = 12_000_00
AWARDS = """insert into award (public_id, status, pot_id, subject, title, summary, language, recipient, basis, needs_target,
        capital_minor, revenue_minor, agreed_capital_minor, agreed_revenue_minor, conditions, created_at, announced_at, outcome,
        outcome_language, note, scores)
    select 'a' || :pot || 'n' || n, 'agreed', cast(:pot as bigint), 'thing' || :pot || ':' || n, 'A market for street ' || n,
        '', 'en', 'Friends of street ' || n, 'decision', false, :each, 0, :each, 0, '', :now, :now, '', 'en', '', '[]'
    from generate_series(1, :awards) n"""
# Each award was held back, agreed and paid.
POSTINGS = (
    ("grant_approved", "left", "reserved"),
    ("grant_agreed", "reserved", "committed"),
    ("grant_paid", "committed", "paid"),
)
TRANSACTIONS = """insert into ledger_transaction (kind, ref, at, memo)
    select :kind, :pot || ':' || n, :now, '' from generate_series(1, :awards) n"""
ENTRIES = """insert into ledger_entry (transaction_id, account, minor)
    select t.id, 'pot:' || :pot || ':capital:' || place, sign * :each
    from ledger_transaction t, (values (:source, -1), (:target, 1)) line(place, sign)
    where t.kind = :kind and t.ref like :pot || ':%'"""


def main() -> int:
    """Fill, open, compare; the figures."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with database() as where:
        app = create_app(
            {"DATABASE_URL": where, "ENVIRONMENT": "development", "LOG_LEVEL": "CRITICAL"}, RATELIMIT_ENABLED=False
        )
        with app.app_context(), app.test_request_context(method="POST"):
            _tables(app)
            now = clock.now()
            with transaction():
                officer, finance = staff("funds_officer", now), staff("finance_officer", now)
                token = session(officer, now)
                slugs = [fill(number, officer, finance, now) for number in (FEW, many)]
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(sa.text("ANALYZE"))
        few, whole = (opened(app, slug, token) for slug in slugs)
        with app.app_context():
            db.engine.dispose()
    figures = {f"{FEW} awards": few, f"{many} awards": whole, "load of the machine": round(os.getloadavg()[0], 1)}
    print(json.dumps(figures, indent=1))
    return 0 if whole["milliseconds"] <= GOAL and whole["statements"] == few["statements"] else 1


def opened(app: Flask, slug: str, token: str) -> dict[str, Any]:
    """Open the dashboard several times; the median of the milliseconds, and the statements of one time."""
    client, taken = app.test_client(), []
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    for _ in range(ROUNDS):
        start = perf_counter()
        with _listening(app) as sent:
            answer = client.get(f"/en/staff/grants/funds/{slug}")
        taken.append((perf_counter() - start) * 1000)
        assert answer.status_code == 200, answer.status
    return {"milliseconds": round(median(taken), 1), "statements": len(sent), "KB": len(answer.data) // 1000}


def fill(awards: int, officer: User, finance: User, now: datetime) -> str:
    """A fund with a pot of so many awards, all paid; its address."""
    slug, whole = f"fund-{awards}", Amounts.of(awards * EACH * 2, 0)
    about = {
        "title": f"A fund of {awards}",
        "summary": "For measuring.",
        "language": "en",
        "managed_by": "funds_officer",
    }
    fund = funds.make(slug=slug, **about, consultees=1, by=officer, now=now)
    for spending, money in whole.parts:
        given = funds.Given(spending, money, "MD1", date(2026, 3, 10))
        funds.book_budget(funds.propose_budget(fund, given, by=officer, now=now), by=finance, now=now)
    pot = funds.pot_for(fund, f"measuring:{awards}", title="A round", language="en", now=now)
    funds.allot(pot, whole, why="For measuring.", by=officer, now=now)
    known = {"pot": str(pot.id), "each": EACH, "awards": awards, "now": now}
    db.session.execute(sa.text(AWARDS), known)
    for kind, source, target in POSTINGS:
        more = {"kind": kind, "source": source, "target": target}
        accounts = "insert into ledger_account select 'pot:' || :pot || ':capital:' || :target on conflict do nothing"
        for statement in (accounts, TRANSACTIONS, ENTRIES):
            db.session.execute(sa.text(statement), known | more)
    return slug


def staff(role: str, now: datetime) -> User:
    """A member of staff with this role, the second step set up."""
    user = create_user(f"{role}@example.org", password_hash="", language="en", now=now)
    db.session.add(RoleGrant(user_id=user.id, role=role, granted_by_id=None, granted_at=now, why="For measuring."))
    db.session.add(SecondFactor(user_id=user.id, salt=f"salt {user.id}", created_at=now, confirmed_at=now))
    db.session.flush()
    db.session.refresh(user, ["role_list"])
    return user


def session(user: User, now: datetime) -> str:
    """A session of this person that has passed the second step; the token of its cookie."""
    token, ends = secret_token(), now + timedelta(days=1)
    facts = {"created_at": now, "seen_at": now, "expires_at": ends, "device": "benchmark", "second_factor_at": now}
    db.session.add(UserSession(user_id=user.id, token_hash=hashed(token), **facts))
    return token


if __name__ == "__main__":
    sys.exit(main())
