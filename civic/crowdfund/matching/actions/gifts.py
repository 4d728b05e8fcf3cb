"""Gifts as they come, change and go: matched at once, reserved at once, and given back at once, always as if worked out from nothing.

Lock order: campaign, pledge, schemes by number, awards, pots, sums. Whoever holds a scheme takes no lock on another campaign.
"""

import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, select, update

from civic.accounts.models import User
from civic.core.db import db, locked
from civic.core.money import Money
from civic.core.tokens import key_for
from civic.crowdfund.actions import funders
from civic.crowdfund.matching.choices import STANDING
from civic.crowdfund.matching.models import MatchEntry, MatchFunder, MatchPart, MatchPlace, MatchScheme
from civic.crowdfund.matching.queries import schemes as queries
from civic.crowdfund.matching.queries import workings
from civic.crowdfund.matching.queries.workings import source_of
from civic.crowdfund.matching.rules.changes import Difference, after_close, difference
from civic.crowdfund.matching.rules.gifts import Gift, follow, lowered, next_moment
from civic.crowdfund.matching.rules.traces import plain_address
from civic.crowdfund.matching.rules.working import Entry, append, working
from civic.crowdfund.models import Campaign, CampaignMatch, Pledge
from civic.crowdfund.rules.counting import for_campaign
from civic.grants.actions import awards, books
from civic.grants.models import Award
from civic.grants.queries.funds import balances
from civic.grants.rules.amounts import Amounts

NOTHING = Money(0)


def gift_changed(campaign_id: int, pledge_id: int, *, now: datetime) -> None:
    """A backer's gift stands, stands with another amount, or stands no more: every scheme of the campaign follows."""
    held = queries.held_of_campaign(campaign_id)
    if not held:
        return
    pledge, address = db.session.execute(
        select(Pledge, User.email).outerjoin(User, User.id == Pledge.user_id).where(Pledge.id == pledge_id)
    ).one()
    for scheme in held:
        place = queries.place_of(scheme.id, campaign_id)
        if place is not None:
            _follow(scheme, place, pledge, address or pledge.email, now)


def standing(pledge: Pledge) -> Money:
    """What of a gift stands, without the tip: nothing before its card is saved, and what is left of it after a refund."""
    if pledge.status not in STANDING:
        return NOTHING
    if pledge.status in ("partly_refunded", "disputed"):
        return Money(min(pledge.amount_minor, for_campaign(pledge.collected_minor, pledge.tip_minor)))
    return pledge.amount


def person_of(address: str) -> str:
    """The same for all gifts of one address, with or without an account; from it nobody can be recognised."""
    return hmac.new(key_for("match"), plain_address(address).encode(), sha256).hexdigest()[:24]


def _follow(scheme: MatchScheme, place: MatchPlace, pledge: Pledge, address: str, now: datetime) -> None:
    parts = workings.parts_of(scheme.id, pledge.id)
    may_rise = scheme.status == "running" and place.status == "open"
    if not parts and not may_rise:
        return
    moment = next_moment(now, scheme.last_part_at)
    stands = Gift(pledge.id, place.campaign_id, person_of(address), standing(pledge), moment)
    fresh = follow(parts, stands) if may_rise else lowered(parts, stands.amount)
    if fresh == parts:
        return
    _write_parts(scheme, parts, fresh)
    if place.status != "open":
        after(scheme, place, now=now)
    elif fresh[: len(parts)] == parts and not _follow_pots(scheme):
        _append(scheme, place, fresh[-1], now)
    else:
        rework(scheme, now=now)


def _write_parts(scheme: MatchScheme, before: Sequence[Gift], after: Sequence[Gift]) -> None:
    gone = before[len(after) :]
    if gone:
        mine = (MatchPart.scheme_id == scheme.id) & (MatchPart.pledge_id == gone[0].id)
        db.session.execute(delete(MatchPart).where(mine, MatchPart.part >= gone[0].part))
    for old, new in zip(before, after, strict=False):
        if old != new:
            mine = (MatchPart.scheme_id == scheme.id) & (MatchPart.pledge_id == new.id) & (MatchPart.part == new.part)
            db.session.execute(update(MatchPart).where(mine).values(amount_minor=new.amount.minor))
    added = [_part_row(scheme, part) for part in after[len(before) :]]
    if added:
        db.session.execute(insert(MatchPart), added)
        scheme.last_part_at = max(part.since for part in after[len(before) :])
        db.session.flush()


def _part_row(scheme: MatchScheme, part: Gift) -> dict[str, Any]:
    return {
        "scheme_id": scheme.id,
        "pledge_id": part.id,
        "part": part.part,
        "campaign_id": part.campaign,
        "person": part.person,
        "amount_minor": part.amount.minor,
        "before_minor": part.before.minor,
        "since": part.since,
        "is_excluded": part.is_excluded,
        "why_excluded": "",
    }


def take_in(scheme: MatchScheme, place: MatchPlace, *, now: datetime) -> None:
    """Match the gifts that stood already when a campaign joined, in the order in which they were promised."""
    rows = db.session.execute(
        select(Pledge, User.email)
        .outerjoin(User, User.id == Pledge.user_id)
        .where(Pledge.campaign_id == place.campaign_id, Pledge.status.in_(STANDING))
        .order_by(Pledge.authorised_at, Pledge.id)
    ).all()
    for pledge, address in rows:
        _follow(scheme, place, pledge, address or pledge.email, now)


# The next gift, at the same cost whatever came before.


def _append(scheme: MatchScheme, place: MatchPlace, gift: Gift, now: datetime) -> None:
    target = db.session.scalar(select(Campaign.target_minor).where(Campaign.id == place.campaign_id)) or 0
    state = workings.state_for(scheme, place, gift, Money(target))
    is_new = not state.campaigns[gift.campaign].given_by.get(gift.person)
    entry = append(state, gift)
    if not gift.is_excluded:
        place.given_minor += gift.amount.minor
        place.backers += is_new
    if entry is not None:
        db.session.execute(insert(MatchEntry), [_entry_row(scheme, entry)])
        place.matched_minor += entry.amount.minor
        place.has_sum = place.has_sum or entry.is_sum
    db.session.flush()
    if entry is not None and entry.amount:
        _pay(scheme, [place.campaign_id], now)


# The whole working.


def rework(scheme: MatchScheme, *, now: datetime) -> Difference:
    """Work everything out from nothing for campaigns that are open, and change what differs; what closed campaigns got stays."""
    _follow_pots(scheme)
    gifts = workings.gifts_of(scheme.id, place="open")
    settled = workings.entries_of(scheme.id, place="closed")
    fresh = working(queries.terms_of(scheme), gifts, workings.targets_of(scheme.id), settled)
    changes = difference(workings.entries_of(scheme.id, place="open"), fresh.entries)
    _apply(scheme, changes, now)
    _keep_sums(scheme, gifts, fresh.entries)
    return changes


def after(scheme: MatchScheme, place: MatchPlace, *, now: datetime) -> Difference:
    """A gift to a campaign that has closed became less: its match goes back with it, and nothing rises."""
    stored = workings.entries_of(scheme.id, place="closed", campaign_id=place.campaign_id)
    gifts = workings.gifts_of(scheme.id, place="closed", campaign_id=place.campaign_id)
    changes = difference(stored, after_close(queries.terms_of(scheme), stored, gifts))
    _apply(scheme, changes, now)
    place.matched_minor = sum(entry.amount.minor for entry in stored) - _less(changes)
    if changes:
        rework(scheme, now=now)  # what went back may now reach gifts to campaigns that are open
    return changes


def empty(scheme: MatchScheme, place: MatchPlace, *, now: datetime) -> None:
    """A campaign leaves: everything it was matched with goes back, and others may have it."""
    mine = (MatchEntry.scheme_id == scheme.id) & (MatchEntry.campaign_id == place.campaign_id)
    db.session.execute(delete(MatchEntry).where(mine))
    _pay(scheme, [place.campaign_id], now)
    theirs = (MatchPart.scheme_id == scheme.id) & (MatchPart.campaign_id == place.campaign_id)
    db.session.execute(delete(MatchPart).where(theirs))
    place.given_minor = place.backers = place.matched_minor = 0
    place.has_sum = False
    for funder in scheme.funders:
        funders.release(place.campaign_id, source_of(funder), now=now)


def _less(changes: Difference) -> int:
    return sum((before.amount - new.amount).minor for before, new in changes.changed) + sum(
        entry.amount.minor for entry in changes.removed
    )


def _apply(scheme: MatchScheme, changes: Difference, now: datetime) -> None:
    for entry in changes.removed:
        db.session.execute(delete(MatchEntry).where(_is(scheme, entry)))
    for _, entry in changes.changed:
        values = _entry_row(scheme, entry)
        db.session.execute(update(MatchEntry).where(_is(scheme, entry)).values(values))
    if changes.added:
        db.session.execute(insert(MatchEntry), [_entry_row(scheme, entry) for entry in changes.added])
    if changes:
        _pay(scheme, changes.campaigns, now)


def _is(scheme: MatchScheme, entry: Entry) -> Any:
    mine = (MatchEntry.scheme_id == scheme.id) & (MatchEntry.campaign_id == entry.campaign)
    if entry.is_sum:
        return mine & MatchEntry.is_sum
    return mine & ~MatchEntry.is_sum & (MatchEntry.pledge_id == entry.gift) & (MatchEntry.part == entry.part)


def _entry_row(scheme: MatchScheme, entry: Entry) -> dict[str, Any]:
    return {
        "scheme_id": scheme.id,
        "campaign_id": entry.campaign,
        "pledge_id": entry.gift,
        "part": entry.part,
        "is_sum": entry.is_sum,
        "person": entry.person,
        "since": entry.since,
        "full_minor": entry.full.minor,
        "amount_minor": entry.amount.minor,
        "cap": entry.cap,
        "shares": {str(funder): share.minor for funder, share in entry.shares.items()},
    }


def _keep_sums(scheme: MatchScheme, gifts: Sequence[Gift], entries: Sequence[Entry]) -> None:
    """What the next gift needs to know of each open campaign."""
    places = select(MatchPlace).where(MatchPlace.scheme_id == scheme.id, MatchPlace.status == "open")
    for place in db.session.scalars(places.order_by(MatchPlace.id)):
        mine = [gift for gift in gifts if gift.campaign == place.campaign_id and not gift.is_excluded]
        given = [entry for entry in entries if entry.campaign == place.campaign_id]
        place.given_minor = sum(gift.amount.minor for gift in mine)
        place.backers = len({gift.person for gift in mine})
        place.matched_minor = sum(entry.amount.minor for entry in given)
        place.has_sum = any(entry.is_sum for entry in given)
    db.session.flush()


# Who pays: reserved in the pots, shown on the campaigns.


def _follow_pots(scheme: MatchScheme) -> bool:
    """Promise no more than the pots hold: what was paid for a gift that went back later is out until it is returned.

    The pots are held, so that nobody takes out what is promised next; whoever comes here locks no award any more. Tells whether
    there is more or less to give than there was, so that everything must be worked out anew.
    """
    held = balances([funder.pot_id for funder in scheme.funders], hold=True)
    before = [funder.missing_minor for funder in scheme.funders]
    for funder in scheme.funders:
        there = getattr(held[funder.pot_id].left, funder.spending).minor if funder.pot_id in held else 0
        funder.missing_minor = max(funder.contribution_minor - funder.charged_minor - there, 0)
    db.session.flush()
    return before != [funder.missing_minor for funder in scheme.funders]


def _pay(scheme: MatchScheme, campaigns: Iterable[int], now: datetime) -> None:
    """Bring reservations (or awards that grew out of them), what campaigns show and what funders are charged to the entries."""
    mine = sorted(campaigns)
    shares = workings.shares_of(scheme.id, mine)
    rows = {(row.campaign_id, row.source): row for row in workings.shown_of(scheme, mine)}
    for funder in sorted(scheme.funders, key=lambda each: (each.pot_id, each.id)):
        due = [(rows[each, source_of(funder)], shares.get((each, funder.id), NOTHING)) for each in mine]
        for row, amount in sorted(
            due, key=lambda each: each[1] - each[0].amount
        ):  # what goes back may be given to others at once
            if row.amount != amount:
                _hold_back(funder, row, amount, now)
    charged = {funder.id: funder.charged_minor for funder in scheme.funders}
    for campaign_id in mine:
        for funder in scheme.funders:
            amount = shares.get((campaign_id, funder.id), NOTHING)
            if rows[campaign_id, source_of(funder)].amount != amount:
                before = funders.follow_rule(campaign_id, source_of(funder), amount)
                charged[funder.id] += (amount - before).minor
    for funder in scheme.funders:
        funder.charged_minor = charged[funder.id]
    db.session.flush()


def _hold_back(funder: MatchFunder, row: CampaignMatch, amount: Money, now: datetime) -> None:
    wanted, award = Amounts.only(funder.spending, amount), award_of(row)
    if award is None:
        books.reserve(funder.pot_id, reservation_of(funder, row.campaign_id), wanted, now=now, memo=row.funder)
    else:  # a decision may have made it smaller already, and no rule makes it larger
        award = locked(Award, award.id)
        least = min(amount, getattr(award.amounts, funder.spending))
        awards.correct(award, Amounts.only(funder.spending, least), now=now, why="a gift went back")


def award_of(row: CampaignMatch) -> Award | None:
    """The award that a funder's match grew into once the campaign was secured."""
    mine = select(Award).where(Award.subject == subject_of(row), Award.basis == "formula")
    return db.session.scalars(mine).one_or_none()


def subject_of(row: CampaignMatch) -> str:
    """What a funder's match for a campaign is called where it is agreed and paid."""
    return f"match:{row.id}"


def reservation_of(funder: MatchFunder, campaign_id: int) -> str:
    """Under which name its money for one campaign is held back in the pot."""
    return f"funder:{funder.id}:campaign:{campaign_id}"
