"""What must be true of match funding (docs/proofs.md): worked out from nothing it is what is kept, to the penny, for every scheme."""

from collections.abc import Iterator

from sqlalchemy import select, text

from civic.core.db import db
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.queries import schemes as queries
from civic.crowdfund.matching.queries import workings
from civic.crowdfund.matching.rules.changes import difference
from civic.crowdfund.matching.rules.working import working

MOST_TOLD = 20
QUESTIONS: dict[str, str] = {
    "gift {1} in scheme {0} has parts of {2} pence, and {3} pence of it stand": """
SELECT p.scheme_id, p.pledge_id, sum(p.amount_minor), max(s.stands) FROM match_part p JOIN pledge g ON g.id = p.pledge_id
JOIN match_place c ON c.scheme_id = p.scheme_id AND c.campaign_id = p.campaign_id
JOIN match_scheme m ON m.id = p.scheme_id
CROSS JOIN LATERAL (SELECT CASE
  WHEN g.status IN ('partly_refunded', 'disputed') THEN least(g.amount_minor, greatest(g.collected_minor - g.tip_minor, 0))
  WHEN g.status IN ('authorised', 'charging', 'past_due', 'collected') THEN g.amount_minor ELSE 0 END AS stands) s
GROUP BY p.scheme_id, p.pledge_id
HAVING CASE WHEN bool_and(c.status = 'open' AND m.status = 'running') THEN sum(p.amount_minor) <> max(s.stands)
  ELSE sum(p.amount_minor) > max(s.stands) END ORDER BY 1, 2
""",
    "entry {0} gives {1} pence, and its funders pay {2}": """
SELECT e.id, e.amount_minor, coalesce(sum(s.value::bigint), 0) FROM match_entry e
LEFT JOIN LATERAL jsonb_each_text(e.shares) s ON true
GROUP BY e.id HAVING e.amount_minor <> coalesce(sum(s.value::bigint), 0) ORDER BY e.id
""",
    "funder {0} is charged {1} pence, and its entries come to {2}": """
SELECT f.id, f.charged_minor, coalesce(s.minor, 0) FROM match_funder f LEFT JOIN (
  SELECT e.scheme_id, x.key::bigint AS funder_id, sum(x.value::bigint) AS minor
  FROM match_entry e, jsonb_each_text(e.shares) x GROUP BY 1, 2
) s ON s.funder_id = f.id WHERE f.charged_minor <> coalesce(s.minor, 0) ORDER BY f.id
""",
    "funder {0} can still give {1} pence, and its pot holds {2}": """
SELECT f.id, f.contribution_minor - f.charged_minor - f.missing_minor, coalesce(b.left_minor, 0) FROM match_funder f
JOIN match_scheme m ON m.id = f.scheme_id LEFT JOIN pot_balance b ON b.pot_id = f.pot_id AND b.spending = f.spending
WHERE m.status = 'running' AND f.contribution_minor - f.charged_minor - f.missing_minor > coalesce(b.left_minor, 0) ORDER BY f.id
""",
    "campaign {0} shows {2} pence of funder {1}, and its entries come to {3}": """
SELECT c.campaign_id, f.id, c.amount_minor, coalesce(s.minor, 0) FROM match_funder f
JOIN campaign_match c ON c.source = 'funder:' || f.id AND c.is_standing
LEFT JOIN (
  SELECT e.campaign_id, x.key::bigint AS funder_id, sum(x.value::bigint) AS minor
  FROM match_entry e, jsonb_each_text(e.shares) x GROUP BY 1, 2
) s ON s.funder_id = f.id AND s.campaign_id = c.campaign_id
WHERE c.amount_minor <> coalesce(s.minor, 0) ORDER BY 1, 2
""",
    "campaign {0}: of funder {1} {2} pence are reserved, agreed or paid, and {3} are due": """
SELECT c.campaign_id, f.id, coalesce(r.capital_minor + r.revenue_minor, 0) + coalesce(a.capital_minor + a.revenue_minor, 0), c.amount_minor
FROM match_funder f JOIN campaign_match c ON c.source = 'funder:' || f.id AND c.is_standing
LEFT JOIN grant_reservation r ON r.pot_id = f.pot_id AND r.source = 'funder:' || f.id || ':campaign:' || c.campaign_id
LEFT JOIN award a ON a.subject = 'match:' || c.id AND a.basis = 'formula' AND a.status NOT IN ('released')
WHERE coalesce(r.capital_minor + r.revenue_minor, 0) + coalesce(a.capital_minor + a.revenue_minor, 0) < c.amount_minor
  AND NOT EXISTS (SELECT FROM award e WHERE e.subject = 'match:' || c.id AND e.status IN ('released', 'stopped')) ORDER BY 1, 2
""",
}


def matching_is_whole() -> Iterator[str]:
    """Parts are what stands of gifts, entries what the rule says, and funders pay exactly that."""
    for sentence, question in QUESTIONS.items():
        for row in db.session.execute(text(f"{question} LIMIT {MOST_TOLD}")):
            yield sentence.format(*row)


def worked_out_afresh() -> Iterator[str]:
    """The whole working from nothing equals what is kept, for every scheme with campaigns that are open."""
    running = select(MatchScheme.id).where(MatchScheme.status.in_(("running", "ended"))).order_by(MatchScheme.id)
    for scheme_id in db.session.scalars(running).all():
        scheme = queries.scheme_by_id(scheme_id)
        assert scheme is not None
        given = workings.gifts_of(scheme_id, place="open")
        settled = workings.entries_of(scheme_id, place="closed")
        fresh = working(queries.terms_of(scheme), given, workings.targets_of(scheme_id), settled)
        wrong = difference(workings.entries_of(scheme_id, place="open"), fresh.entries)
        if wrong:
            entries = [*wrong.added, *wrong.removed, *(entry for _, entry in wrong.changed)]
            yield f"scheme {scheme.slug}: {len(entries)} entries are not what the rule comes to, as for gift {entries[0].gift}"
        for place in queries.places_of(scheme_id):
            mine = [gift for gift in given if gift.campaign == place.campaign_id and not gift.is_excluded]
            kept = (place.given_minor, place.backers)
            if place.status == "open" and kept != (
                sum(gift.amount.minor for gift in mine),
                len({g.person for g in mine}),
            ):
                yield f"scheme {scheme.slug}: the kept sums of campaign {place.campaign_id} are not those of its gifts"


CHECKS = [matching_is_whole, worked_out_afresh]
