"""What must be true of money, proved over all rows and the whole ledger: docs/proofs.md, P7, P10, P12, P13 and the postings of each row."""

from collections.abc import Iterator

from sqlalchemy import text

from civic.core.db import db
from civic.ledger.checks import books_are_guarded, books_balance

MOST_TOLD = 20

# Each question finds rows that must not exist; the sentence says what is wrong with one of them.
QUESTIONS: dict[str, str] = {
    # P10: what was taken is what was shared out, and never more than was agreed to when the card was saved.
    "the shares of charge {0} sum to {1} pence, and it took {2}": """
SELECT c.id, coalesce(s.total, 0), c.amount_minor FROM charge c
LEFT JOIN LATERAL (SELECT sum(value::bigint) AS total FROM jsonb_each_text(c.shares)) s ON true
WHERE coalesce(s.total, 0) <> c.amount_minor ORDER BY c.id
""",
    "charge {0} is of {1} pence, and {2} were agreed to": """
SELECT c.id, c.amount_minor, max(s.amount_minor) FROM charge c
JOIN card_setup s ON s.payment_method_id = c.payment_method_id AND s.reference = c.reference AND s.status = 'succeeded'
WHERE c.status <> 'cancelled' GROUP BY c.id HAVING c.amount_minor > max(s.amount_minor) ORDER BY c.id
""",
    "charge {0} took {1} pence, and the books say {2}": """
SELECT c.id, c.amount_minor, coalesce(sum(e.minor), 0) FROM charge c
LEFT JOIN ledger_transaction t ON t.kind = 'charge' AND t.ref = c.provider_charge_id
LEFT JOIN ledger_entry e ON e.transaction_id = t.id AND e.account = 'clearing:' || c.provider
WHERE c.status = 'succeeded' GROUP BY c.id HAVING coalesce(sum(e.minor), 0) <> c.amount_minor ORDER BY c.id
""",
    "the books know a charge {0} that no row of ours tells of": """
SELECT t.ref FROM ledger_transaction t
LEFT JOIN charge c ON c.provider_charge_id = t.ref AND c.status = 'succeeded'
WHERE t.kind = 'charge' AND c.id IS NULL ORDER BY t.id
""",
    # P7: refunds never sum to more than their charge; PostgreSQL holds refunded_minor to the amount.
    "charge {0} says that {1} pence go back, and its refunds sum to {2}": """
SELECT c.id, c.refunded_minor, coalesce(r.total, 0) FROM charge c LEFT JOIN (
  SELECT charge_id, sum(amount_minor) AS total FROM refund WHERE status NOT IN ('declined', 'failed') GROUP BY charge_id
) r ON r.charge_id = c.id
WHERE c.refunded_minor <> coalesce(r.total, 0) ORDER BY c.id
""",
    "refund {0} ({1}) is of {2} pence, and the books gave {3}": """
SELECT r.id, r.status, r.amount_minor, -coalesce(sum(e.minor), 0) FROM refund r JOIN charge c ON c.id = r.charge_id
LEFT JOIN ledger_transaction t ON t.kind IN ('refund', 'refund_failed') AND t.ref = r.provider_refund_id
LEFT JOIN ledger_entry e ON e.transaction_id = t.id AND e.account = 'balance:' || c.provider
GROUP BY r.id
HAVING -coalesce(sum(e.minor), 0) <> CASE WHEN r.status IN ('submitted', 'succeeded') THEN r.amount_minor ELSE 0 END
ORDER BY r.id
""",
    "the books know a refund {0} that no row of ours tells of": """
SELECT t.ref FROM ledger_transaction t LEFT JOIN refund r ON r.provider_refund_id = t.ref
WHERE t.kind IN ('refund', 'refund_failed') AND r.id IS NULL ORDER BY t.id
""",
    "refund {0} was approved by the person who asked for it": """
SELECT id FROM refund WHERE approved_by_id = requested_by_id ORDER BY id
""",
    "dispute {0} ({1}) has {2} pence in the books on the account of disputes, and should have {3}": """
SELECT d.id, d.status, coalesce(b.on_disputes, 0), CASE WHEN b.opened AND d.status = 'open' THEN d.amount_minor ELSE 0 END
FROM dispute d LEFT JOIN (
  SELECT t.ref, bool_or(t.kind = 'dispute') AS opened, coalesce(sum(e.minor) FILTER (WHERE e.account = 'disputes'), 0) AS on_disputes
  FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id
  WHERE t.kind IN ('dispute', 'dispute_won', 'dispute_lost') GROUP BY t.ref
) b ON b.ref = d.provider_dispute_id
WHERE coalesce(b.on_disputes, 0) <> CASE WHEN b.opened AND d.status = 'open' THEN d.amount_minor ELSE 0 END ORDER BY d.id
""",
    # P13: nothing was sent that the books do not know, and nobody holds more than they were owed.
    "transfer {0} ({1}) is of {2} pence, and the books sent {3}": """
SELECT x.id, x.status, x.amount_minor, -coalesce(sum(e.minor), 0) FROM transfer x JOIN payee p ON p.id = x.payee_id
LEFT JOIN ledger_transaction t ON t.kind = 'transfer' AND t.ref = x.provider_transfer_id
LEFT JOIN ledger_entry e ON e.transaction_id = t.id AND e.account = 'balance:' || p.provider
GROUP BY x.id HAVING -coalesce(sum(e.minor), 0) <> CASE WHEN x.status = 'sent' THEN x.amount_minor ELSE 0 END ORDER BY x.id
""",
    "the books know a transfer {0} that no row of ours tells of": """
SELECT t.ref FROM ledger_transaction t LEFT JOIN transfer x ON x.provider_transfer_id = t.ref AND x.status = 'sent'
WHERE t.kind = 'transfer' AND x.id IS NULL ORDER BY t.id
""",
    "transfer {0} was released by the person who asked for it": """
SELECT id FROM transfer WHERE released_by_id = requested_by_id ORDER BY id
""",
    "of transfer {0} {1} pence are called back, and its reversals sum to {2}": """
SELECT x.id, x.reversed_minor, coalesce(sum(v.amount_minor), 0) FROM transfer x
LEFT JOIN transfer_reversal v ON v.transfer_id = x.id AND v.status <> 'failed'
GROUP BY x.id HAVING x.reversed_minor <> coalesce(sum(v.amount_minor), 0) ORDER BY x.id
""",
    "reversal {0} ({1}) is of {2} pence, and the books got {3}": """
SELECT v.id, v.status, v.amount_minor, coalesce(sum(e.minor), 0) FROM transfer_reversal v
JOIN transfer x ON x.id = v.transfer_id JOIN payee p ON p.id = x.payee_id
LEFT JOIN ledger_transaction t ON t.kind = 'transfer_reversal' AND t.ref = v.provider_reversal_id
LEFT JOIN ledger_entry e ON e.transaction_id = t.id AND e.account = 'balance:' || p.provider
GROUP BY v.id HAVING coalesce(sum(e.minor), 0) <> CASE WHEN v.status = 'succeeded' THEN v.amount_minor ELSE 0 END ORDER BY v.id
""",
    "{1} pence more were paid out of {0} than it was owed, and are not being called back": """
WITH paid AS (SELECT DISTINCT account FROM transfer WHERE status = 'sent'),
asked AS (
  SELECT x.account, sum(v.amount_minor) AS total FROM transfer_reversal v JOIN transfer x ON x.id = v.transfer_id
  WHERE v.status = 'requested' GROUP BY x.account
)
SELECT p.account, sum(e.minor) - coalesce(max(a.total), 0) FROM paid p JOIN ledger_entry e ON e.account = p.account
LEFT JOIN asked a ON a.account = p.account GROUP BY p.account HAVING sum(e.minor) > coalesce(max(a.total), 0) ORDER BY p.account
""",
    # P12: the books hold what the provider's own account holds, but for what it has not shown us yet, and for what it shows
    # and has not told us yet; what is older than the last good comparison has no such excuse.
    "line {0} of the provider's account is of {1} pence net, and the books have {2}": """
SELECT b.entry_id, w.due, coalesce(l.booked, 0) FROM balance_record b
CROSS JOIN LATERAL (SELECT CASE WHEN b.kind IN (
  'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'transfer', 'transfer_reversal'
) THEN -b.fee_minor ELSE b.net_minor END AS due) w
LEFT JOIN (
  SELECT t.ref, e.account, sum(e.minor) AS booked FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id
  WHERE t.kind IN ('settle', 'fee', 'payout', 'unexplained') AND e.account LIKE 'balance:%' GROUP BY t.ref, e.account
) l ON l.ref = b.entry_id AND l.account = 'balance:' || b.provider
WHERE w.due <> coalesce(l.booked, 0) ORDER BY b.id
""",
    "{0} holds {1} pence in our books, and {2} by the provider's account and what it has still to show": """
WITH shown AS (SELECT provider, sum(net_minor) AS net FROM balance_record GROUP BY provider),
awaited AS (
  SELECT e.account, sum(e.minor) AS net FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id
  LEFT JOIN balance_record b ON b.source_id = t.ref AND b.kind = CASE t.kind
    WHEN 'refund_failed' THEN 'refund_failure' WHEN 'dispute_won' THEN 'dispute_reversal' ELSE t.kind END
  WHERE t.kind IN ('refund', 'refund_failed', 'dispute', 'dispute_won', 'transfer', 'transfer_reversal')
    AND e.account LIKE 'balance:%' AND b.id IS NULL GROUP BY e.account
),
compared AS (
  SELECT provider, max(started_at) AS at FROM reconciliation_run WHERE finished_at IS NOT NULL AND error = '' GROUP BY provider
),
unheard AS (
  SELECT b.provider, sum(b.amount_minor) AS net FROM balance_record b LEFT JOIN compared c ON c.provider = b.provider
  LEFT JOIN ledger_transaction t ON t.ref = b.source_id AND t.kind = CASE b.kind
    WHEN 'refund_failure' THEN 'refund_failed' WHEN 'dispute_reversal' THEN 'dispute_won' ELSE b.kind END
  WHERE b.kind IN ('refund', 'refund_failure', 'dispute', 'dispute_reversal', 'transfer', 'transfer_reversal')
    AND t.id IS NULL AND b.created_at >= coalesce(c.at, '-infinity') GROUP BY b.provider
),
held AS (SELECT account, sum(minor) AS net FROM ledger_entry WHERE account LIKE 'balance:%' GROUP BY account)
SELECT h.account, h.net, s.net + coalesce(a.net, 0) - coalesce(u.net, 0) FROM held h
JOIN shown s ON 'balance:' || s.provider = h.account LEFT JOIN awaited a ON a.account = h.account
LEFT JOIN unheard u ON u.provider = s.provider
WHERE h.net <> s.net + coalesce(a.net, 0) - coalesce(u.net, 0)
""",
}


def money_is_whole() -> Iterator[str]:
    """Charges, refunds, disputes and transfers are in the books as they happened, and nothing else is."""
    for sentence, question in QUESTIONS.items():
        for row in db.session.execute(text(f"{question} LIMIT {MOST_TOLD}")):
            yield sentence.format(*row)


def all_of_money() -> Iterator[str]:
    """Every invariant of the books and of payments, for the nightly comparison."""
    yield from books_balance()
    yield from books_are_guarded()
    yield from money_is_whole()
