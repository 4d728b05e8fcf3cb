"""Parts of gifts and entries as the rules read them, and the state of a scheme as the next gift needs it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select, true

from civic.core.db import db
from civic.core.money import Money
from civic.crowdfund.matching.models import MatchEntry, MatchFunder, MatchPart, MatchPlace, MatchScheme
from civic.crowdfund.matching.queries.schemes import terms_of
from civic.crowdfund.matching.rules.formulas import State, Tally
from civic.crowdfund.matching.rules.gifts import Gift
from civic.crowdfund.matching.rules.working import Entry
from civic.crowdfund.models import Campaign, CampaignMatch


def parts_of(scheme_id: int, pledge_id: int) -> tuple[Gift, ...]:
    """The parts of one gift in a scheme, in their order."""
    mine = _parts().where(MatchPart.scheme_id == scheme_id, MatchPart.pledge_id == pledge_id)
    return tuple(gift_of(row) for row in db.session.execute(mine.order_by(MatchPart.part)))


def gifts_of(scheme_id: int, *, place: str, campaign_id: int | None = None) -> list[Gift]:
    """Every part of every gift to the campaigns of a scheme whose place is in this state, in their order."""
    mine = _parts().join(
        MatchPlace,
        (MatchPlace.scheme_id == MatchPart.scheme_id) & (MatchPlace.campaign_id == MatchPart.campaign_id),
    )
    mine = mine.where(MatchPart.scheme_id == scheme_id, MatchPlace.status == place)
    if campaign_id is not None:
        mine = mine.where(MatchPart.campaign_id == campaign_id)
    order = (MatchPart.since, MatchPart.pledge_id, MatchPart.part)
    return [gift_of(row) for row in db.session.execute(mine.order_by(*order))]


def entries_of(scheme_id: int, *, place: str, campaign_id: int | None = None) -> list[Entry]:
    """What was given to the campaigns of a scheme whose place is in this state."""
    mine = _entries().join(
        MatchPlace,
        (MatchPlace.scheme_id == MatchEntry.scheme_id) & (MatchPlace.campaign_id == MatchEntry.campaign_id),
    )
    mine = mine.where(MatchEntry.scheme_id == scheme_id, MatchPlace.status == place)
    if campaign_id is not None:
        mine = mine.where(MatchEntry.campaign_id == campaign_id)
    return [entry_of(row) for row in db.session.execute(mine)]


def targets_of(scheme_id: int) -> dict[int, Money]:
    """The targets of the campaigns whose gifts are matched, by their numbers."""
    mine = select(MatchPlace.campaign_id, Campaign.target_minor).join(Campaign, Campaign.id == MatchPlace.campaign_id)
    rows = db.session.execute(mine.where(MatchPlace.scheme_id == scheme_id, MatchPlace.status == "open"))
    return {campaign_id: Money(minor) for campaign_id, minor in rows}


def shares_of(scheme_id: int, campaign_ids: Iterable[int]) -> dict[tuple[int, int], Money]:
    """What each funder pays in campaigns, by (campaign, funder); what is nothing is left out."""
    shares = func.jsonb_each_text(MatchEntry.shares).table_valued("key", "value")
    sums = (
        select(MatchEntry.campaign_id, shares.c.key, func.sum(shares.c.value.cast(MatchEntry.amount_minor.type)))
        .select_from(MatchEntry)
        .join(shares, true())
        .where(MatchEntry.scheme_id == scheme_id, MatchEntry.campaign_id.in_(list(campaign_ids)))
        .group_by(MatchEntry.campaign_id, shares.c.key)
    )
    return {(campaign_id, int(funder)): Money(int(minor)) for campaign_id, funder, minor in db.session.execute(sums)}


def source_of(funder: MatchFunder) -> str:
    """What a funder is called among the money that counts towards a campaign."""
    return f"funder:{funder.id}"


def shown_of(scheme: MatchScheme, campaign_ids: Iterable[int]) -> list[CampaignMatch]:
    """What campaigns show of a scheme's funders, read afresh."""
    sources = [source_of(funder) for funder in scheme.funders]
    mine = select(CampaignMatch).where(
        CampaignMatch.campaign_id.in_(list(campaign_ids)), CampaignMatch.source.in_(sources)
    )
    return list(db.session.scalars(mine.execution_options(populate_existing=True)))


def state_for(scheme: MatchScheme, place: MatchPlace, gift: Gift, target: Money) -> State:
    """What a scheme has come to so far, as much of it as this gift needs; the same whatever came before."""
    with_whom = select(
        select(func.coalesce(func.sum(MatchEntry.amount_minor), 0))
        .where(MatchEntry.scheme_id == scheme.id, MatchEntry.person == gift.person)
        .scalar_subquery(),
        select(func.coalesce(func.sum(MatchEntry.amount_minor), 0))
        .where(
            MatchEntry.scheme_id == scheme.id,
            MatchEntry.person == gift.person,
            MatchEntry.campaign_id == gift.campaign,
        )
        .scalar_subquery(),
        select(func.coalesce(func.sum(MatchPart.amount_minor), 0))
        .where(
            MatchPart.scheme_id == scheme.id,
            MatchPart.campaign_id == gift.campaign,
            MatchPart.person == gift.person,
            MatchPart.is_excluded.is_(False),
        )
        .scalar_subquery(),
    )
    in_all, here, given = (int(each) for each in db.session.execute(with_whom).one())
    before = given if gift.is_excluded else given - gift.amount.minor  # the new part is written already
    tally = Tally(
        matched_minor=place.matched_minor,
        matched_by={gift.person: here},
        given_minor=place.given_minor,
        given_by={gift.person: before} if before else {},
        backers=place.backers,
        has_sum=place.has_sum,
    )
    return State(
        terms_of(scheme),
        {gift.campaign: target},
        charged={each.id: each.charged_minor for each in scheme.funders},
        campaigns={gift.campaign: tally},
        matched_by={gift.person: in_all},
    )


def entry_of(row: Any) -> Entry:
    """A row of an entry as the rules read it."""
    return Entry(
        campaign=row.campaign_id,
        gift=row.pledge_id,
        part=row.part,
        person=row.person,
        since=row.since,
        full=Money(row.full_minor),
        amount=Money(row.amount_minor),
        cap=row.cap,
        shares={int(funder): Money(minor) for funder, minor in row.shares.items()},
        is_sum=row.is_sum,
    )


def part_columns() -> tuple[Any, ...]:
    """What gift_of() reads of a row."""
    return (
        MatchPart.pledge_id,
        MatchPart.campaign_id,
        MatchPart.person,
        MatchPart.amount_minor,
        MatchPart.since,
        MatchPart.part,
        MatchPart.before_minor,
        MatchPart.is_excluded,
    )


def _parts() -> Any:
    return select(*part_columns())


def _entries() -> Any:
    return select(
        MatchEntry.campaign_id,
        MatchEntry.pledge_id,
        MatchEntry.part,
        MatchEntry.person,
        MatchEntry.since,
        MatchEntry.full_minor,
        MatchEntry.amount_minor,
        MatchEntry.cap,
        MatchEntry.shares,
        MatchEntry.is_sum,
    )


def gift_of(row: Any) -> Gift:
    """A row of a part as the rules read it."""
    return Gift(
        id=row.pledge_id,
        campaign=row.campaign_id,
        person=row.person,
        amount=Money(row.amount_minor),
        since=row.since,
        part=row.part,
        before=Money(row.before_minor),
        is_excluded=row.is_excluded,
    )
