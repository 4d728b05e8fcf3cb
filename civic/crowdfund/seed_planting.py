"""How the demo's campaigns are planted: written and checked like any other, with saved test cards at the sandbox."""

import io
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert
from werkzeug.datastructures import FileStorage

from civic.accounts.models import Organisation, User
from civic.core import files
from civic.core.clock import london_minute, london_today
from civic.core.db import db
from civic.core.states import advance
from civic.crowdfund.actions import campaigns, totals
from civic.crowdfund.models import (
    Campaign,
    CampaignComment,
    CampaignCost,
    CampaignFunding,
    CampaignPicture,
    CampaignUpdate,
    Milestone,
    Pledge,
    PledgeConsent,
)
from civic.crowdfund.rules.promise import CONSENT_VERSION
from civic.crowdfund.seed_content import crowd, pictures
from civic.crowdfund.seed_content.current import Current
from civic.payments.models import Payee, PaymentMethod
from civic.payments.sandbox.cards import CARDS
from civic.payments.sandbox.models import SandboxAccount, SandboxCustomer, SandboxMethod


def write(planned: Current, organisation: Organisation, *, by: User, now: datetime) -> Campaign:
    """A draft with everything the plan says; a plan without a story is left half-written."""
    campaign = campaigns.begin(organisation.id, title=planned.title, language="en", by=by, now=now)
    campaign.slug = planned.slug
    campaign.summary, campaign.kind, campaign.impacts = planned.summary, planned.kind, list(planned.impacts)
    campaign.borough, campaign.place, campaign.place_kind = planned.borough, planned.place, "area"
    campaign.figures_note = planned.note
    for position, (title, pounds, spending) in enumerate(planned.costs):
        cost = {"position": position, "title": title, "amount_minor": pounds * 100, "spending": spending}
        db.session.add(CampaignCost(campaign_id=campaign.id, **cost))
    if planned.story:
        campaign.story, campaign.team, campaign.gift_aid = planned.story, planned.team, planned.gift_aid
        campaign.permissions = (
            "The owner has agreed in writing, and the council needs no planning application for this."
        )
        campaign.risks = (
            "Prices may rise before we buy. We have asked two suppliers for each large item and kept a little in hand."
        )
        campaign.too_much = "If more comes in than we need, it pays for the running of the first year."
        campaign.too_little = "If the work cannot be done, we tell everybody and give the money back."
        _milestones(campaign, planned, now)
        cover(campaign, now=now)
    db.session.flush()
    return campaign


def open_to_pledges(campaign: Campaign, planned: Current, *, by: User, officer: User, now: datetime) -> None:
    """Send it to be checked and let an officer say yes; its sums begin."""
    send_in(campaign, planned, by=by, now=now)
    if planned.funds:
        giver, pounds = planned.funds
        found = {"kind": "money", "giver": giver, "what": giver, "amount_minor": pounds * 100}
        funding = CampaignFunding(campaign_id=campaign.id, verified_at=now, verified_by_id=officer.id, **found)
        db.session.add(funding)
    campaign.opened_at = now
    advance(campaign, "approve", by=officer, now=now, why="Example data.")
    totals.open(campaign.id)
    totals.recount(campaign.id)


def send_in(campaign: Campaign, planned: Current, *, by: User, now: datetime) -> None:
    """Hand it in with its target and its last minute."""
    campaigns.retarget(campaign)
    campaign.submitted_at = now
    days = planned.begun + planned.days
    campaign.closes_at = london_minute(london_today(now) + timedelta(days=days))
    advance(campaign, "submit", by=by, now=now)


def pledges(
    campaign: Campaign,
    planned: Current,
    people: Sequence[tuple[int, str, str]],
    *,
    cards: Sequence[str] = (),
    begin: datetime,
    end: datetime,
) -> None:
    """A crowd that promises the planned sum between two moments; the last ones have these kinds of test cards."""
    chance = Random(campaign.slug)  # noqa: S311 - chance, no secret
    made = crowd.amounts(planned.raised, planned.backers, chance)
    moments = sorted(begin + (end - begin) * chance.random() ** 1.4 for _ in made)
    kinds = ["works"] * (len(made) - len(cards)) + list(cards)
    rows = []
    for number, (pounds, at, kind) in enumerate(zip(made, moments, kinds, strict=True)):
        person = people[number] if number < len(people) and people[number][0] else None
        rows.append(_backer(campaign, pounds, at, kind, person, chance))
    methods = _save_cards(rows)
    new = insert(Pledge).returning(Pledge.id, Pledge.public_id)
    values = [row["pledge"] | {"payment_method_id": methods[row["method"]]} for row in rows]
    ids = {row.public_id: row.id for row in db.session.execute(new, values)}
    consents = [row["consent"] | {"pledge_id": ids[row["pledge"]["public_id"]]} for row in rows]
    db.session.execute(insert(PledgeConsent), consents)
    totals.recount(campaign.id)


def talk(campaign: Campaign, planned: Current, people: Sequence[int], *, by: User, now: datetime) -> None:
    """News and comments, a few days old."""
    if planned.update:
        title, text = planned.update
        db.session.add(
            CampaignUpdate(
                campaign_id=campaign.id,
                title=title,
                text=text,
                language="en",
                by_id=by.id,
                at=now - timedelta(days=2),
            )
        )
    for number, text in enumerate(planned.comments, 1):
        is_answer = number == 2
        said = CampaignComment(
            campaign_id=campaign.id,
            position=number,
            author_id=by.id if is_answer else people[number],
            text=text,
            language="en",
            is_organiser=is_answer,
            at=now - timedelta(days=5 - number),
        )
        if is_answer:
            said.answers_id = _first_comment(campaign)
        db.session.add(said)
        db.session.flush()
    totals.recount(campaign.id)


def cover(campaign: Campaign, *, now: datetime) -> None:
    """A drawing for its kind, with words for those who cannot see it."""
    db.session.flush()
    drawing = FileStorage(io.BytesIO(pictures.scene(campaign.kind, len(campaign.title))), filename="drawing.png")
    file = files.keep_picture(drawing, now=now)
    picture = CampaignPicture(campaign_id=campaign.id, file_id=file.id, alt=pictures.ALTS[campaign.kind], position=0)
    db.session.add(picture)
    db.session.flush()
    campaign.cover_id = picture.id
    db.session.flush()


def register(organisation: Organisation, *, now: datetime) -> None:
    """The organisation has shown the sandbox who it is and may be paid."""
    account_id = f"acct_sandbox_demo{organisation.id}"
    reference = f"organisation:{organisation.id}"
    facts = {"reference": reference, "kind": organisation.kind, "name": organisation.name, "state": "active"}
    db.session.add(
        SandboxAccount(id=account_id, requirements=[], return_url="", refresh_url="", created_at=now, **facts)
    )
    known = {"account_id": account_id, "state": "active", "requirements": [], "checked_at": now}
    db.session.add(Payee(organisation_id=organisation.id, provider="sandbox", mode="sandbox", **known))
    db.session.flush()


def _first_comment(campaign: Campaign) -> int | None:
    from sqlalchemy import select

    return db.session.scalar(
        select(CampaignComment.id).where(CampaignComment.campaign_id == campaign.id, CampaignComment.position == 1)
    )


def _milestones(campaign: Campaign, planned: Current, now: datetime) -> None:
    closing = london_today(now) + timedelta(days=planned.begun + planned.days)
    for position, (title, days) in enumerate(planned.milestones):
        due = closing + timedelta(days=days)
        db.session.add(Milestone(campaign_id=campaign.id, position=position, title=title, due_on=due))


def _backer(
    campaign: Campaign, pounds: int, at: datetime, kind: str, person: tuple[int, str, str] | None, chance: Random
) -> dict[str, Any]:
    mark = secrets.token_hex(10)
    user_id, name, email = person or (None, "", f"guest-{mark[:6]}@example.org")
    named = bool(name) and chance.random() < 0.6
    text = f"I promise £{pounds} to “{campaign.title}”. (Example data.)"
    return {
        "kind": kind,
        "at": at,
        "person": user_id,
        "customer": f"cus_sandbox_{mark}",
        "method": f"pm_sandbox_{mark}",
        "pledge": {
            "public_id": secrets.token_hex(16),
            "campaign_id": campaign.id,
            "user_id": user_id,
            "email": email,
            "language": "en",
            "amount_minor": pounds * 100,
            "is_anonymous": not named,
            "shown_name": name if named else "",
            "message": chance.choice(crowd.WORDS) if named and chance.random() < 0.25 else "",
            "status": "authorised",
            "setups": 1,
            "created_at": at,
            "authorised_at": at,
        },
        "consent": {
            "amount_minor": pounds * 100,
            "tip_minor": 0,
            "text": text,
            "text_version": CONSENT_VERSION,
            "language": "en",
            "given_at": at,
            "ip": "192.0.2.1",
            "user_agent": "example data",
        },
    }


def _save_cards(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The cards of a crowd, at the sandbox and here; our number of each by its name there."""
    session = db.session
    session.execute(
        insert(SandboxCustomer),
        [{"id": row["customer"], "reference": row["pledge"]["public_id"], "created_at": row["at"]} for row in rows],
    )
    until = {"exp_month": 11, "exp_year": rows[0]["at"].year + 3}
    session.execute(
        insert(SandboxMethod),
        [
            {"id": row["method"], "customer_id": row["customer"], "card": row["kind"], "created_at": row["at"], **until}
            for row in rows
        ],
    )
    new = insert(PaymentMethod).returning(PaymentMethod.id, PaymentMethod.provider_id)
    saved = session.execute(new, [_method(row) | until for row in rows])
    return {each.provider_id: each.id for each in saved}


def _method(row: dict[str, Any]) -> dict[str, Any]:
    card = CARDS[row["kind"]]
    return {
        "provider": "sandbox",
        "mode": "sandbox",
        "customer_id": row["customer"],
        "provider_id": row["method"],
        "person_id": row["person"],
        "brand": card.brand,
        "last4": card.last4,
        "country": card.country,
        "fingerprint": f"sandbox-{card.key}",
        "authenticated": False,
        "created_at": row["at"],
    }
