"""Forgetting: what the law lets go of is let go of, and what it asks for is kept without the person."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from civic.accounts.models import User
from civic.core.db import db
from civic.crowdfund.actions import pledges
from civic.crowdfund.models import Campaign, GiftAidDeclaration, Pledge, PledgeConsent

EVIDENCE_DAYS = 548
"""Eighteen months after a campaign's end no bank asks any more from where its backers agreed."""


def forget_backer(user: User, now: datetime) -> int:
    """Erase a person from their pledges; tells how many.

    What can still be cancelled is cancelled. Amounts, dates and the words agreed to stay for the books, and so does a Gift Aid
    declaration that a charity has claimed with, for its six years; name, message, address and the way to the person go.
    """
    mine = db.session.scalars(select(Pledge).where(Pledge.user_id == user.id).order_by(Pledge.id)).all()
    for each in mine:
        pledges.end_for_good(each, now=now)
        each.user_id, each.email, each.is_anonymous, each.shown_name, each.message = None, "", True, "", ""
    ids = [each.id for each in mine]
    unclaimed = GiftAidDeclaration.pledge_id.in_(ids) & GiftAidDeclaration.exported_at.is_(None)
    db.session.execute(delete(GiftAidDeclaration).where(unclaimed))
    _forget_evidence(
        PledgeConsent.pledge_id.in_(select(Pledge.id).where(Pledge.id.in_(ids), Pledge.collected_minor == 0))
    )
    db.session.flush()
    return len(ids)


def forget_evidence(now: datetime) -> int:
    """Forget from where people agreed, eighteen months after their campaign ended; the words stay. Tells how many."""
    ended = (
        select(Pledge.id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(Campaign.finished_at < now - timedelta(days=EVIDENCE_DAYS))
    )
    return _forget_evidence(PledgeConsent.pledge_id.in_(ended))


def _forget_evidence(whose: object) -> int:
    old = update(PledgeConsent).where(whose, PledgeConsent.ip != "")  # type: ignore[arg-type]
    return len(db.session.scalars(old.values(ip="", user_agent="").returning(PledgeConsent.id)).all())
