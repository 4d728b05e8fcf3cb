"""Where a campaign is, as people are told: a few stages, each a sentence of its own, instead of the machinery's states."""

from datetime import datetime

STAGES = (
    "draft",
    "checking",
    "open",
    "counting",
    "collecting",
    "shortfall",
    "returning",
    "funded",
    "delivered",
    "failed",
    "withdrawn",
)
SETTLED_WELL = ("funded", "delivered")
NEARLY_BPS = 7_000  # hundredths of a percent: from 70 % on a campaign is nearly there
SOON_DAYS = 7

_BY_STATUS = {
    "draft": "draft",
    "in_review": "checking",
    "collecting": "collecting",
    "shortfall": "shortfall",
    "refunding": "returning",
    "paying": "funded",
    "funded": "funded",
    "delivered": "delivered",
    "failed": "failed",
    "withdrawn": "withdrawn",
}


def stage(status: str, closes_at: datetime | None, now: datetime) -> str:
    """The stage of a campaign at this moment; one whose deadline has passed is being counted and no longer open."""
    if status != "live":
        return _BY_STATUS[status]
    return "open" if closes_at is None or now < closes_at else "counting"
