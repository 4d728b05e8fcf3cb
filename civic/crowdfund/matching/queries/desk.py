"""What the desk asks of a scheme: where its money is, what waits, the newest gifts, what was done."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.money import Money
from civic.crowdfund.matching.models import MatchEntry, MatchPart, MatchPlace, MatchScheme, MatchSignal
from civic.crowdfund.matching.queries.lines import numbers_of
from civic.crowdfund.models import Campaign
from civic.grants.models import Fund, FundBalance

NEWEST, ACTS, SIGNALS = 8, 30, 8


@dataclass(frozen=True)
class FundMoney:
    """What a scheme would take out of one fund of one kind, and what is there."""

    fund: Fund
    spending: str
    needed: Money
    there: Money

    @property
    def is_enough(self) -> bool:
        """Whether the fund has it."""
        return self.needed <= self.there


def money_of(scheme: MatchScheme) -> list[FundMoney]:
    """What approval would take out of each fund, and what each has that is not allotted to anything; one statement."""
    needed: dict[tuple[int, str], int] = {}
    funds = {funder.pot.fund_id: funder.pot.fund for funder in scheme.funders}
    for funder in scheme.funders:
        key = (funder.pot.fund_id, funder.spending)
        needed[key] = needed.get(key, 0) + funder.contribution_minor
    rows = db.session.scalars(select(FundBalance).where(FundBalance.fund_id.in_(list(funds))))
    there = {(row.fund_id, row.spending): row.budget_minor - row.allotted_minor for row in rows}
    return [FundMoney(funds[key[0]], key[1], Money(minor), Money(there.get(key, 0))) for key, minor in needed.items()]


def waiting_by_scheme(scheme_ids: Sequence[int]) -> dict[int, int]:
    """How many signals wait in each of these schemes; those without are missing."""
    mine = select(MatchSignal.scheme_id, func.count()).where(
        MatchSignal.status == "open", MatchSignal.scheme_id.in_(list(scheme_ids))
    )
    return {row[0]: row[1] for row in db.session.execute(mine.group_by(MatchSignal.scheme_id))}


def titles(campaign_ids: Collection[int]) -> dict[int, Words]:
    """The titles of campaigns by number; nothing is asked where there are none."""
    if not campaign_ids:
        return {}
    mine = select(Campaign.id, Campaign.title, Campaign.language).where(Campaign.id.in_(list(campaign_ids)))
    return {row.id: Words(row.title, row.language) for row in db.session.execute(mine)}


def open_signals(scheme: MatchScheme) -> list[MatchSignal]:
    """The signals that wait, those with the largest effect first; the first few."""
    mine = select(MatchSignal).where(MatchSignal.scheme_id == scheme.id, MatchSignal.status == "open")
    return list(db.session.scalars(mine.order_by(MatchSignal.effect_minor.desc(), MatchSignal.id).limit(SIGNALS)))


def acts_of(scheme: MatchScheme) -> list[AuditEntry]:
    """What was done to a scheme, the latest first."""
    mine = select(AuditEntry).where(AuditEntry.thing == "match_scheme", AuditEntry.thing_id == str(scheme.id))
    return list(db.session.scalars(mine.order_by(AuditEntry.id.desc()).limit(ACTS)))


def campaigns_of(acts: Iterable[AuditEntry]) -> set[int]:
    """The numbers of the campaigns that something was done with."""
    return {act.after["campaign"] for act in acts if act.after and "campaign" in act.after}


class Gift(NamedTuple):
    """A gift, or the part by which it was raised, as staff see it: by its number."""

    pledge_id: int
    number: int
    part: int
    campaign_id: int
    slug: str
    title: Words
    since: datetime
    amount: Money
    given: Money  # for the gift; a campaign's sum is given for no single one
    is_excluded: bool
    why: str
    place: str  # open, closed or left


def newest_parts(scheme: MatchScheme) -> list[Gift]:
    """The parts that began to count last."""
    latest = (
        select(MatchPart.pledge_id, MatchPart.part, MatchPart.campaign_id)
        .where(MatchPart.scheme_id == scheme.id)
        .order_by(MatchPart.since.desc(), MatchPart.pledge_id.desc(), MatchPart.part.desc())
        .limit(NEWEST)
        .subquery()
    )
    these = (MatchPart.pledge_id == latest.c.pledge_id) & (MatchPart.part == latest.c.part)
    rows = _gifts(scheme, select(latest.c.campaign_id)).join(latest, these)
    return [_gift(row) for row in db.session.execute(rows.order_by(MatchPart.since.desc()))]


def gifts_of(scheme: MatchScheme, pledge_ids: Sequence[int], campaign_ids: Sequence[int]) -> list[Gift]:
    """Every part of these gifts, in the order in which they count."""
    rows = _gifts(scheme, list(campaign_ids)).where(MatchPart.pledge_id.in_(list(pledge_ids)))
    return [_gift(row) for row in db.session.execute(rows.order_by(MatchPart.since))]


def gift_of(scheme: MatchScheme, pledge_id: int) -> list[Gift]:
    """The parts of one gift; none where it does not stand in the scheme."""
    if not 0 < pledge_id < 2**62:
        return []
    where = select(MatchPart.campaign_id).where(MatchPart.scheme_id == scheme.id, MatchPart.pledge_id == pledge_id)
    rows = _gifts(scheme, where).where(MatchPart.pledge_id == pledge_id)
    return [_gift(row) for row in db.session.execute(rows.order_by(MatchPart.part))]


def _gifts(scheme: MatchScheme, campaign_ids: Any) -> Any:
    numbers = numbers_of(campaign_ids)
    entry = (
        (MatchEntry.scheme_id == MatchPart.scheme_id)
        & (MatchEntry.pledge_id == MatchPart.pledge_id)
        & (MatchEntry.part == MatchPart.part)
        & MatchEntry.is_sum.is_(False)
    )
    place = (MatchPlace.scheme_id == MatchPart.scheme_id) & (MatchPlace.campaign_id == MatchPart.campaign_id)
    return (
        select(
            MatchPart.pledge_id,
            numbers.c.number,
            MatchPart.part,
            MatchPart.campaign_id,
            Campaign.slug,
            Campaign.title,
            Campaign.language,
            MatchPart.since,
            MatchPart.amount_minor,
            func.coalesce(MatchEntry.amount_minor, 0).label("given"),
            MatchPart.is_excluded,
            MatchPart.why_excluded,
            MatchPlace.status,
        )
        .join(Campaign, Campaign.id == MatchPart.campaign_id)
        .join(MatchPlace, place)
        .outerjoin(MatchEntry, entry)
        .outerjoin(numbers, numbers.c.id == MatchPart.pledge_id)
        .where(MatchPart.scheme_id == scheme.id)
    )


def _gift(row: Any) -> Gift:
    return Gift(
        pledge_id=row.pledge_id,
        number=row.number or 0,
        part=row.part,
        campaign_id=row.campaign_id,
        slug=row.slug,
        title=Words(row.title, row.language),
        since=row.since,
        amount=Money(row.amount_minor),
        given=Money(row.given),
        is_excluded=row.is_excluded,
        why=row.why_excluded,
        place=row.status,
    )
