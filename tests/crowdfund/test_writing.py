"""Writing a campaign, as an organiser meets it: saved as it goes, nothing typed lost, nobody else let in."""

import pytest

from civic.core.db import db
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries.campaigns import campaign_by_slug


@pytest.fixture
def organiser(make, client):
    person = make.member()
    make.sign_in(client, person)
    return person


@pytest.fixture
def organisation(make, organiser):
    return make.organisation(owner=organiser, status="verified", name="Friends of Gillett Square")


def fresh(slug) -> Campaign:
    db.session.expire_all()
    found = campaign_by_slug(slug)
    assert found is not None
    return found


def test_a_campaign_from_nothing_to_the_desk_of_staff(client, organiser, organisation):
    client.get("/en/campaigns/new")
    client.submit("Start writing", title="A garden for Gillett Square")
    page = client.follow()
    assert page.status == 200
    for step in ("idea", "impact", "story", "pictures", "film", "place", "team", "costs", "funding", "outcomes", "deadline", "gift_aid", "milestones", "permissions", "risks"):
        page = client.get(f"/en/campaigns/a-garden-for-gillett-square/edit/{step}")
        assert page.status == 200, step
