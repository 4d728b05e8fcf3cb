"""What must be true of campaigns, pledges and the books together (docs/proofs.md: P8–P10, P13); for `flask civic check`."""

from collections.abc import Iterator

from sqlalchemy import text

from civic.core.db import db

# What of a card payment belongs to the campaign: rules.counting.for_campaign.
_BOOKED = text("""
WITH booked AS (
  SELECT e.account, -sum(e.minor) AS minor FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
  WHERE e.account LIKE 'campaign:%' AND t.kind IN ('charge', 'refund', 'refund_failed', 'dispute_lost') GROUP BY e.account
), told AS (
  SELECT 'campaign:' || p.campaign_id AS account, sum(greatest(p.collected_minor - p.tip_minor, 0)) AS minor FROM pledge p
  WHERE p.status IN ('collected', 'partly_refunded', 'disputed') GROUP BY p.campaign_id
)
SELECT account, coalesce(told.minor, 0), coalesce(booked.minor, 0) FROM booked FULL JOIN told USING (account)
WHERE coalesce(told.minor, 0) <> coalesce(booked.minor, 0) ORDER BY account LIMIT 20
""")
_CONSENTED = text("""
SELECT p.public_id, c.amount_minor, p.amount_minor + p.tip_minor, most.minor FROM charge c
JOIN pledge p ON c.reference = 'pledge:' || p.public_id
LEFT JOIN LATERAL (
  SELECT max(s.amount_minor + s.tip_minor) AS minor FROM pledge_consent s WHERE s.pledge_id = p.id
) most ON true
WHERE c.status = 'succeeded' AND (c.amount_minor <> p.amount_minor + p.tip_minor OR c.amount_minor > coalesce(most.minor, 0))
ORDER BY p.id LIMIT 20
""")
_WRONGLY_CHARGED = text("""
SELECT g.slug, g.status, count(*) FROM campaign g JOIN charge c ON c.batch = 'campaign:' || g.id
LEFT JOIN LATERAL (
  SELECT coalesce(sum(d.amount_minor), 0) AS minor FROM dispute d WHERE d.charge_id = c.id AND d.status = 'lost'
) lost ON true
WHERE g.status IN ('draft', 'in_review', 'live', 'withdrawn', 'failed')
  AND NOT (g.status = 'failed' AND (c.status = 'cancelled' OR c.refunded_minor + lost.minor >= c.amount_minor))
GROUP BY g.slug, g.status ORDER BY g.slug LIMIT 20
""")
_NOT_PAID_OUT = text("""
SELECT g.slug, coalesce(a.minor, 0) - coalesce(r.minor, 0) FROM campaign g
LEFT JOIN LATERAL (SELECT sum(e.minor) AS minor FROM ledger_entry e WHERE e.account = 'campaign:' || g.id) a ON true
LEFT JOIN LATERAL (
  SELECT sum(v.amount_minor) AS minor FROM transfer t JOIN transfer_reversal v ON v.transfer_id = t.id
  WHERE t.account = 'campaign:' || g.id AND v.status = 'requested'
) r ON true
WHERE g.status IN ('funded', 'delivered', 'failed', 'withdrawn') AND g.imported_from = ''
  AND coalesce(a.minor, 0) <> coalesce(r.minor, 0)
ORDER BY g.slug LIMIT 20
""")
_WITHOUT_CHARGE = text("""
SELECT p.public_id, p.status, coalesce(c.status, 'none') FROM pledge p
LEFT JOIN charge c ON c.reference = 'pledge:' || p.public_id AND c.status <> 'cancelled'
WHERE (p.status = 'charging' AND (c.id IS NULL OR c.status = 'succeeded'))
   OR (p.status IN ('collected', 'partly_refunded', 'refunded', 'disputed') AND c.status IS DISTINCT FROM 'succeeded')
   OR (p.status IN ('awaiting_card', 'authorised', 'released', 'cancelled', 'abandoned', 'refused', 'dropped') AND c.id IS NOT NULL)
ORDER BY p.id LIMIT 20
""")


def pledges_are_in_the_books() -> Iterator[str]:
    """What pledges say was collected for a campaign is what the books say, to the penny."""
    for account, told, booked in db.session.execute(_BOOKED):
        yield f"{account}: pledges say {told} pence were collected, the ledger says {booked}"


def charged_as_agreed() -> Iterator[str]:
    """Nobody was charged another sum than they promised, or more than they agreed to (P10)."""
    for pledge, charged, promised, agreed in db.session.execute(_CONSENTED):
        yield f"pledge {pledge}: {charged} pence were charged, {promised} promised, {agreed} agreed to"


def nobody_charged_in_vain() -> Iterator[str]:
    """Nobody is charged for a campaign that is still open, was withdrawn or failed, unless all of it was given back (P9)."""
    for slug, status, count in db.session.execute(_WRONGLY_CHARGED):
        yield f"campaign {slug} is {status} and has {count} charges that were not given back"


def ended_campaigns_owe_nothing() -> Iterator[str]:
    """Once a campaign has ended, its account stands at nothing, but for money that is being called back."""
    for slug, minor in db.session.execute(_NOT_PAID_OUT):
        yield f"campaign {slug} has ended and its account stands at {minor} pence"


def pledges_have_their_charges() -> Iterator[str]:
    """A pledge that is being charged has a living charge, one that was collected a successful one, every other none (P8)."""
    for pledge, status, charge in db.session.execute(_WITHOUT_CHARGE):
        yield f"pledge {pledge} is {status} and its charge is {charge}"


CHECKS = [
    pledges_are_in_the_books,
    charged_as_agreed,
    nobody_charged_in_vain,
    ended_campaigns_owe_nothing,
    pledges_have_their_charges,
]
