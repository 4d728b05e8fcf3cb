"""What waits for the signed-in person, for the staff front page."""

from sqlalchemy import func, or_, select

from civic.assessment.models import Assignment, Item, Panel
from civic.assessment.queries.items import waiting_for
from civic.assessment.rules.choices import ENDED, RUNNING
from civic.core.db import db
from civic.core.person import maybe_me


def what_waits_for_me() -> int:
    """How many items wait for my scores."""
    person = maybe_me()
    return waiting_for(person.id) if person is not None else 0


def panels_that_wait() -> int:
    """How many open panels have items that lack assessors or that are all in and not agreed yet; for those who run them."""
    person = maybe_me()
    if person is None or not person.roles & set(RUNNING):
        return 0
    given = (
        select(func.count())
        .where(Assignment.item_id == Item.id, Assignment.status.not_in(ENDED))
        .correlate(Item)
        .scalar_subquery()
    )
    waits = or_(Item.status == "scored", (Item.status == "waiting") & (given < Panel.quorum))
    found = select(Item.id).where(Item.panel_id == Panel.id, waits).correlate(Panel).exists()
    return db.session.scalar(select(func.count()).select_from(Panel).where(Panel.status == "open", found)) or 0
