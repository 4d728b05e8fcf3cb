"""Schemes: written, proposed by one person, approved by another with a number, joined by campaigns, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.accounts.queries.organisations import role_in
from civic.core import audit
from civic.core.db import db, locked
from civic.core.errors import CivicError, Conflict, Forbidden
from civic.core.money import Money
from civic.core.states import IllegalMove, advance
from civic.crowdfund.actions import funders as campaign_funders
from civic.crowdfund.matching.actions import gifts
from civic.crowdfund.matching.models import MatchFunder, MatchPlace, MatchScheme
from civic.crowdfund.matching.queries import schemes as queries
from civic.crowdfund.matching.rules import terms as rules
from civic.crowdfund.matching.rules.terms import Formula
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries.campaigns import shared_lock
from civic.grants.actions import funds
from civic.grants.models import Fund
from civic.grants.queries import authority
from civic.grants.refusals import BeyondLimit, IsTheirOwn, NeedsSomebodyElse, NoDelegation
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.authority import lowest_for, reaches


class NotADraft(Conflict):
    """What was promised to backers stays as it is."""

    sentence = _l("This scheme is no longer a draft, so it cannot be changed. Nothing was saved.")


class Impossible(CivicError):
    """A formula that could never work; `faults` names fields and codes."""

    sentence, status = _l("With these numbers the rule cannot work. See what is said at the fields."), 422

    def __init__(self, faults: list[tuple[str, str]]):
        super().__init__()
        self.faults = faults


class NobodyPays(Conflict):
    """A scheme needs somebody who pays."""

    sentence = _l("Say who pays, and how much at most.")


class NotOpen(Conflict):
    """Only a campaign that takes pledges joins."""

    sentence, field = _l("Only campaigns that take pledges now can join."), "campaign"


class JoinedAlready(Conflict):
    """Once is enough, and who left does not come back."""

    sentence, field = _l("This campaign is or was in the scheme already."), "campaign"


@dataclass(frozen=True)
class Payer:
    """Who pays a part of a scheme: the fund it comes from, the name campaigns show, and how much at most of which kind."""

    fund: Fund
    name: str
    contribution: Money
    spending: str = "revenue"
    language: str = "en"


@dataclass(frozen=True)
class Plan:
    """What a scheme says of itself and how it works."""

    title: str
    summary: str
    language: str
    formula: Formula
    counts_past: bool = False


def make(slug: str, plan: Plan, *, by: Any, now: datetime) -> MatchScheme:
    """Begin a scheme; raises Impossible."""
    scheme = MatchScheme(slug=slug, created_by_id=by.id, created_at=now, **_facts(plan))
    db.session.add(scheme)
    db.session.flush()
    audit.record("match_scheme.made", on=scheme, by=by, now=now, after={"title": plan.title})
    return scheme


def change(scheme: MatchScheme, plan: Plan) -> None:
    """Write a draft anew; raises NotADraft, Impossible."""
    draft = _draft(scheme)
    for name, value in _facts(plan).items():
        setattr(draft, name, value)
    db.session.flush()


def set_funders(scheme: MatchScheme, payers: Sequence[Payer], *, now: datetime) -> None:
    """Say who pays; raises NotADraft. Each has a pot of its own, which is filled when the scheme is approved."""
    draft = _draft(scheme)
    for each in db.session.scalars(select(MatchFunder).where(MatchFunder.scheme_id == draft.id)):
        db.session.delete(each)
    db.session.flush()
    for position, payer in enumerate(payers):
        owner = f"scheme:{draft.id}:{payer.fund.id}:{position}"
        pot = funds.pot_for(payer.fund, owner, title=draft.title, language=draft.language, now=now)
        db.session.add(
            MatchFunder(
                scheme_id=draft.id,
                position=position,
                name=payer.name,
                language=payer.language,
                pot_id=pot.id,
                spending=payer.spending,
                contribution_minor=payer.contribution.minor,
            )
        )
    db.session.flush()
    db.session.expire(draft, ["funders"])


def propose(scheme: MatchScheme, *, why: str, by: Any, now: datetime) -> None:
    """Ask an approver; raises NobodyPays, Impossible, NotADraft."""
    draft = _draft(scheme)
    held = queries.held(draft.id)
    if not held.funders:
        raise NobodyPays()
    if faults := list(rules.faults(held.formula)):
        raise Impossible(faults)
    held.proposed_by_id, held.proposed_at, held.why = by.id, now, why
    advance(held, "propose", by=by, now=now, why=why)
    audit.record("match_scheme.proposed", on=held, by=by, now=now, why=why, after=_told(held))


def send_back(scheme: MatchScheme, *, why: str, by: Any, now: datetime) -> None:
    """Return a proposal, or take one's own back."""
    held = queries.held(scheme.id)
    advance(held, "return", by=by, now=now, why=why)
    audit.record("match_scheme.returned", on=held, by=by, now=now, why=why)


def approve(scheme: MatchScheme, *, number: str, by: Any, now: datetime) -> None:
    """Let it run: the money is set aside, and gifts to its campaigns are matched from now on.

    Raises NeedsSomebodyElse for who proposed it, IsTheirOwn for a member of an organisation in it, NoDelegation, BeyondLimit, NotEnough.
    """
    _hold_campaigns(scheme.id)
    held = queries.held(scheme.id)
    if held.status != "proposed":
        raise IllegalMove()
    if held.proposed_by_id == by.id:
        raise NeedsSomebodyElse("proposed")
    _must_be_apart(held, by)
    _must_reach(held, by)
    whole = queries.scheme_by_slug(held.slug)
    assert whole is not None
    for funder in sorted(whole.funders, key=lambda each: (each.pot.fund_id, each.pot_id)):
        given = Amounts.only(funder.spending, funder.contribution)
        funds.allot(funder.pot, given, why=number, by=by, now=now)
    held.approved_by_id, held.approved_at, held.decision_number = by.id, now, number
    advance(held, "approve", by=by, now=now, why=number)
    for place in queries.places_of(held.id):
        _begin(held, place, now)
    audit.record("match_scheme.approved", on=held, by=by, now=now, after=_told(held) | {"number": number})


def enrol(scheme: MatchScheme, campaign: Campaign, *, by: Any, now: datetime) -> MatchPlace:
    """Let a campaign join; raises NotOpen, JoinedAlready, IsTheirOwn for a member of its organisation."""
    campaign = shared_lock(campaign.id)
    held = queries.held(scheme.id)
    if held.status not in ("draft", "running"):
        raise IllegalMove()
    if role_in(campaign.organisation_id, by) is not None:
        raise IsTheirOwn()
    if not campaign.is_open(now):
        raise NotOpen()
    if queries.place_of(held.id, campaign.id) is not None:
        raise JoinedAlready()
    place = MatchPlace(scheme_id=held.id, campaign_id=campaign.id, added_by_id=by.id, added_at=now)
    db.session.add(place)
    db.session.flush()
    if held.status == "running":
        _begin(held, place, now)
    audit.record("match_scheme.enrolled", on=held, by=by, now=now, after={"campaign": campaign.id})
    return place


def take_out(scheme: MatchScheme, campaign: Campaign, *, why: str, by: Any, now: datetime) -> None:
    """Take a campaign out of a draft; of a running scheme only before anything of it was matched. Raises IllegalMove."""
    held = queries.held(scheme.id)
    place = queries.place_of(held.id, campaign.id)
    if place is None or place.status != "open" or (held.status != "draft" and place.matched_minor):
        raise IllegalMove()
    leave(held, place, by=by, now=now, why=why)
    if held.status == "draft":
        db.session.delete(place)
    audit.record("match_scheme.taken_out", on=held, by=by, now=now, why=why, after={"campaign": campaign.id})


def leave(scheme: MatchScheme, place: MatchPlace, *, by: Any | None, now: datetime, why: str) -> None:
    """A campaign is no longer in a held scheme: its match goes back to the pots, and others may have it."""
    if scheme.is_public:
        gifts.empty(scheme, place, now=now)
    advance(place, "leave", by=by, now=now, why=why)
    place.ended_at = now
    if scheme.is_public:
        gifts.rework(scheme, now=now)


def end(scheme: MatchScheme, *, why: str, by: Any, now: datetime) -> None:
    """Match no more gifts; what was matched stays as it was promised."""
    held = queries.held(scheme.id)
    advance(held, "end", by=by, now=now, why=why)
    held.ended_at = now
    audit.record("match_scheme.ended", on=held, by=by, now=now, why=why)


def discard(scheme: MatchScheme, *, by: Any, now: datetime) -> None:
    """Throw away what never ran."""
    held = queries.held(scheme.id)
    advance(held, "discard", by=by, now=now)
    audit.record("match_scheme.discarded", on=held, by=by, now=now)


def _begin(scheme: MatchScheme, place: MatchPlace, now: datetime) -> None:
    """Show every funder on the campaign, with nothing yet, and match what stood before where the scheme says so."""
    for funder in scheme.funders:
        campaign_funders.promise(
            place.campaign_id,
            kind="formula",
            source=gifts.source_of(funder),
            key=scheme.slug,
            funder=funder.name,
            language=funder.language,
            amount=Money(0),
            now=now,
        )
    if scheme.counts_past:
        gifts.take_in(scheme, place, now=now)


def _facts(plan: Plan) -> dict[str, Any]:
    if faults := list(rules.faults(plan.formula)):
        raise Impossible(faults)
    return {
        "title": plan.title,
        "summary": plan.summary,
        "language": plan.language,
        "kind": rules.kind_of(plan.formula),
        "terms": rules.kept(plan.formula),
        "counts_past": plan.counts_past,
    }


def _draft(scheme: MatchScheme) -> MatchScheme:
    draft: MatchScheme = locked(MatchScheme, scheme.id)
    if draft.status != "draft":
        raise NotADraft()
    return draft


def _hold_campaigns(scheme_id: int) -> None:
    """Campaigns first, then the scheme: the order in which everybody locks."""
    mine = select(MatchPlace.campaign_id).where(MatchPlace.scheme_id == scheme_id).order_by(MatchPlace.campaign_id)
    for campaign_id in db.session.scalars(mine).all():
        shared_lock(campaign_id)


def _must_be_apart(scheme: MatchScheme, by: Any) -> None:
    bodies = select(Campaign.organisation_id).join(MatchPlace, MatchPlace.campaign_id == Campaign.id)
    for organisation_id in db.session.scalars(bodies.where(MatchPlace.scheme_id == scheme.id).distinct()).all():
        if role_in(organisation_id, by) is not None:
            raise IsTheirOwn()


def _must_reach(scheme: MatchScheme, by: Any) -> None:
    """The whole pot is what is decided about, as if it were one award."""
    grade, total = authority.held_by(by.id), queries.terms_of(scheme).pot
    if grade is None:
        raise NoDelegation()
    if not reaches(grade, total):
        needed = lowest_for(authority.grades(), total)
        raise BeyondLimit(grade.limit or Money(0), needed.title if needed else None)


def _told(scheme: MatchScheme) -> dict[str, Any]:
    payers = [[each.name, each.spending, each.contribution_minor] for each in scheme.funders]
    return {"kind": scheme.kind, "terms": scheme.terms, "funders": payers}


def may_not_act(scheme: MatchScheme, person: Any) -> bool:
    """Whether somebody belongs to an organisation whose campaign is in the scheme."""
    try:
        _must_be_apart(scheme, person)
    except Forbidden:
        return True
    return False
