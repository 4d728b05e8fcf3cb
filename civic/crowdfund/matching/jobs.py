"""What happens by itself: each night the gifts of every scheme are looked over for what a person should look at."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import or_, select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.crowdfund.matching.actions import gifts, signals
from civic.crowdfund.matching.models import MatchPlace, MatchScheme
from civic.crowdfund.matching.queries import schemes as queries

log = structlog.get_logger()
STILL_MATTERS = timedelta(days=120)
"""So long after a campaign's close its money may not have moved yet."""


@job("matching.look_for_signals")
def look_for_signals() -> None:
    """Look over every scheme whose money may still move, each in a transaction of its own: one that fails keeps no other waiting."""
    found = to_look_over(clock.now())
    db.session.rollback()  # what was only read holds nothing while the work is done
    for scheme_id in found:
        try:
            with transaction():
                signals.look(scheme_id, now=clock.now())
        except Exception:
            log.exception("look_failed", key=scheme_id)


@job("matching.follow_pots")
def follow_pots(scheme_id: int) -> None:
    """Work a scheme out anew after money of its pots was moved by hand, so that nobody reads of money that is not there."""
    with transaction():
        gifts.rework(queries.held(scheme_id), now=clock.now())


def to_look_over(now: datetime) -> list[int]:
    """Schemes with campaigns that are open, or closed not long ago."""
    lately = (MatchPlace.status == "closed") & (MatchPlace.ended_at >= now - STILL_MATTERS)
    mine = select(MatchScheme.id).join(MatchPlace, MatchPlace.scheme_id == MatchScheme.id)
    mine = mine.where(MatchScheme.approved_at.is_not(None), or_(MatchPlace.status == "open", lately))
    return list(db.session.scalars(mine.distinct().order_by(MatchScheme.id)))
