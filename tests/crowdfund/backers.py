"""Backers at the pages: what they type, the card they save at a provider in memory, and what was kept."""

from typing import Any

from sqlalchemy import select

from civic.core.db import db
from civic.crowdfund.models import Pledge
from civic.payments.engine import visits
from civic.payments.models import CardSetup
from tests.payments.fake_provider import FakeProvider

ELSEWHERE = "https://provider.example/"
TYPED = {"amount": "other", "own": "20", "shown": "anonymous", "email": "ada@example.org"}


def kept(kind: Any = Pledge) -> list[Any]:
    db.session.expire_all()
    return list(db.session.scalars(select(kind).order_by(kind.id)))


def new(campaign: Any) -> str:
    return f"/en/campaigns/{campaign.slug}/pledges/new"


def save_card(provider: FakeProvider) -> None:
    """The person types a card at the provider, and its announcement arrives."""
    db.session.commit()
    setup = kept(CardSetup)[-1]
    provider.save_card(setup.setup_id)
    visits.sync(setup.key)


def pledge_as_guest(client, campaign, provider, **typed: Any) -> Pledge:
    client.get(new(campaign))
    client.submit("Continue", TYPED | typed)
    client.follow()
    answer = client.submit("Save my card")
    assert answer.location.startswith(ELSEWHERE)
    save_card(provider)
    return kept()[-1]
