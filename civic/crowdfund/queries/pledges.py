"""Finding pledges, and what must be known to say where their money is."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from civic.accounts.models import Organisation, User
from civic.core.db import db
from civic.core.money import Money
from civic.core.pages import Page, page_of
from civic.crowdfund.models import Campaign, Pledge
from civic.crowdfund.rules.pledging import HELD
from civic.crowdfund.rules.promise import Asked, Promised, Sentence, promise_sentence
from civic.crowdfund.rules.references import of_pledge
from civic.payments.models import CardSetup, Charge, PaymentMethod


def pledge_by_public_id(public_id: str) -> Pledge | None:
    """The pledge with this public id, with its campaign, the organisation and the card."""
    if not public_id.isalnum() or len(public_id) > 64:
        return None
    with_all = (
        joinedload(Pledge.campaign, innerjoin=True).joinedload(Campaign.organisation, innerjoin=True),
        joinedload(Pledge.payment_method),
    )
    return db.session.scalar(select(Pledge).where(Pledge.public_id == public_id).options(*with_all))


def held_by(campaign_id: int, user: User | None, public_ids: Iterable[str] = ()) -> Pledge | None:
    """The pledge that somebody still has with a campaign: a member's own, or one that a guest's browser remembers."""
    remembered, mine = (
        list(public_ids),
        select(Pledge).where(Pledge.campaign_id == campaign_id, Pledge.status.in_(HELD)),
    )
    if user is None and not remembered:
        return None
    if user is not None:
        mine = mine.where(Pledge.user_id == user.id)
    else:
        mine = mine.where(Pledge.public_id.in_(remembered), Pledge.user_id.is_(None))
    return db.session.scalars(mine.order_by(Pledge.id.desc()).limit(1)).one_or_none()


def others_of(pledge: Pledge) -> int:
    """How many further pledges stand that a guest made to the same campaign with this address; only its owner is told."""
    same = (Pledge.email == pledge.email, Pledge.campaign_id == pledge.campaign_id, Pledge.id != pledge.id)
    mine = select(func.count()).where(*same, Pledge.status == "authorised", Pledge.user_id.is_(None))
    return (db.session.scalar(mine) or 0) if pledge.user_id is None and pledge.email else 0


def pledge_lock(pledge_id: int) -> Pledge:
    """The pledge, held alone and read afresh; lock its campaign first."""
    mine = select(Pledge).where(Pledge.id == pledge_id).with_for_update()
    return db.session.scalars(mine.execution_options(populate_existing=True)).one()


def failed_visits(*, user: User | None, email: str, since: datetime) -> int:
    """How many visits to the provider's page of this person (or guest's address) have failed since a moment."""
    if user is not None:
        mine: Any = CardSetup.person_id == user.id
    else:
        theirs = select(func.concat("pledge:", Pledge.public_id)).where(Pledge.email == email, Pledge.user_id.is_(None))
        mine = CardSetup.reference.in_(theirs)
    failed = select(func.count()).where(mine, CardSetup.status == "failed", CardSetup.created_at >= since)
    return db.session.scalar(failed) or 0


def open_visit(pledge: Pledge) -> CardSetup | None:
    """The last visit to the provider's page for this pledge that is still open."""
    mine = select(CardSetup).where(CardSetup.reference == of_pledge(pledge.public_id), CardSetup.status == "open")
    return db.session.scalars(mine.order_by(CardSetup.id.desc()).limit(1)).one_or_none()


def last_visit(pledge: Pledge) -> CardSetup | None:
    """The last visit to the provider's page for this pledge, whatever came of it."""
    mine = select(CardSetup).where(CardSetup.reference == of_pledge(pledge.public_id))
    return db.session.scalars(mine.order_by(CardSetup.id.desc()).limit(1)).one_or_none()


def charges_of(pledges: Iterable[Pledge]) -> dict[str, Charge]:
    """The charge that took the money, by the pledge's public id; pledges of which nothing was taken are left out."""
    references = {of_pledge(each.public_id): each.public_id for each in pledges}
    taken = select(Charge).where(Charge.reference.in_(references), Charge.status == "succeeded")
    return {references[charge.reference]: charge for charge in db.session.scalars(taken)} if references else {}


def promised(pledge: Pledge, taken_at: datetime | None = None) -> Promised:
    """What the promise sentence must know of a pledge."""
    pending = None
    if pledge.pending_amount_minor is not None:
        pending = (Money(pledge.pending_amount_minor), Money(pledge.pending_tip_minor or 0))
    return Promised(
        status=pledge.status,
        amount=pledge.amount,
        tip=pledge.tip,
        collected=Money(pledge.collected_minor),
        pending=pending,
        taken_at=taken_at,
    )


def asked(campaign: Campaign, organisation: Organisation | None = None) -> Asked:
    """What the promise sentence must know of a campaign."""
    found = organisation or db.session.get(Organisation, campaign.organisation_id)
    assert found is not None
    assert campaign.closes_at is not None
    return Asked(
        status=campaign.status,
        title=campaign.title,
        organisation=found.name,
        target=campaign.target,
        closes_at=campaign.closes_at,
        grace_until=campaign.grace_until,
        grace_days=campaign.grace_days,
    )


def sentence_of(pledge: Pledge, campaign: Campaign, now: datetime) -> Sentence:
    """Where this pledge's money is, in the very words of its page; asks for the day it was taken where it was."""
    taken = charges_of([pledge]).get(pledge.public_id) if pledge.collected_minor or _was_taken(pledge) else None
    return promise_sentence(promised(pledge, taken.succeeded_at if taken else None), asked(campaign), now)


def pledges_of(user: User, *, at: str | None = None, size: int = 20) -> Page:
    """A stretch of a member's pledges with their campaigns, the latest first."""
    return page_of(
        _with_campaign().where(Pledge.user_id == user.id), (Pledge.id.desc(),), at=at, size=size, scalars=True
    )


def sentences_of(pledges: Iterable[Pledge], now: datetime) -> dict[int, Sentence]:
    """The sentences of many pledges (with their campaigns loaded), by number; one statement for the days of all of them."""
    listed = list(pledges)
    taken = charges_of(each for each in listed if _was_taken(each))
    return {
        each.id: promise_sentence(
            promised(each, taken[each.public_id].succeeded_at if each.public_id in taken else None),
            asked(each.campaign, each.campaign.organisation),
            now,
        )
        for each in listed
    }


def guest_pledges(email: str, now: datetime) -> list[Pledge]:
    """The pledges that a guest made with this address in the last two years, with their campaigns."""
    recent = Pledge.created_at > now - timedelta(days=730)
    mine = _with_campaign().where(Pledge.email == email, Pledge.user_id.is_(None), recent)
    return list(db.session.scalars(mine.order_by(Pledge.id.desc()).limit(20)))


def cards_that_end(now: datetime, *, within: timedelta, margin: timedelta) -> list[tuple[Pledge, PaymentMethod]]:
    """Standing pledges with their card whose campaign closes within a time, and whose card ends before `margin` after that."""
    ends = func.make_date(PaymentMethod.exp_year, PaymentMethod.exp_month, 1) + func.make_interval(0, 1)
    query = (
        select(Pledge, PaymentMethod)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .join(PaymentMethod, PaymentMethod.id == Pledge.payment_method_id)
        .where(Campaign.status == "live", Campaign.closes_at > now, Campaign.closes_at <= now + within)
        .where(Pledge.status == "authorised", Pledge.card_warned_at.is_(None), ends <= Campaign.closes_at + margin)
        .order_by(Pledge.id)
    )
    return [(each[0], each[1]) for each in db.session.execute(query)]


def _with_campaign() -> Select[Any]:
    return (
        select(Pledge)
        .join(Pledge.campaign)
        .join(Campaign.organisation)
        .options(contains_eager(Pledge.campaign).contains_eager(Campaign.organisation))
    )


def _was_taken(pledge: Pledge) -> bool:
    return pledge.status in ("collected", "partly_refunded", "refunded", "disputed")
