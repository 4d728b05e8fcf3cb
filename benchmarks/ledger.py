"""`python -m benchmarks.ledger [charges]`: how long the proof of the books takes, and the finance desk's own questions.

190,000 charges with their fees and some refunds are more than a million entries.
"""

import json
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import sqlalchemy as sa

from benchmarks.data import _tables, database
from civic.app import create_app
from civic.core.db import db
from civic.core.pages import page_of
from civic.ledger import queries
from civic.ledger.models import LedgerTransaction
from civic.payments.checks import all_of_money
from civic.payments.queries import desk

GOAL = 30.0
CAMPAIGNS = 2000
CARDS = """
INSERT INTO payment_method (provider, mode, customer_id, provider_id, brand, last4, exp_month, exp_year, country, fingerprint,
  authenticated, created_at)
SELECT 'stripe', 'test', 'cus', 'pm_' || i, 'visa', '4242', 1, 2030, 'GB', 'f', true, now() FROM generate_series(1, :n) i
"""
CHARGES = """
INSERT INTO charge (reference, batch, provider, mode, payment_method_id, amount_minor, currency, shares, description, statement,
  status, provider_payment_id, provider_charge_id, attempts, calls, code, decline_code, advice, created_at, succeeded_at,
  refunded_minor, fee_minor)
SELECT 'pledge:' || i, 'campaign:' || i % :campaigns, 'stripe', 'test', i, 2500, 'GBP',
  jsonb_build_object('campaign:' || i % :campaigns, 2300, 'income:tips', 200), 'd', 's', 'succeeded', 'pi_' || i, 'ch_' || i,
  1, 1, '', '', '', now(), now(), CASE WHEN i % 10 = 0 THEN 500 ELSE 0 END, 58
FROM generate_series(1, :n) i
"""
ACCOUNTS = """
INSERT INTO ledger_account SELECT 'campaign:' || i FROM generate_series(0, :campaigns - 1) i
UNION SELECT unnest(ARRAY['income:tips', 'clearing:stripe', 'balance:stripe', 'fees:stripe'])
"""
REFUNDS = """
INSERT INTO refund (charge_id, amount_minor, status, origin, why, provider_refund_id, reason, attempts, requested_at)
SELECT id, 500, 'succeeded', 'person', '', 're_' || id, '', 1, now() FROM charge WHERE refunded_minor = 500
"""
SHOWN = """
INSERT INTO balance_record (provider, mode, entry_id, kind, source_id, amount_minor, fee_minor, net_minor, created_at, available_at)
SELECT 'stripe', 'test', 'txn_' || i, 'charge', 'ch_' || i, 2500, 58, 2442, now(), now() FROM generate_series(1, :n) i
UNION ALL SELECT 'stripe', 'test', 'txn_re_' || id, 'refund', provider_refund_id, -500, 0, -500, now(), now() FROM refund
"""
# (kind, the names of its transactions, its lines)
POSTINGS = (
    (
        "charge",
        "SELECT provider_charge_id FROM charge",
        "('clearing:stripe', 2500), ('campaign:' || split_part(ref, '_', 2)::int % :campaigns, -2300), ('income:tips', -200)",
    ),
    (
        "settle",
        "SELECT 'txn_' || i FROM generate_series(1, :n) i",
        "('clearing:stripe', -2500), ('balance:stripe', 2442), ('fees:stripe', 58)",
    ),
    (
        "refund",
        "SELECT provider_refund_id FROM refund",
        "('campaign:' || split_part(ref, '_', 2)::int % :campaigns, 500), ('balance:stripe', -500)",
    ),
)


def main() -> int:
    """Fill, prove, ask; the figures in seconds."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 190_000
    with database() as where:
        app = create_app({"DATABASE_URL": where, "ENVIRONMENT": "development", "LOG_LEVEL": "CRITICAL"})
        with app.app_context():
            _tables(app)
            fill(number)
            figures = measure()
            db.session.close()
            db.engine.dispose()
    print(json.dumps(figures, indent=1))
    return 0 if figures["the proof"] <= GOAL and not figures["problems"] else 1


def fill(number: int) -> None:
    """So many charges of 2,000 campaigns, all booked; a tenth of them given back in part."""
    given = {"n": number, "campaigns": CAMPAIGNS}
    with db.engine.begin() as connection:
        # Nothing here is in doubt: the rows are ours, and the proof is what is measured.
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for statement in (CARDS, CHARGES, ACCOUNTS, REFUNDS, SHOWN):
            connection.execute(sa.text(statement), given)
        for kind, names, lines in POSTINGS:
            connection.execute(
                sa.text(
                    f"INSERT INTO ledger_transaction (kind, ref, at, memo) SELECT '{kind}', name, now(), '' FROM ({names}) t(name)"
                ),
                given,
            )
            connection.execute(
                sa.text(
                    "INSERT INTO ledger_entry (transaction_id, account, minor) SELECT t.id, account, minor FROM ledger_transaction t "
                    f"CROSS JOIN LATERAL (VALUES {lines}) line(account, minor) WHERE kind = '{kind}'"
                ),
                given,
            )
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))


def measure() -> dict[str, Any]:
    """Seconds of the whole proof and of the desk's questions."""
    figures: dict[str, Any] = {"entries": db.session.scalar(sa.text("SELECT count(*) FROM ledger_entry"))}
    figures["the proof"], problems = timed(lambda: list(all_of_money()))
    figures["problems"] = problems
    newest = [LedgerTransaction.at.desc(), LedgerTransaction.id.desc()]
    for name, asked in (
        ("balances by kind", queries.balances_by_kind),
        ("what waits", desk.waiting),
        ("newest transactions", lambda: page_of(queries.transactions(), newest)),
        ("transactions of a campaign", lambda: page_of(queries.transactions(account="campaign:7"), newest)),
        ("one transaction by its name", lambda: page_of(queries.transactions(ref="ch_77"), newest)),
    ):
        figures[name], _ = timed(asked)
    return figures


def timed(asked: Callable[[], Any]) -> tuple[float, Any]:
    """How many seconds something took, and what it answered."""
    start = perf_counter()
    answer = asked()
    return round(perf_counter() - start, 3), answer


if __name__ == "__main__":
    sys.exit(main())
