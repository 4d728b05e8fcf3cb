"""Finding gifts that did not come by card."""

from sqlalchemy import func, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.files import StoredFile
from civic.crowdfund.models import Campaign, OfflinePledge

_WAITS = (OfflinePledge.status == "recorded") & (Campaign.status == "live")


def offline_of(campaign: Campaign, offline_id: int) -> OfflinePledge | None:
    """The gift with this number, if it was given to this campaign."""
    found = db.session.get(OfflinePledge, offline_id) if 0 < offline_id < 2**62 else None
    return found if found is not None and found.campaign_id == campaign.id else None


def offline_pledges(campaign: Campaign) -> list[tuple[OfflinePledge, str]]:
    """The gifts of a campaign with the name of who recorded each, the latest first; at most two hundred."""
    mine = select(OfflinePledge, User.display_name).outerjoin(User, User.id == OfflinePledge.recorded_by_id)
    rows = db.session.execute(
        mine.where(OfflinePledge.campaign_id == campaign.id).order_by(OfflinePledge.id.desc()).limit(200)
    )
    return [(each[0], each[1] or "") for each in rows]


def waiting() -> list[tuple[OfflinePledge, Campaign]]:
    """The gifts that wait for a second person, in campaigns that can still count them; the oldest first, at most two hundred."""
    mine = select(OfflinePledge, Campaign).join(Campaign, Campaign.id == OfflinePledge.campaign_id).where(_WAITS)
    return [(each[0], each[1]) for each in db.session.execute(mine.order_by(OfflinePledge.id).limit(200))]


def how_many_wait() -> int:
    """How many of them there are."""
    mine = select(func.count()).select_from(OfflinePledge).join(Campaign, Campaign.id == OfflinePledge.campaign_id)
    return db.session.scalar(mine.where(_WAITS)) or 0


def evidence_of(offline: OfflinePledge) -> StoredFile:
    """The paper that was kept with a gift."""
    return db.session.get_one(StoredFile, offline.evidence_id)
