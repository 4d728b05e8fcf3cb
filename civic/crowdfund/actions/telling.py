"""Telling people what became of a campaign and of their pledge: always in jobs, in stretches, never where money is decided.

A stretch's mails and the job for the next stretch are kept together or lost together, so nobody is told twice or forgotten.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import User
from civic.core import clock, mail, tokens
from civic.core.db import db, transaction
from civic.core.jobs import enqueue, job
from civic.core.money import Money
from civic.crowdfund.links import pledge_link
from civic.crowdfund.models import Campaign, Pledge
from civic.crowdfund.queries import figures
from civic.crowdfund.queries import pledges as pledge_queries
from civic.crowdfund.queries import settlement as queries
from civic.crowdfund.rules import counting

STRETCH = 200  # mails in one transaction
FIXING = "crowdfund.fix"
"""What the link to put a card right is signed for."""

STOOD = tuple(state for state in counting.PLEDGED if state != "released")
"""States of pledges that stood when a campaign reached its target; some cards may have been charged since."""

AUDIENCES: dict[str, tuple[str, ...]] = {
    "campaign_reached": STOOD,
    "campaign_missed": ("refused",),
    "campaign_failed": ("released",),
    "campaign_withdrawn": ("released",),
    "campaign_refunding": (*counting.COLLECTED, "refunded"),
    "campaign_funded": counting.COLLECTED,
}
"""Who hears what: the states of the pledges whose backers get each message."""


def tell_everybody(campaign_id: int, message: str) -> None:
    """Let every backer whom a message concerns hear it, once this transaction is kept."""
    assert message in AUDIENCES
    enqueue(tell_backers, campaign_id=campaign_id, message=message)


def tell_organisers(campaign_id: int, message: str, **facts: str | int) -> None:
    """Let the people of the organisation hear it, once this transaction is kept."""
    enqueue(tell_organisation, campaign_id=campaign_id, message=message, facts=facts)


def tell_one(pledge: Pledge, message: str, **facts: str | int) -> None:
    """Let the backer of one pledge hear it, once this transaction is kept."""
    enqueue(tell_backer, pledge_id=pledge.id, message=message, facts=facts)


@job("crowdfund.tell_backers", on="mail")
def tell_backers(campaign_id: int, message: str, after: int = 0) -> None:
    """Tell the next stretch of backers, and let the one after it follow."""
    with transaction():
        mine = _pledges().where(Pledge.campaign_id == campaign_id, Pledge.status.in_(AUDIENCES[message]))
        stretch = db.session.execute(mine.where(Pledge.id > after).order_by(Pledge.id).limit(STRETCH)).all()
        _send(message, stretch, figures=figures.figures(_campaign(campaign_id)))
        if len(stretch) == STRETCH:
            enqueue(tell_backers, campaign_id=campaign_id, message=message, after=stretch[-1][0].id)


@job("crowdfund.tell_backer", on="mail")
def tell_backer(pledge_id: int, message: str, facts: dict[str, Any]) -> None:
    """Tell one backer what became of their own pledge."""
    with transaction():
        told = facts | ({"amount": Money(facts["amount_minor"])} if "amount_minor" in facts else {})
        _send(message, db.session.execute(_pledges().where(Pledge.id == pledge_id)).all(), **told)


@job("crowdfund.tell_organisation", on="mail")
def tell_organisation(campaign_id: int, message: str, facts: dict[str, Any]) -> None:
    """Tell everybody of the organisation."""
    with transaction():
        campaign = _campaign(campaign_id)
        known: dict[str, Any] = {
            "campaign": campaign,
            "figures": figures.figures(campaign),
            "secured": queries.secured(campaign),
            "books": queries.books(campaign_id),
        }
        for person in queries.organisers(campaign.organisation_id):
            who = {"person_id": person.id, "now": clock.now()} | known | facts
            mail.send(f"crowdfund/{message}", to=person.email, language=person.language, **who)


def _send(message: str, stretch: Sequence[Any], **facts: Any) -> None:
    """A mail about each of these pledges; a backer who was erased has no address any more.

    Templates know: campaign, organisation, pledge, promise (the sentence of its page), link (to the pledge), fix (the signed
    part of the address where a card is put right), and what the message itself brings.
    """
    now = clock.now()
    promises = pledge_queries.sentences_of([pledge for pledge, _ in stretch], now)
    for pledge, address in stretch:
        if address:
            mail.send(
                f"crowdfund/{message}",
                to=address,
                language=pledge.language,
                person_id=pledge.user_id,
                now=now,
                campaign=pledge.campaign,
                organisation=pledge.campaign.organisation,
                pledge=pledge,
                promise=promises[pledge.id],
                link=pledge_link(pledge),
                fix=tokens.sign(FIXING, pledge.public_id),
                **facts,
            )


def _pledges() -> Any:
    """Pledges with their addresses: a member is written to where they are reached now, a guest where they said."""
    campaign = joinedload(Pledge.campaign, innerjoin=True).joinedload(Campaign.organisation, innerjoin=True)
    address = func.coalesce(User.email, Pledge.email)
    return select(Pledge, address).outerjoin(User, User.id == Pledge.user_id).options(campaign)


def _campaign(campaign_id: int) -> Campaign:
    mine = select(Campaign).where(Campaign.id == campaign_id).options(joinedload(Campaign.organisation))
    return db.session.scalars(mine).one()
