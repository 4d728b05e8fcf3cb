"""Who may write a campaign, when it may be sent, and what it can become: nothing forged, nobody else let in."""

import pytest

from civic.core.db import db
from civic.core.states import IllegalMove, advance
from civic.crowdfund.actions import campaigns as actions
from civic.crowdfund.models import Campaign, CampaignCost, CampaignFunding
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.crowdfund.rules import steps
from civic.crowdfund.rules.choices import STATES
from tests.crowdfund.pictures import pdf

SLUG = "a-garden-for-gillett-square"
BASE = f"/en/campaigns/{SLUG}"


@pytest.fixture
def organiser(make, client):
    person = make.member()
    make.sign_in(client, person)
    return person


@pytest.fixture
def organisation(make, organiser):
    return make.organisation(owner=organiser, status="verified", name="Friends of Gillett Square")


@pytest.fixture
def draft(make, organisation, organiser, now):
    campaign = actions.begin(organisation.id, title="A garden for Gillett Square", language="en", by=organiser, now=now)
    db.session.commit()
    return campaign


def fresh(slug: str = SLUG) -> Campaign:
    db.session.expire_all()
    found = campaign_by_slug(slug)
    assert found is not None
    return found


@pytest.mark.parametrize("step", ["idea", "costs", "deadline", "milestones", "permissions", "outcomes"])
def test_nothing_is_sent_while_a_step_lacks_something(client, make, organiser, step):
    lacking = {
        "idea": {"kind": ""},
        "costs": {"costs": []},
        "deadline": {"closes_at": make.now},
        "permissions": {"permissions": ""},
        "outcomes": {"too_much": ""},
        "milestones": {},
    }[step]
    campaign = make.campaign("draft", owner=organiser, **lacking)
    db.session.commit()
    page = client.get(f"/en/campaigns/{campaign.slug}/submission")
    assert (
        page.has("h1", "Some things are still missing")
        if hasattr(page, "has")
        else "Some things are still missing" in page.text
    )
    assert f"/en/campaigns/{campaign.slug}/edit/{step}" in page.html
    page = client.post(f"/en/campaigns/{campaign.slug}/submission", {"allowed": "y", "true": "y"})
    assert page.status == 422 and fresh(campaign.slug).status == "draft"


def test_only_the_organisation_may_write_and_nobody_else_learns_of_it(client, make, draft):
    paths = ["edit", "submission", "withdrawal", "registration", *(f"edit/{step}" for step in steps.STEPS)]
    for person in (make.member(), make.staff("funds_officer"), make.staff("administrator")):
        make.sign_in(client, person)
        for path in paths:
            assert client.get(f"{BASE}/{path}").status == 404, path
        assert client.post(f"{BASE}/edit/story", {"story": "x"}).status == 404
        assert client.post(f"{BASE}/edit/costs/new", {"title": "x", "amount": "1"}).status == 404
    client.client.delete_cookie("session")
    for slug in (SLUG, "not-there"):
        assert "/sign-in" in (client.get(f"/en/campaigns/{slug}/edit").location or "")


def test_a_part_of_another_campaign_is_not_there(client, make, draft, organiser, now):
    other = make.campaign("draft")
    cost = queries.costs_of(other)[0]
    db.session.commit()
    for number in (cost.id, 0, 2**62, 999_999):
        assert client.get(f"{BASE}/edit/costs/{number}").status == 404
        assert client.post(f"{BASE}/edit/costs/{number}/removal", {}).status == 404
    assert db.session.get(CampaignCost, cost.id) is not None


def test_mass_assignment_changes_nothing_else(client, draft):
    client.get(f"{BASE}/edit/risks")
    token, seen = client.token(), actions.edition(fresh(), ("risks",))
    forged = {"status": "live", "target_minor": "1", "organisation_id": "1", "opened_at": "2020-01-01", "slug": "x"}
    client.post(f"{BASE}/edit/risks", {"csrf_token": token, "seen": seen, "risks": "None", **forged})
    campaign = fresh()
    assert (campaign.risks, campaign.status, campaign.target_minor, campaign.opened_at) == ("None", "draft", 0, None)


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_a_campaign_that_nobody_saw_is_withdrawn_with_a_reason(client, make, organiser, status):
    campaign = make.campaign(status, owner=organiser)
    db.session.commit()
    client.get(f"/en/campaigns/{campaign.slug}/withdrawal")
    assert client.submit("Withdraw the campaign").status == 422
    assert client.submit("Withdraw the campaign", why="We found another way.").status == 303
    assert fresh(campaign.slug).status == "withdrawn"
    assert "We found another way." in client.follow().text


@pytest.mark.parametrize("status", ["collecting", "funded", "failed"])
def test_after_the_close_nothing_is_withdrawn(client, make, organiser, status):
    campaign = make.campaign(status, owner=organiser)
    db.session.commit()
    assert client.get(f"/en/campaigns/{campaign.slug}/withdrawal").status == 409
    assert client.post(f"/en/campaigns/{campaign.slug}/withdrawal", {"why": "x"}).status in (409, 422)
    assert fresh(campaign.slug).status == status


def test_every_state_meets_every_verb(make, now):
    verbs = {verb for _, verb in Campaign.TRANSITIONS}
    for status in STATES:
        for verb in verbs:
            campaign = make.campaign(status, opened_at=now, slug=f"walk-{status}-{verb}".replace("_", "-"))
            expected = Campaign.TRANSITIONS.get((status, verb))
            if expected is None:
                with pytest.raises(IllegalMove):
                    advance(campaign, verb, by=None, now=now)
            else:
                advance(campaign, verb, by=None, now=now)
                assert campaign.status == expected


def test_the_list_of_ones_campaigns(client, make, draft, organisation):
    make.campaign("live")
    page = client.get("/en/account/campaigns")
    assert "A garden for Gillett Square" in page.text and "A garden for Gillett Square 2" not in page.text


def test_proof_is_seen_by_the_organiser_and_staff_and_nobody_else(client, make, draft, organiser):
    client.get(f"{BASE}/edit/funding/new")
    client.submit("Save", kind="money", giver="x", what="y", amount="5", document=[(pdf(), "../bank.pdf")])
    funding = queries.fundings_of(fresh())[0]
    path = f"{BASE}/funding/{funding.id}/proof"
    answer = client.get(path)
    assert answer.headers["Content-Disposition"] == "attachment; filename=bank.pdf"
    for person, status in ((make.member(), 404), (make.staff("researcher"), 404), (make.staff("funds_officer"), 200)):
        make.sign_in(client, person)
        assert client.get(path).status == status
    client.client.delete_cookie("session")
    assert client.get(path).status in (302, 303)
    assert db.session.get(CampaignFunding, funding.id) is not None
