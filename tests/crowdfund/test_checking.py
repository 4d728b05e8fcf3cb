"""Checking a campaign: every point answered, nothing in the way, never one's own, everything on record."""

import pytest

from civic.core.db import db
from civic.crowdfund.queries.campaigns import campaign_by_slug


@pytest.fixture
def officer(make, client):
    person = make.staff("funds_officer")
    make.sign_in(client, person)
    return person


def test_pages(make, client, officer):
    campaign = make.campaign("in_review")
    for path in ("", "?status=all", "?status=live&q=x", f"/{campaign.slug}/checks", f"/{campaign.slug}/withdrawal"):
        page = client.get(f"/en/staff/campaigns{path}")
        assert page.status == 200, path
