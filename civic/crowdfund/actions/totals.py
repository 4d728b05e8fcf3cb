"""A campaign's kept sums: written in the same transaction as what they count, made again from it, and compared."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, Integer, case, cast, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert

from civic.core.announcements import announce
from civic.core.db import db
from civic.crowdfund.events import GiftChanged
from civic.crowdfund.models import (
    Campaign,
    CampaignComment,
    CampaignFollow,
    CampaignFunding,
    CampaignMatch,
    CampaignTotal,
    CampaignUpdate,
    OfflinePledge,
    Pledge,
)
from civic.crowdfund.rules import counting

COUNTED = ("pledged_minor", "offline_minor", "funds_minor", "in_kind_minor", "match_minor")
KEPT = tuple(
    column.key for column in CampaignTotal.__table__.columns if column.key not in ("campaign_id", "reached_bps")
)
"""Every kept sum; the share reached follows from them."""


def open(campaign_id: int) -> None:
    """Give a campaign its row of sums, all zero; a second call changes nothing."""
    db.session.execute(insert(CampaignTotal).values(campaign_id=campaign_id).on_conflict_do_nothing())


def add(campaign_id: int, **deltas: int) -> None:
    """Raise (or lower) kept sums by so many pence or heads, and the share of the target with them, in one statement.

    Lock order: campaign, then pledge, then whatever funders hold (events.py), then this row.
    """
    assert deltas.keys() <= set(KEPT), f"no such sums: {deltas.keys() - set(KEPT)}"
    changes: dict[str, Any] = {name: getattr(CampaignTotal, name) + by for name, by in deltas.items() if by}
    if not changes:
        return
    if changes.keys() & set(COUNTED):
        changes["reached_bps"] = _reached(sum(deltas.get(name, 0) for name in COUNTED))
    mine = update(CampaignTotal).where(CampaignTotal.campaign_id == campaign_id).values(changes)
    db.session.flush()
    db.session.execute(mine.execution_options(synchronize_session=False))


def hold(campaign_id: int) -> None:
    """Hold a campaign's row of sums until the transaction ends, where something is numbered under it."""
    held = select(CampaignTotal.campaign_id).where(CampaignTotal.campaign_id == campaign_id)
    db.session.execute(held.with_for_update())


def sums_of(pledge: Pledge) -> counting.Sums:
    """What a pledge adds to its campaign's sums as it is now; taken before and after a change, the difference is what to add."""
    return counting.sums_of(
        pledge.status,
        amount_minor=pledge.amount_minor,
        tip_minor=pledge.tip_minor,
        collected_minor=pledge.collected_minor,
    )


def follow(pledge: Pledge, before: counting.Sums) -> None:
    """Let the sums follow a pledge that was changed, and tell those who match gifts; `before` is what sums_of() said before."""
    db.session.flush()
    announce(GiftChanged(pledge.campaign_id, pledge.id))
    add(pledge.campaign_id, **counting.difference(before, sums_of(pledge)))


def recounted(campaign_id: int | None = None) -> dict[int, dict[str, int]]:
    """The sums of every campaign (or of one) made afresh from what they count; sums that are zero may be left out."""
    fresh: dict[int, dict[str, int]] = defaultdict(dict)
    for names, query, of in _counted_rows():
        mine = query if campaign_id is None else query.where(of == campaign_id)
        for campaign, *values in db.session.execute(mine.group_by(of)):
            fresh[campaign] |= {name: int(value) for name, value in zip(names, values, strict=True)}
    return fresh


def recount(campaign_id: int) -> bool:
    """Make the kept sums again while nothing is added to them; tells whether they had been wrong."""
    db.session.flush()
    db.session.execute(text("select id from campaign where id = :id for no key update"), {"id": campaign_id})
    open(campaign_id)
    fresh = dict.fromkeys(KEPT, 0) | recounted(campaign_id).get(campaign_id, {})
    found = _kept(campaign_id)
    mine = update(CampaignTotal).where(CampaignTotal.campaign_id == campaign_id)
    db.session.execute(mine.values(fresh).execution_options(synchronize_session=False))
    share = mine.values(reached_bps=_reached(0)).execution_options(synchronize_session=False)
    db.session.execute(share)
    return found[campaign_id] != fresh


def wrong_totals() -> Iterable[str]:
    """The campaigns whose kept sums differ from what they count; for `flask civic check`. Past ones came with sums alone."""
    fresh, found = recounted(), _kept()
    live = select(Campaign.id, Campaign.slug).where(Campaign.opened_at.is_not(None), Campaign.imported_from == "")
    for campaign_id, slug in db.session.execute(live.order_by(Campaign.id)):
        counted, kept = fresh.get(campaign_id, {}), found.get(campaign_id, {})
        if wrong := [name for name in KEPT if counted.get(name, 0) != kept.get(name, 0)]:
            told = ", ".join(f"{name} {kept.get(name, 0)} for {counted.get(name, 0)}" for name in wrong)
            yield f"campaign {slug}: kept sums differ from what they count: {told}"


def _kept(campaign_id: int | None = None) -> dict[int, dict[str, int]]:
    query = select(CampaignTotal.campaign_id, *(getattr(CampaignTotal, name) for name in KEPT))
    if campaign_id is not None:
        query = query.where(CampaignTotal.campaign_id == campaign_id)
    return {campaign: dict(zip(KEPT, row, strict=True)) for campaign, *row in db.session.execute(query)}


def _counted_rows() -> Iterator[tuple[Sequence[str], Any, Any]]:
    """What is counted: the names of the sums, the query that makes them, and the column that names the campaign."""
    pledges = _pledge_sums()
    yield tuple(pledges), select(Pledge.campaign_id, *pledges.values()), Pledge.campaign_id
    offline = select(OfflinePledge.campaign_id, func.sum(OfflinePledge.amount_minor), func.count())
    yield (
        ("offline_minor", "offline_backers"),
        offline.where(OfflinePledge.status == "counted"),
        OfflinePledge.campaign_id,
    )
    funding, seen = CampaignFunding, CampaignFunding.verified_at.is_not(None)
    kinds = [_sum_of(funding.amount_minor, funding.kind == kind) for kind in ("money", "in_kind")]
    yield ("funds_minor", "in_kind_minor"), select(funding.campaign_id, *kinds).where(seen), funding.campaign_id
    match = select(CampaignMatch.campaign_id, func.sum(CampaignMatch.amount_minor))
    yield ("match_minor",), match.where(CampaignMatch.is_standing), CampaignMatch.campaign_id
    comments = select(CampaignComment.campaign_id, func.count()).where(CampaignComment.shown.in_(("shown", "folded")))
    yield ("comments",), comments, CampaignComment.campaign_id
    yield ("updates",), select(CampaignUpdate.campaign_id, func.count()), CampaignUpdate.campaign_id
    yield ("follows",), select(CampaignFollow.campaign_id, func.count()), CampaignFollow.campaign_id


def _pledge_sums() -> dict[str, Any]:
    """counting.sums_of() as SQL."""
    campaigns_part = func.greatest(Pledge.collected_minor - Pledge.tip_minor, 0)

    def of(value: Any, states: Sequence[str]) -> Any:
        return _sum_of(value, Pledge.status.in_(states))

    return {
        "pledged_minor": of(Pledge.amount_minor, counting.PLEDGED),
        "backers": of(1, counting.PLEDGED),
        "collected_minor": of(campaigns_part, counting.COLLECTED),
        "collected": of(1, counting.COLLECTED),
        "past_due_minor": of(Pledge.amount_minor, ("past_due",)),
        "past_due": of(1, ("past_due",)),
        "dropped_minor": of(Pledge.amount_minor, ("dropped",)),
        "dropped": of(1, ("dropped",)),
    }


def _sum_of(value: Any, condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, value), else_=0)), 0)


def _reached(added_minor: int) -> Any:
    """The share of the target in hundredths of a percent, rounded down, after so many pence more (rules.progress.share_bps)."""
    counted: Any = literal(added_minor, BigInteger)
    for name in COUNTED:
        counted = counted + getattr(CampaignTotal, name)
    target = select(Campaign.target_minor).where(Campaign.id == CampaignTotal.campaign_id).scalar_subquery()
    share = counted * 10_000 / func.nullif(target, 0)
    return cast(func.least(func.coalesce(func.floor(share), 0), 1_000_000_000), Integer)
