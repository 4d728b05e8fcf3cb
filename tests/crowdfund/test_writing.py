"""Writing a campaign, as an organiser meets it: saved as it goes, nothing typed lost, nobody else let in."""

import io

import pytest

from civic.core import clock
from civic.core.clock import in_london
from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.actions import budget as budgeting
from civic.crowdfund.actions import campaigns as actions
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.crowdfund.rules import steps
from tests.crowdfund.pictures import CAPTIONS, jpeg, mp4, pdf

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


def codes(campaign: Campaign, now) -> set[str]:
    written = queries.written(campaign, queries.organisation_of(campaign).kind)
    return {gap.code for gap in steps.gaps(written, now, min_days=7, max_days=90) if not gap.is_advice}


def test_a_campaign_from_nothing_to_the_desk_of_staff(client, organiser, organisation, outbox):
    client.get("/en/campaigns")
    client.get("/en/campaigns/new")
    client.submit("Start writing", title="A garden for Gillett Square")
    page = client.follow()
    assert "of 15 steps" in page.text
    client.click("Name and kind")
    client.submit("Save and go on", summary="We turn a grey corner into a garden.", kind="parks_gardens")
    client.follow()
    client.submit("Save and go on", impacts=["environment", "economy"], impact_story="2,000 people cross it a day.")
    client.follow()
    client.submit("Save and go on", story="## Why\n\nThere is no shade.")
    page = client.follow()
    client.click("Add a picture")
    client.submit("Add the picture", picture=[(jpeg(), "a.jpg")], alt="Neighbours plant a lime tree.")
    client.follow()
    client.click("Go on to the next step")
    client.submit(
        "Save and go on",
        film=[(mp4(), "film.mp4")],
        captions=[(io.BytesIO(CAPTIONS), "film.vtt")],
        transcript="We plant six trees. And build benches.",
    )
    client.follow()
    client.submit("Save and go on", borough="E09000012", place_kind="area", place="Gillett Square", postcode="n16 8az")
    client.follow()
    client.submit("Save and go on", team="Amina plants.")
    client.follow()
    client.click("Add a cost")
    client.submit("Save and add a quote", title="Six trees", amount="£1,200.50", spending="capital")
    client.follow()
    client.submit("Add it", title="Quote of a nursery", document=[(pdf(), "quote.pdf")])
    page = client.follow()
    assert "£1,200.50" in page.text and "second quote" in page.text
    client.submit("Add it as a cost")
    assert "Cost of card payments" in client.follow().text
    client.click("Go on to the next step")
    client.click("Add money or a gift")
    client.submit(
        "Save",
        kind="money",
        giver="Gillett Traders",
        what="Savings",
        amount="200",
        document=[(pdf(), "statement.pdf")],
    )
    client.follow()
    client.click("Go on to the next step")
    client.submit("Save and go on", too_much="More trees.", too_little="We give it back.")
    client.follow()
    last = in_london(clock.now()).date().replace(day=1)
    last = last.replace(year=last.year + (last.month > 10), month=(last.month + 1) % 12 + 1)
    day = {"closes_on-day": str(last.day), "closes_on-month": str(last.month), "closes_on-year": str(last.year)}
    client.submit("Save and go on", day)
    client.follow()
    client.submit("Save and go on", gift_aid=True)
    client.follow()
    client.click("Add a milestone")
    client.submit(
        "Save the milestone", {"title": "Planted", "due_on-day": "1", "due_on-month": "3", "due_on-year": "2030"}
    )
    client.follow()
    client.click("Go on to the next step")
    client.submit("Save and go on", permissions="The council agreed.")
    client.follow()
    page = client.submit("Save and go on", risks="A dry summer.")
    page = client.follow()
    assert "15 of 15 steps" in page.text
    client.click("Check and send")
    assert client.submit("Send the campaign to be checked").status == 422
    client.submit("Send the campaign to be checked", {"allowed": True, "true": True})
    page = client.follow()
    assert "Being checked" in page.text
    campaign = fresh()
    assert (campaign.status, campaign.gift_aid, campaign.postcode) == ("in_review", True, "N16 8AZ")
    assert campaign.target_minor == sum(cost.amount_minor for cost in queries.costs_of(campaign)) > 120_050
    assert f"{in_london(campaign.closes_at):%H:%M}" == "23:59"
    assert [message.name for message in outbox()][-1] == "crowdfund/campaign_submitted"
    client.submit("Take it back to change something")
    assert fresh().status == "draft"


def test_without_an_organisation_one_is_told_how(client, organiser):
    page = client.get("/en/campaigns/new")
    assert "A campaign is run by an organisation" in page.text
    assert page.link("Add your organisation")
    assert client.post("/en/campaigns/new", {"title": "Mine", "organisation": "1"}).status == 422


def test_with_several_organisations_one_chooses_and_only_among_ones_own(client, make, organiser, organisation):
    second = make.organisation(owner=organiser, name="Ridley Road Traders")
    others = make.organisation(name="Somebody else")
    client.get("/en/campaigns/new")
    assert client.submit("Start writing", title="Shade").status == 422
    assert client.post("/en/campaigns/new", {"title": "Shade", "organisation": str(others.id)}).status == 422
    client.get("/en/campaigns/new")
    client.submit("Start writing", title="Shade", organisation=second.id)
    assert fresh("shade").organisation_id == second.id


def test_two_campaigns_of_one_title_have_two_addresses_and_none_is_a_page_of_ours(make, organisation, organiser, now):
    slugs = [
        actions.begin(organisation.id, title=title, language="en", by=organiser, now=now).slug
        for title in ("Shade", "Shade", "New", "مرحبا", "Edit!")
    ]
    assert slugs == ["shade", "shade-2", "new-campaign", "campaign", "edit-campaign"]


@pytest.mark.parametrize("step", steps.STEPS)
def test_every_step_opens_empty_and_says_what_it_needs(client, draft, now, step):
    assert client.get(f"{BASE}/edit/{step}").status == 200
    client.get(f"{BASE}/edit")
    mine = [
        gap
        for gap in steps.gaps(queries.written(fresh(), "registered_charity"), now, min_days=7, max_days=90)
        if gap.step == step
    ]
    assert bool([gap for gap in mine if not gap.is_advice]) == (step not in steps.OPTIONAL)


def test_gift_aid_is_a_step_of_charities_alone(client, make, organiser, now):
    company = make.organisation(owner=organiser, kind="cic", status="verified")
    actions.begin(company.id, title="Shade", language="en", by=organiser, now=now)
    db.session.commit()
    page = client.get("/en/campaigns/shade/edit")
    assert "Gift Aid" not in page.text and "of 14 steps" in page.text


def test_a_step_may_be_saved_half_done(client, draft):
    client.get(f"{BASE}/edit/idea")
    client.submit("Save and go to the list", summary="Only this")
    assert "Saved" in client.follow().text
    assert (fresh().summary, fresh().kind) == ("Only this", "")


def test_what_it_will_look_like_is_shown_and_not_saved(client, draft):
    client.get(f"{BASE}/edit/story")
    page = client.submit(
        "See how it will look", story="## Shade\n\n<script>alert(1)</script> *now* [x](javascript:alert)"
    )
    assert page.status == 200
    assert "<em>now</em>" in page.html and "<script>alert" not in page.html and 'href="javascript' not in page.html
    assert "## Shade" in page.html and fresh().story == ""


def test_a_stale_save_overwrites_nothing_and_loses_nothing_typed(client, draft):
    client.get(f"{BASE}/edit/risks")
    actions.tell(fresh(), {"risks": "Theirs"}, seen=actions.edition(fresh(), ("risks",)))
    db.session.commit()
    page = client.submit("Save and go on", risks="Mine")
    assert page.status == 409
    assert "Theirs" in page.text and "Mine" in page.html and fresh().risks == "Theirs"
    client.submit("Save and go on")
    assert fresh().risks == "Mine"


def test_two_people_on_two_steps_do_not_disturb_each_other(client, draft):
    client.get(f"{BASE}/edit/risks")
    actions.tell(fresh(), {"team": "Amina"}, seen=actions.edition(fresh(), ("team",)))
    db.session.commit()
    client.submit("Save and go on", risks="Mine")
    assert (fresh().team, fresh().risks) == ("Amina", "Mine")


@pytest.mark.parametrize("status", ["in_review", "live", "funded", "withdrawn"])
def test_what_is_no_draft_is_not_written(client, make, organiser, status):
    campaign = make.campaign(status, owner=organiser)
    base = f"/en/campaigns/{campaign.slug}"
    for step in steps.STEPS:
        page = client.get(f"{base}/edit/{step}")
        assert page.location and page.location.endswith(f"{base}/edit"), step
    cost = queries.costs_of(campaign)[0]
    acts = {
        "edit/story": {"story": "x", "act": "next", "seen": actions.edition(campaign, ("story",))},
        "edit/costs/new": {"title": "x", "amount": "1", "spending": "capital"},
        f"edit/costs/{cost.id}": {"title": "x", "amount": "1", "spending": "capital"},
        f"edit/costs/{cost.id}/removal": {},
        f"edit/costs/{cost.id}/place": {"direction": "down"},
        "edit/funding/new": {"kind": "money", "giver": "x", "what": "y", "amount": "1"},
        "edit/milestones/new": {"title": "x", "due_on-day": "1", "due_on-month": "1", "due_on-year": "2030"},
        "submission": {"allowed": "y", "true": "y"},
    }
    for path, data in acts.items():
        assert client.post(f"{base}/{path}", data).status in (409, 422), path
    db.session.expire_all()
    assert [each.title for each in queries.costs_of(campaign)] == ["Trees and benches", "Planting workshops"]
    assert campaign.story.startswith("## Why here")


def test_costs_add_up_move_and_go(client, draft):
    for title, amount, spending in (
        ("Trees", "100", "capital"),
        ("Soil", "50.05", "capital"),
        ("Water", "10", "revenue"),
    ):
        client.get(f"{BASE}/edit/costs/new")
        assert client.submit("Save the cost", title=title, amount=amount, spending=spending).status == 303
    assert fresh().target == GBP("160.05")
    trees, _soil, water = queries.costs_of(fresh())
    client.post(f"{BASE}/edit/costs/{water.id}/place", {"direction": "up"})
    client.post(f"{BASE}/edit/costs/{trees.id}/place", {"direction": "up"})
    assert [cost.title for cost in queries.costs_of(fresh())] == ["Trees", "Water", "Soil"]
    client.get(f"{BASE}/edit/costs/{water.id}")
    client.submit("Save the cost", amount="20")
    assert fresh().target == GBP("170.05")
    client.get(f"{BASE}/edit/costs/{trees.id}/removal")
    client.submit("Remove it")
    assert [cost.title for cost in queries.costs_of(fresh())] == ["Water", "Soil"]
    assert fresh().target == GBP("70.05")


@pytest.mark.parametrize("forged", ["-5", "0", "NaN", "1e309", "0.001", "10000000000000000", "1000000.01", "€20", ""])
def test_forged_amounts_are_refused_with_nothing_saved(client, draft, forged):
    client.get(f"{BASE}/edit/costs/new")
    assert client.submit("Save the cost", title="Trees", amount=forged, spending="capital").status == 422
    assert queries.costs_of(fresh()) == []


def test_what_is_there_already_needs_proof_and_cannot_pay_for_everything(client, make, draft, now):
    budgeting.add_cost(draft, title="Trees", amount=GBP(100), spending="capital")
    db.session.commit()
    client.get(f"{BASE}/edit/funding/new")
    client.submit("Save", kind="in_kind", giver="Nursery", what="Trees", amount="100")
    assert {"unproved", "nothing_needed"} <= codes(fresh(), now)
    funding = queries.fundings_of(fresh())[0]
    client.get(f"{BASE}/edit/funding/{funding.id}")
    client.submit("Save", amount="60", document=[(pdf(), "letter.pdf")])
    assert not {"unproved", "nothing_needed"} & codes(fresh(), now)
    assert queries.budget_of(fresh()).needed == GBP(40)
    client.get(f"{BASE}/edit/funding/{funding.id}/removal")
    client.submit("Remove it")
    assert queries.fundings_of(fresh()) == []


def test_milestones_stand_in_the_order_of_their_days(client, draft):
    for title, year in (("Open", 2031), ("Order", 2029), ("Plant", 2030)):
        client.get(f"{BASE}/edit/milestones/new")
        client.submit(
            "Save the milestone", {"title": title, "due_on-day": "1", "due_on-month": "2", "due_on-year": str(year)}
        )
    assert [each.title for each in queries.milestones_of(fresh())] == ["Order", "Plant", "Open"]
    first = queries.milestones_of(fresh())[0]
    client.get(f"{BASE}/edit/milestones/{first.id}")
    client.submit("Save the milestone", {"due_on-year": "2033"})
    client.post(f"{BASE}/edit/milestones/{first.id}/removal", {})
    assert [each.title for each in queries.milestones_of(fresh())] == ["Plant", "Open"]
