"""The demo's campaigns: real projects of the past with their known sums, and one in every state today. Example data, and labelled so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from civic.accounts.actions import organisations
from civic.accounts.models import Organisation, OrganisationMember, User
from civic.core import clock
from civic.core.db import db, transaction
from civic.crowdfund import jobs, seed_planting
from civic.crowdfund.importing.loading import load
from civic.crowdfund.importing.reading import read
from civic.crowdfund.models import Campaign
from civic.crowdfund.seed_content import current, past
from civic.crowdfund.seed_content.current import Current
from civic.payments import providers
from civic.payments.engine import copying, run

Person = tuple[int, str, str]
"""The number of an account, its display name and its address."""
NOBODY: Person = (0, "", "")
"""A guest stands here."""

FAILING = {
    current.PALM_HOUSE.slug: ("poor", "always_asks", "stolen", "fails", "slow"),
    current.NIGHT_KITCHEN.slug: ("fails",) * 3 + ("stolen", "poor"),
}
"""Test cards of the last backers, so that there is something to mend."""
MEMBERS_PLACE = {current.KINGS_CRESCENT.slug: 0, current.EAST_STREET.slug: 0, current.PALM_HOUSE.slug: -2}
"""Which backer is the member whose sign-in is printed: two promises that stand, and one whose card needs them."""


def is_planted() -> bool:
    """Whether the demo's campaigns are there."""
    return db.session.scalar(select(Campaign.id).where(Campaign.slug == current.EAST_STREET.slug)) is not None


def plant(*, officer: User, people: Sequence[Person], now: datetime) -> Iterator[str]:
    """Campaigns of the past and of today; what must have happened already is done by the same jobs that do it in life."""
    with transaction():
        number = _past(now)
    yield f"{number} real campaigns of 2015 to 2021, with the sums that public sources give"
    with current_app.test_request_context("/en/"):
        for planned in current.CURRENT:
            with transaction():
                _one(planned, officer, people, now)
        yield f"{len(current.CURRENT)} campaigns of today, from a draft to one that ended at 96 %"
        _let_time_pass(now)
    yield "cards charged, refused and mended at the sandbox, as far as each campaign has come"


def _past(now: datetime) -> int:
    told = [
        {
            "key": each.key,
            "title": each.title,
            "summary": each.summary,
            "organisation": each.organisation,
            "borough": each.borough,
            "kind": each.kind,
            "impacts": each.impacts,
            "outcome": each.outcome,
            "target": str(each.target),
            "raised": str(each.raised),
            "mayors_pledge": str(each.mayor),
            "other_funds": str(each.other),
            "backers": str(each.backers),
            "closed": each.closed.isoformat(),
            "source": each.source,
            "note": each.note,
        }
        for each in past.PAST
    ]
    new = load([read(line) for line in told], imported_from="", now=now)
    for campaign in db.session.scalars(select(Campaign).where(Campaign.external_key.in_(new))):
        seed_planting.cover(campaign, now=now)
    return len(new)


def _one(planned: Current, officer: User, people: Sequence[Person], now: datetime) -> None:
    begun = now - timedelta(days=planned.begun)
    organisation, owner = _organisation(planned, officer, people, begun)
    campaign = seed_planting.write(planned, organisation, by=owner, now=begun)
    if planned.state == "draft":
        return
    if planned.state == "in_review":
        seed_planting.send_in(campaign, planned, by=owner, now=begun)
        return
    seed_planting.open_to_pledges(campaign, planned, by=owner, officer=officer, now=begun)
    end = min(now, now + timedelta(days=planned.days)) - timedelta(hours=2)
    backers = [each for each in people if each[0] != owner.id]
    start = len(planned.title) % 7 * 40
    crowd = backers[start : start + planned.backers * 2 // 3]
    cards = FAILING.get(planned.slug, ())
    if planned.slug in MEMBERS_PLACE:
        place = MEMBERS_PLACE[planned.slug] % planned.backers
        crowd = [each for each in crowd if each != people[-1]]
        crowd += [NOBODY] * (place + 1 - len(crowd))
        crowd[place] = people[-1]
    seed_planting.pledges(campaign, planned, crowd, cards=cards, begin=begun, end=end)
    seed_planting.talk(campaign, planned, [each[0] for each in backers], by=owner, now=now)


def _organisation(
    planned: Current, officer: User, people: Sequence[Person], now: datetime
) -> tuple[Organisation, User]:
    """The organisation that runs a campaign, verified and able to be paid; its owner."""
    found = db.session.scalar(select(Organisation).where(Organisation.name == planned.organisation))
    if found is None:
        owner = db.session.get_one(User, people[len(planned.slug)][0])
        about = {"kind": planned.organisation_kind, "registration_number": "", "language": "en"}
        about["governance"] = "A committee of five, elected once a year by everybody who takes part."
        found = organisations.found(name=planned.organisation, **about, by=owner, now=now)
        organisations.submit(found, by=owner, now=now)
        organisations.decide(found, "verify", by=officer, why="Example data.", now=now)
    owner_id = db.session.scalar(
        select(OrganisationMember.user_id)
        .where(OrganisationMember.organisation_id == found.id)
        .order_by(OrganisationMember.id)
    )
    if _is_not_registered(found):
        seed_planting.register(found, now=now)
    return found, db.session.get_one(User, owner_id)


def _is_not_registered(organisation: Organisation) -> bool:
    from civic.payments.models import Payee

    return db.session.scalar(select(Payee.id).where(Payee.organisation_id == organisation.id)) is None


def _let_time_pass(now: datetime) -> None:
    """Live through what should be over by now, moment by moment: closings, charges, retries, the end of grace, fees."""
    config: Any = current_app.config
    usual, config["CHARGE_RATE"] = config["CHARGE_RATE"], 1000
    current_app.extensions.pop("payments_pace", None)
    moments = sorted({now - timedelta(days=days) for days in (20, 19, 12, 11, 9, 8, 5, 4, 2, 1)} | {_last_night(now)})
    try:
        for moment in [*moments, now]:
            with clock.at(moment):
                _one_moment()
    finally:
        config["CHARGE_RATE"] = usual
        current_app.extensions.pop("payments_pace", None)


def _last_night(now: datetime) -> datetime:
    """Just after last midnight in London, when yesterday's campaigns close."""
    return clock.london_minute(clock.london_today(now), "00:01")


def _one_moment() -> None:
    jobs.take_steps()
    run.work(threads=1)
    provider: Any = providers.current()
    provider.let_time_pass()
    copying.copy(clock.now())
    jobs.take_steps()
