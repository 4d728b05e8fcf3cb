"""Past campaigns → rows, many at a time; a key that is already there is left as it is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from civic.accounts.models import Organisation
from civic.core.db import db
from civic.core.names import slug_of
from civic.crowdfund.importing.reading import PastCampaign
from civic.crowdfund.models import Campaign, CampaignTotal
from civic.crowdfund.rules.choices import RESERVED_SLUGS
from civic.crowdfund.rules.progress import share_bps

# Who ran a campaign of which the file does not say it.
NOBODY_NAMED = "Organisation not recorded"


def load(past: Sequence[PastCampaign], *, imported_from: str, now: datetime) -> list[str]:
    """Keep these campaigns with their sums; the keys of those that are new."""
    organisations = organisations_named({each.organisation or NOBODY_NAMED for each in past}, now)
    slugs = _free_slugs(past)
    rows = [
        _row(each, organisations[each.organisation or NOBODY_NAMED], imported_from, now) | {"slug": slugs[each.key]}
        for each in past
    ]
    if not rows:
        return []
    kept = upsert(Campaign).on_conflict_do_nothing().returning(Campaign.id, Campaign.external_key)
    new = {str(row.external_key): row.id for row in db.session.execute(kept, rows)}
    sums = [_sums(each, new[each.key]) for each in past if each.key in new]
    if sums:
        db.session.execute(insert(CampaignTotal), sums)
    return list(new)


def organisations_named(names: set[str], now: datetime) -> dict[str, int]:
    """The organisations of these names: those we know, and new unverified ones for the others."""
    by_name = (
        select(Organisation.name, Organisation.id).where(Organisation.name.in_(names)).order_by(Organisation.id.desc())
    )
    found = {row.name: row.id for row in db.session.execute(by_name)}
    missing = sorted(names - found.keys())
    if missing:
        new = insert(Organisation).returning(Organisation.name, Organisation.id)
        rows = [
            {
                "name": name,
                "kind": "unincorporated_association",
                "registration_number": "",
                "governance": "",
                "created_at": now,
            }
            for name in missing
        ]
        found |= {row.name: row.id for row in db.session.execute(new, rows)}
    return found


def _free_slugs(past: Sequence[PastCampaign]) -> dict[str, str]:
    """An address for each key: made of the title, and of the key too where another campaign has it."""
    taken = set(RESERVED_SLUGS)
    taken |= set(db.session.scalars(select(Campaign.slug).where(Campaign.slug.in_({each.slug for each in past}))))
    slugs: dict[str, str] = {}
    for each in past:
        slug = each.slug if each.slug not in taken else f"{each.slug[:60]}-{slug_of(each.key, 'campaign')}"
        taken.add(slug)
        slugs[each.key] = slug
    return slugs


def _row(past: PastCampaign, organisation: int, imported_from: str, now: datetime) -> dict[str, object]:
    return {
        "status": past.status,
        "organisation_id": organisation,
        "language": past.language,
        "title": past.title,
        "summary": past.summary,
        "story": past.story,
        "kind": past.kind,
        "impacts": list(past.impacts),
        "borough": past.borough,
        "place_kind": "area" if past.place else "borough",
        "place": past.place,
        "target_minor": past.target.minor,
        "opened_at": past.opened_at,
        "closes_at": past.closed_at,
        "closed_at": past.closed_at,
        "finished_at": past.closed_at,
        "created_at": now,
        "pledged_at_close_minor": past.pledged.minor,
        "offline_at_close_minor": 0,
        "funds_at_close_minor": past.funds.minor,
        "match_at_close_minor": past.match.minor,
        "imported_from": past.source or imported_from,
        "external_key": past.key,
        "figures_note": past.note,
    }


def _sums(past: PastCampaign, campaign_id: int) -> dict[str, int]:
    succeeded = past.status in ("funded", "delivered")
    return {
        "campaign_id": campaign_id,
        "pledged_minor": past.pledged.minor,
        "backers": past.backers,
        "match_minor": past.match.minor,
        "funds_minor": past.funds.minor,
        "collected_minor": past.pledged.minor if succeeded else 0,
        "collected": past.backers if succeeded else 0,
        "reached_bps": share_bps(past.pledged + past.match + past.funds, past.target),
    }
