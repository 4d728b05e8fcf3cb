"""Promising money: made, raised, lowered and cancelled until the close; nothing of it is money yet.

Lock order: campaign (shared), then pledge, then its total; the close takes the campaign alone.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update

from civic.accounts.models import Organisation, User
from civic.accounts.queries.organisations import role_in
from civic.core.db import db
from civic.core.errors import CivicError, Conflict, Forbidden
from civic.core.money import GBP, Money
from civic.core.states import IllegalMove, advance, advance_all
from civic.crowdfund.actions import gift_aid, telling, totals
from civic.crowdfund.models import Campaign, Pledge, PledgeConsent
from civic.crowdfund.queries import pledges as queries
from civic.crowdfund.queries.campaigns import shared_lock
from civic.crowdfund.rules import pledging, references
from civic.crowdfund.rules.gift_aid import Donor
from civic.crowdfund.rules.promise import CONSENT_VERSION, Promised, Sentence, consent_sentence
from civic.payments.actions import setups
from civic.payments.events import CardNotWanted, CardSaved, CardSetupEnded
from civic.payments.models import CardSetup

ABANDONED_AFTER = timedelta(hours=24)


class CampaignClosed(CivicError):
    """The campaign's time is over, or has not begun."""

    sentence, status = _l("This campaign is not taking pledges now. Nothing was taken."), 409


class OwnCampaign(Forbidden):
    """Whoever runs a campaign does not back it."""

    sentence = _l("You are a member of the organisation that runs this campaign, so you cannot pledge to it.")


class AlreadyPledged(Conflict):
    """One pledge a person and campaign: a second wish raises the first."""

    sentence = _l("You have a pledge to this campaign already. You can raise it.")


class NotAnAmount(CivicError):
    """An amount that cannot be promised; no page of ours sends one."""

    sentence, status = _l("This amount cannot be pledged. Nothing was saved."), 422


class TooManyCards(CivicError):
    """Many cards in a short time are somebody trying out stolen ones."""

    sentence = _l("Several cards were not accepted. To protect card holders, wait a day before you try another one.")
    status = 429


@dataclass(frozen=True)
class Wish:
    """What somebody would like to promise, and how they want to be shown."""

    amount: Money
    tip: Money = GBP(0)  # noqa: RUF009 - money never changes
    is_anonymous: bool = True
    shown_name: str = ""
    message: str = ""


@dataclass(frozen=True)
class Backer:
    """Who promises, in which language, and what is kept as evidence that they did."""

    user: User | None
    email: str
    language: str
    ip: str = ""
    user_agent: str = ""


def pledge(
    campaign: Campaign,
    wish: Wish,
    *,
    backer: Backer,
    donor: Donor | None = None,
    held: Iterable[str] = (),
    now: datetime,
) -> tuple[Pledge, CardSetup]:
    """Promise money to a campaign and begin to save a card; the promise counts once the card is saved.

    `held` are pledges that a guest's browser remembers. A promise whose card was never saved is made anew with the new wish.
    Raises CampaignClosed, OwnCampaign, AlreadyPledged, NotAnAmount or TooManyCards.
    """
    # The session knows it already from the page; held, it is not asked for again after the lock.
    organisation = db.session.get(Organisation, campaign.organisation_id)
    campaign = shared_lock(campaign.id)
    _check(campaign, backer, wish.amount, wish.tip, now)
    _one_at_a_time(campaign, backer)
    made = queries.held_by(campaign.id, backer.user, held)
    if made is not None and made.status != "awaiting_card":
        raise AlreadyPledged(location=url_for("crowdfund.show_pledge", public_id=made.public_id))
    is_new = made is None
    if made is None:
        made = Pledge(public_id=secrets.token_hex(16), campaign_id=campaign.id, created_at=now)
        made.user_id, made.status, made.setups = getattr(backer.user, "id", None), "awaiting_card", 0
        db.session.add(made)
    made.email, made.language = backer.email, backer.language
    made.amount_minor, made.tip_minor = wish.amount.minor, wish.tip.minor
    made.is_anonymous, made.shown_name, made.message = wish.is_anonymous, _shown(wish), wish.message
    setup = _visit(made, campaign, wish.amount, wish.tip, backer=backer, now=now)
    if donor is not None or not is_new:
        gift_aid.redeclare(made, campaign, donor, now=now)
    assert organisation is not None
    return made, setup


def try_again(pledge: Pledge, *, backer: Backer, now: datetime) -> CardSetup:
    """Begin to save a card once more: for what was promised, for the higher amount that waits, or in place of the old card."""
    campaign, pledge = _hold(pledge)
    amount, tip = pledge.amount, pledge.tip
    if pledge.status == "authorised" and pledge.pending_amount_minor is not None:
        amount, tip = Money(pledge.pending_amount_minor), Money(pledge.pending_tip_minor or 0)
    elif pledge.status not in pledging.CHANGEABLE:
        raise IllegalMove()
    _check(campaign, backer, amount, tip, now)
    return _visit(pledge, campaign, amount, tip, backer=backer, now=now)


def change(pledge: Pledge, amount: Money, tip: Money, *, backer: Backer, now: datetime) -> CardSetup | None:
    """Raise or lower a promise until the close, with a consent of its own.

    More than was agreed to needs the card again: then the visit comes back, and the old promise stands until it is saved.
    """
    campaign, pledge = _hold(pledge)
    _check(campaign, backer, amount, tip, now)
    if pledge.status not in pledging.CHANGEABLE:
        raise IllegalMove()
    if pledge.status == "awaiting_card":
        pledge.amount_minor, pledge.tip_minor = amount.minor, tip.minor
        return _visit(pledge, campaign, amount, tip, backer=backer, now=now)
    if pledging.needs_card(pledge.total, amount + tip):
        pledge.pending_amount_minor, pledge.pending_tip_minor = amount.minor, tip.minor
        return _visit(pledge, campaign, amount, tip, backer=backer, now=now)
    _consent(pledge, campaign, amount, tip, backer=backer, now=now)
    _become(pledge, amount, tip)
    telling.tell_one(pledge, "pledge_changed")
    return None


def keep_as_it_was(pledge: Pledge) -> None:
    """Give up a raise that waits for its card."""
    _, pledge = _hold(pledge)
    pledge.pending_amount_minor = pledge.pending_tip_minor = None


def cancel(pledge: Pledge, *, by: User | None, now: datetime) -> None:
    """Take a promise back before the close; the card is let go. Raises CampaignClosed after it."""
    campaign, pledge = _hold(pledge)
    if not campaign.is_open(now):
        raise CampaignClosed()
    _end(pledge, by=by, now=now)
    telling.tell_one(pledge, "pledge_cancelled")


def present(pledge: Pledge, *, is_anonymous: bool, shown_name: str, message: str) -> None:
    """Change how a backer is shown, at any time; a message that staff have hidden stays hidden."""
    pledge.is_anonymous, pledge.message = is_anonymous, message
    pledge.shown_name = "" if is_anonymous else shown_name


# What payments tells.


def card_saved(event: CardSaved, now: datetime) -> None:
    """A card was saved: the promise stands, if the campaign is still open and the card is for exactly this amount.

    Raises CardNotWanted otherwise; the close itself refuses whoever came too late.
    """
    found = _of(event.reference)
    if found is None:
        return
    campaign, pledge = _hold(found)
    if not campaign.is_open(now):
        raise CardNotWanted("the campaign has closed")
    if pledge.status == "awaiting_card" and event.amount == pledge.total:
        _stand(pledge, event.payment_method_id, now)
        telling.tell_one(pledge, "pledge_promised", others=queries.others_of(pledge))
    elif pledge.status == "authorised" and event.amount == _pending_total(pledge):
        _swap(pledge, event.payment_method_id, now)
        _become(pledge, Money(pledge.pending_amount_minor or 0), Money(pledge.pending_tip_minor or 0))
        telling.tell_one(pledge, "pledge_changed")
    elif pledge.status == "authorised" and event.amount == pledge.total:
        _swap(pledge, event.payment_method_id, now)
    else:
        raise CardNotWanted("it was saved for something else by now")


def card_ended(event: CardSetupEnded, now: datetime) -> None:
    """A visit ended without a card: a raise that waited for it is over, and what was promised before stands."""
    found = _of(event.reference)
    if found is None or found.pending_amount_minor is None:
        return
    _, pledge = _hold(found)
    if queries.open_visit(pledge) is None:
        pledge.pending_amount_minor = pledge.pending_tip_minor = None


def attach(user_id: int) -> int:
    """Give the pledges that a guest made with an address to the account that has shown it is theirs; tells how many.

    Not those to campaigns of the person's own organisations: nobody backs their own.
    """
    user = db.session.get(User, user_id)
    if user is None or user.email_confirmed_at is None:
        return 0
    mine = select(Pledge).where(Pledge.email == user.email, Pledge.user_id.is_(None)).with_for_update()
    attached = 0
    for each in db.session.scalars(mine.order_by(Pledge.id)).all():
        organisation_id = db.session.scalar(select(Campaign.organisation_id).where(Campaign.id == each.campaign_id))
        if organisation_id is not None and role_in(organisation_id, user) is None:
            each.user_id = user.id
            attached += 1
    return attached


def abandon(now: datetime) -> int:
    """End promises for which no card was saved within a day; tells how many."""
    visit = select(CardSetup.id).where(
        CardSetup.reference == func.concat("pledge:", Pledge.public_id), CardSetup.status == "open"
    )
    old = (Pledge.created_at < now - ABANDONED_AFTER) & (Pledge.status == "awaiting_card") & ~visit.exists()
    ended = advance_all(Pledge, "abandon", where=old, by=None, now=now)
    done = update(Pledge).where(Pledge.id.in_(ended)).values(ended_at=now)
    db.session.execute(done.execution_options(synchronize_session=False))
    return len(ended)


# One step each.


def consent_to(campaign: Campaign, amount: Money, tip: Money) -> Sentence:
    """The sentence that a backer agrees to, as it is shown before the button and kept after it."""
    promised = Promised(status="awaiting_card", amount=amount, tip=tip)
    return consent_sentence(promised, queries.asked(campaign), charged_by=current_app.config["SITE_NAME"])


def end_for_good(pledge: Pledge, *, now: datetime) -> None:
    """End whatever promise can still be ended, for somebody who is erased."""
    _, pledge = _hold(pledge)
    if pledge.status in pledging.CHANGEABLE:
        _end(pledge, by=None, now=now)


def _end(pledge: Pledge, *, by: Any, now: datetime) -> None:
    before = totals.sums_of(pledge)
    advance(pledge, "cancel", by=by, now=now)
    pledge.ended_at, pledge.pending_amount_minor, pledge.pending_tip_minor = now, None, None
    totals.follow(pledge, before)
    gift_aid.forget_of(pledge)
    if pledge.payment_method_id is not None:
        setups.let_go([pledge.payment_method_id], now=now)


def _check(campaign: Campaign, backer: Backer, amount: Money, tip: Money, now: datetime) -> None:
    if not campaign.is_open(now):
        raise CampaignClosed()
    if backer.user is not None and role_in(campaign.organisation_id, backer.user) is not None:
        raise OwnCampaign()
    if pledging.problem(amount, tip, most=most()):
        raise NotAnAmount()
    yesterday = now - timedelta(days=1)
    if queries.failed_visits(user=backer.user, email=backer.email, since=yesterday) >= pledging.MOST_FAILED:
        raise TooManyCards()


def most() -> Money:
    """The most that one backer may promise to one campaign."""
    return GBP(current_app.config["PLEDGE_MAXIMUM"])


def _one_at_a_time(campaign: Campaign, backer: Backer) -> None:
    """Two presses of a member's button wait for each other; a guest's browser is all that is known of a guest."""
    if backer.user is None:
        return
    who = f"pledge {campaign.id} {backer.user.id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(who, 0))))


def _hold(pledge: Pledge) -> tuple[Campaign, Pledge]:
    campaign = shared_lock(pledge.campaign_id)
    return campaign, queries.pledge_lock(pledge.id)


def _of(reference: str) -> Pledge | None:
    public_id = references.pledge_named(reference)
    return db.session.scalars(select(Pledge).where(Pledge.public_id == public_id)).one_or_none() if public_id else None


def _pending_total(pledge: Pledge) -> Money | None:
    if pledge.pending_amount_minor is None:
        return None
    return Money(pledge.pending_amount_minor + (pledge.pending_tip_minor or 0))


def _stand(pledge: Pledge, payment_method_id: int, now: datetime) -> None:
    before = totals.sums_of(pledge)
    pledge.payment_method_id, pledge.authorised_at = payment_method_id, now
    advance(pledge, "authorise", by=None, now=now)
    totals.follow(pledge, before)


def _swap(pledge: Pledge, payment_method_id: int, now: datetime) -> None:
    old, pledge.payment_method_id, pledge.card_warned_at = pledge.payment_method_id, payment_method_id, None
    if old is not None and old != payment_method_id:
        setups.let_go([old], now=now)


def _become(pledge: Pledge, amount: Money, tip: Money) -> None:
    before = totals.sums_of(pledge)
    pledge.amount_minor, pledge.tip_minor = amount.minor, tip.minor
    pledge.pending_amount_minor = pledge.pending_tip_minor = None
    totals.follow(pledge, before)


def _shown(wish: Wish) -> str:
    return "" if wish.is_anonymous else wish.shown_name


def _visit(
    pledge: Pledge, campaign: Campaign, amount: Money, tip: Money, *, backer: Backer, now: datetime
) -> CardSetup:
    """The consent and the visit to the provider's page, together or not at all."""
    if pledge.setups >= pledging.MOST_SETUPS:
        raise TooManyCards()
    pledge.setups += 1
    db.session.flush()
    consent = _consent(pledge, campaign, amount, tip, backer=backer, now=now)
    here = url_for("crowdfund.show_pledge", public_id=pledge.public_id)
    return setups.begin(
        key=f"pledge-{pledge.id}-setup-{pledge.setups}",
        reference=references.of_pledge(pledge.public_id),
        amount=amount + tip,
        consent=consent.text,
        language=backer.language,
        description=campaign.title,
        return_path=here,
        cancel_path=here,
        person=backer.user,
        email=backer.email,
        now=now,
    )


def _consent(
    pledge: Pledge, campaign: Campaign, amount: Money, tip: Money, *, backer: Backer, now: datetime
) -> PledgeConsent:
    consent = PledgeConsent(
        pledge_id=pledge.id,
        amount_minor=amount.minor,
        tip_minor=tip.minor,
        text=str(consent_to(campaign, amount, tip)),
        text_version=CONSENT_VERSION,
        language=backer.language,
        given_at=now,
        ip=backer.ip,
        user_agent=backer.user_agent[:300],
    )
    db.session.add(consent)
    db.session.flush()
    return consent
