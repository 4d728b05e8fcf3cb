"""What must be true of public money, proved over all of it (docs/proofs.md): for `flask civic check`."""

from collections.abc import Iterator

from sqlalchemy import text

from civic.core.db import db

MOST_TOLD = 20
# Each question finds rows that must not exist; the sentence says what is wrong with one of them.
QUESTIONS: dict[str, str] = {
    "fund {0} ({1}) keeps {2} pence of budget and {3} allotted, and the ledger says {4} and {5}": """
WITH booked AS (
  SELECT split_part(e.account, ':', 2)::bigint AS fund_id, split_part(e.account, ':', 3) AS spending,
    coalesce(sum(e.minor) FILTER (WHERE t.kind = 'grant_budget'), 0) AS budget,
    -coalesce(sum(e.minor) FILTER (WHERE t.kind = 'allotment'), 0) AS allotted
  FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id WHERE e.account LIKE 'fund:%' GROUP BY 1, 2
)
SELECT coalesce(k.fund_id, b.fund_id), coalesce(k.spending, b.spending), k.budget_minor, k.allotted_minor, b.budget, b.allotted
FROM (SELECT * FROM fund_balance WHERE budget_minor <> 0 OR allotted_minor <> 0) k
FULL JOIN booked b ON b.fund_id = k.fund_id AND b.spending = k.spending
WHERE (coalesce(k.budget_minor, 0), coalesce(k.allotted_minor, 0)) <> (coalesce(b.budget, 0), coalesce(b.allotted, 0)) ORDER BY 1, 2
""",
    "pot {0} ({1}) keeps {2} pence {3}, and the ledger says {4}": """
WITH kept AS (
  SELECT pot_id, spending, place, minor FROM pot_balance
  CROSS JOIN LATERAL (VALUES ('left', left_minor), ('reserved', reserved_minor), ('committed', committed_minor), ('paid', paid_minor))
    AS each (place, minor)
), booked AS (
  SELECT split_part(account, ':', 2)::bigint AS pot_id, split_part(account, ':', 3) AS spending, split_part(account, ':', 4) AS place,
    sum(minor) AS minor
  FROM ledger_entry WHERE account LIKE 'pot:%' GROUP BY 1, 2, 3
)
SELECT coalesce(k.pot_id, b.pot_id), coalesce(k.spending, b.spending), coalesce(k.minor, 0), coalesce(k.place, b.place),
  coalesce(b.minor, 0)
FROM kept k FULL JOIN booked b USING (pot_id, spending, place) WHERE coalesce(k.minor, 0) <> coalesce(b.minor, 0) ORDER BY 1, 2, 4
""",
    # P6: what is promised and paid is what awards and rules say, and never more than the budget (PostgreSQL refuses less than nothing).
    "pot {0} ({1}) has {2} pence {3}, and its awards and rules come to {4}": """
WITH parts AS (
  SELECT id, pot_id, status, 'capital' AS spending, capital_minor AS whole, agreed_capital_minor AS agreed FROM award
  UNION ALL SELECT id, pot_id, status, 'revenue', revenue_minor, agreed_revenue_minor FROM award
), paid AS (
  SELECT award_id, 'capital' AS spending, sum(capital_minor) AS minor FROM instalment WHERE status IN ('paid', 'confirmed') GROUP BY 1
  UNION ALL SELECT award_id, 'revenue', sum(revenue_minor) FROM instalment WHERE status IN ('paid', 'confirmed') GROUP BY 1
), back AS (
  SELECT award_id, 'capital' AS spending, sum(capital_minor) AS minor FROM repayment WHERE status = 'received' GROUP BY 1
  UNION ALL SELECT award_id, 'revenue', sum(revenue_minor) FROM repayment WHERE status = 'received' GROUP BY 1
), held AS (
  SELECT pot_id, 'capital' AS spending, sum(capital_minor) AS minor FROM grant_reservation GROUP BY 1
  UNION ALL SELECT pot_id, 'revenue', sum(revenue_minor) FROM grant_reservation GROUP BY 1
), sums AS (
  SELECT p.pot_id, p.spending,
    sum(CASE WHEN p.status IN ('approved', 'announced', 'due', 'agreed') THEN p.whole - p.agreed ELSE 0 END) AS reserved,
    sum(CASE WHEN p.status IN ('agreed', 'completed', 'stopped') THEN p.agreed - coalesce(d.minor, 0) ELSE 0 END) AS committed,
    sum(coalesce(d.minor, 0) - coalesce(b.minor, 0)) AS paid
  FROM parts p LEFT JOIN paid d ON d.award_id = p.id AND d.spending = p.spending
  LEFT JOIN back b ON b.award_id = p.id AND b.spending = p.spending GROUP BY 1, 2
), told AS (
  SELECT k.pot_id, k.spending, k.reserved_minor, k.committed_minor, k.paid_minor,
    coalesce(s.reserved, 0) + coalesce(h.minor, 0) AS reserved, coalesce(s.committed, 0) AS committed, coalesce(s.paid, 0) AS paid
  FROM pot_balance k LEFT JOIN sums s USING (pot_id, spending) LEFT JOIN held h USING (pot_id, spending)
)
SELECT pot_id, spending, kept, place, due FROM told CROSS JOIN LATERAL (
  VALUES ('reserved', reserved_minor, reserved), ('committed', committed_minor, committed), ('paid', paid_minor, paid)
) AS each (place, kept, due) WHERE kept <> due ORDER BY 1, 2, 4
""",
    "award {0} gives {1} and {2} pence, and its last decision {3} and {4}": """
SELECT a.id, a.capital_minor, a.revenue_minor, d.capital_minor, d.revenue_minor FROM award a
LEFT JOIN LATERAL (
  SELECT capital_minor, revenue_minor FROM grant_decision
  WHERE award_id = a.id AND status = 'decided' ORDER BY decided_at DESC, id DESC LIMIT 1
) d ON true
WHERE a.basis = 'decision' AND a.status IN ('approved', 'announced', 'due', 'agreed', 'completed')
  AND (a.capital_minor, a.revenue_minor) IS DISTINCT FROM (d.capital_minor, d.revenue_minor) ORDER BY a.id
""",
    "decision {0} was decided by somebody who recommended, assessed or was consulted on it": """
SELECT d.id FROM grant_decision d WHERE d.decided_by_id IS NOT NULL AND (
  d.decided_by_id = d.recommended_by_id OR d.assessed_by @> to_jsonb(d.decided_by_id)
  OR EXISTS (SELECT FROM consultee_view v WHERE v.decision_id = d.id AND v.consultee_id = d.decided_by_id)
) ORDER BY d.id
""",
    "instalment {0} was paid by somebody who decided the award or gave the instruction": """
SELECT i.id FROM instalment i WHERE i.paid_by_id IS NOT NULL AND (
  i.paid_by_id = i.instructed_by_id
  OR EXISTS (SELECT FROM grant_decision d WHERE d.award_id = i.award_id AND d.status = 'decided' AND d.decided_by_id = i.paid_by_id)
) ORDER BY i.id
""",
    "award {0} is agreed for {1} pence and no agreement in force says so": """
SELECT a.id, a.agreed_capital_minor + a.agreed_revenue_minor FROM award a
WHERE a.status IN ('agreed', 'completed') AND NOT EXISTS (
  SELECT FROM agreement g WHERE g.award_id = a.id AND g.status = 'in_force'
    AND g.capital_minor >= a.agreed_capital_minor AND g.revenue_minor >= a.agreed_revenue_minor
) ORDER BY a.id
""",
    "of award {0} more is paid or being paid than was agreed": """
SELECT a.id FROM award a JOIN instalment i ON i.award_id = a.id AND i.status IN ('instructed', 'paid', 'confirmed')
GROUP BY a.id HAVING sum(i.capital_minor) > a.agreed_capital_minor OR sum(i.revenue_minor) > a.agreed_revenue_minor ORDER BY a.id
""",
    "of award {0} more went back than was paid": """
SELECT a.id FROM award a JOIN (
  SELECT award_id, sum(capital_minor) AS capital, sum(revenue_minor) AS revenue FROM repayment
  WHERE status IN ('approved', 'received') GROUP BY award_id
) b ON b.award_id = a.id LEFT JOIN (
  SELECT award_id, sum(capital_minor) AS capital, sum(revenue_minor) AS revenue FROM instalment WHERE status IN ('paid', 'confirmed')
  GROUP BY award_id
) p ON p.award_id = a.id
WHERE b.capital > coalesce(p.capital, 0) OR b.revenue > coalesce(p.revenue, 0) ORDER BY a.id
""",
    "the text of agreement {0} is not the one that was offered": """
SELECT id FROM agreement WHERE status IN ('offered', 'in_force', 'superseded')
  AND sha256 <> encode(sha256(convert_to(text, 'UTF8')), 'hex') ORDER BY id
""",
}


def public_money_is_whole() -> Iterator[str]:
    """Budgets, awards, agreements and payments say the same as the ledger, and four eyes saw each of them."""
    for sentence, question in QUESTIONS.items():
        for row in db.session.execute(text(f"{question} LIMIT {MOST_TOLD}")):
            yield sentence.format(*row)
