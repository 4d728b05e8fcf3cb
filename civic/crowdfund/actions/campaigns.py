"""A campaign's way from an idea to the desk of those who check it."""

from datetime import datetime
from hashlib import blake2b
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from civic.accounts.models import User
from civic.core.db import db
from civic.core.errors import CivicError, Conflict
from civic.core.mail import send
from civic.core.names import slug_of
from civic.core.states import advance
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import writing
from civic.crowdfund.rules.choices import RESERVED_SLUGS
from civic.crowdfund.rules.steps import Gap


class NotADraft(Conflict):
    """It was sent to be checked or is live; what people read and pledge to stays as it is."""

    sentence = _l("This campaign is no longer a draft, so it cannot be changed. Nothing was saved.")


class ChangedMeanwhile(Conflict):
    """Somebody else changed the same step after the page was opened."""

    sentence = _l(
        "Somebody else changed this step while you were typing. What you typed is still here. "
        "Look at how it stands now, then save again if yours should replace it."
    )


class NotComplete(CivicError):
    """Something is missing; `gaps` says what."""

    sentence, status = _l("Some things are still missing. The list says which."), 422

    def __init__(self, gaps: list[Gap]):
        super().__init__()
        self.gaps = gaps


def begin(organisation_id: int, *, title: str, language: str, by: User, now: datetime) -> Campaign:
    """A new draft of an organisation; its address is made of its first title and stays."""
    campaign = Campaign(
        slug=_free_slug(title),
        organisation_id=organisation_id,
        created_by_id=by.id,
        language=language,
        title=title,
        impacts=[],
        created_at=now,
    )
    db.session.add(campaign)
    db.session.flush()
    return campaign


def edition(campaign: Campaign, fields: tuple[str, ...]) -> str:
    """The mark of some of a campaign's fields as they stand, so that a save can tell whether they changed meanwhile."""
    return blake2b(repr([getattr(campaign, field) for field in fields]).encode(), digest_size=9).hexdigest()


def tell(campaign: Campaign, facts: dict[str, Any], *, seen: str) -> None:
    """Save a step; raises ChangedMeanwhile where its fields are not what the writer had `seen`, and NotADraft."""
    draft = hold_draft(campaign)
    if edition(draft, tuple(facts)) != seen:
        raise ChangedMeanwhile()
    for field, value in facts.items():
        setattr(draft, field, value)
    db.session.flush()


def submit(campaign: Campaign, gaps: list[Gap], *, by: User, now: datetime) -> None:
    """Send a campaign to be checked, with its target as the sum of its costs; raises NotComplete with what is missing."""
    draft = hold_draft(campaign)
    missing = [gap for gap in gaps if not gap.is_advice]
    if missing:
        raise NotComplete(missing)
    retarget(draft)
    draft.submitted_at = now
    advance(draft, "submit", by=by, now=now)
    tell_organisers("campaign_submitted", draft, now=now)


def recall(campaign: Campaign, *, by: User, now: datetime) -> None:
    """Take a campaign back from the desk to change it."""
    advance(hold(campaign), "recall", by=by, now=now)


def hold(campaign: Campaign) -> Campaign:
    """The campaign, held until the transaction ends and read afresh, with its organisation."""
    mine = select(Campaign).where(Campaign.id == campaign.id).with_for_update(of=Campaign, key_share=True)
    mine = mine.options(joinedload(Campaign.organisation, innerjoin=True))
    return db.session.scalars(mine.execution_options(populate_existing=True)).one()


def hold_draft(campaign: Campaign) -> Campaign:
    """The same of a campaign that may still be written; raises NotADraft."""
    held = hold(campaign)
    if held.status != "draft":
        raise NotADraft()
    return held


def retarget(campaign: Campaign) -> None:
    """The target is what everything costs."""
    campaign.target_minor = writing.budget_of(campaign).target.minor
    db.session.flush()


def tell_organisers(message: str, campaign: Campaign, *, now: datetime, **context: Any) -> None:
    """Write to everybody who acts for the organisation, each in their language."""
    for person in writing.organisers_of(campaign):
        send(
            f"crowdfund/{message}",
            to=person.email,
            language=person.language,
            person_id=person.id,
            now=now,
            campaign=campaign,
            **context,
        )


def _free_slug(title: str) -> str:
    wanted = slug_of(title, "campaign")
    wanted = f"{wanted}-campaign" if wanted in RESERVED_SLUGS else wanted
    taken = set(db.session.scalars(select(Campaign.slug).where(Campaign.slug.startswith(wanted, autoescape=True))))
    number, slug = 2, wanted
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
