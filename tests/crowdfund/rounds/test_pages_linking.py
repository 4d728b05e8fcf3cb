"""Rounds and campaigns: the way from one to the other, and funders' money on the campaign's own page by its funder's name."""

from datetime import timedelta

import pytest

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.actions import funders
from civic.crowdfund.models import CampaignTotal
from tests.support.sql import statements


def shown(client, campaign):
    return client.get(f"/en/campaigns/{campaign.slug}")


def test_a_pledge_stands_on_the_campaign_by_its_funders_name_on_a_condition(clocked, arrive):
    campaign = clocked.campaign()
    sent = clocked.applied(campaign)
    clocked.after_the_deadline()
    clocked.announced(sent, capital=8_000_00)
    page = shown(arrive(), campaign)
    assert "Money of funders" in page.text and "Mayor of London" in page.text and "£8,000" in page.text
    assert "it is paid only once the target is reached and the funding agreement is signed" in page.text
    assert "Decided by people" in page.text


def test_several_funders_stand_each_for_itself_and_a_released_one_not_at_all(clocked, arrive):
    campaign = clocked.campaign()
    for source, funder, pounds in (
        ("award:1", "Mayor of London", 500),
        ("scheme:1:2", "Hackney Giving", 250),
        ("award:3", "Gone Fund", 100),
    ):
        funders.promise(campaign.id, kind="award" if source.startswith("award") else "formula", source=source, key="abc",
                        funder=funder, amount=GBP(pounds), now=clocked.now)  # fmt: skip
    funders.release(campaign.id, "award:3", now=clocked.now)
    page = shown(arrive(), campaign)
    assert "Hackney Giving" in page.text and "Worked out by a published rule" in page.text
    assert "Gone Fund" not in page.text and "£250" in page.text and "£750 of £20,000" in page.text


def test_sums_that_no_row_explains_stand_in_one_figure(clocked, arrive):
    campaign = clocked.campaign()
    db.session.get(CampaignTotal, campaign.id).match_minor = 900_00
    db.session.flush()
    page = shown(arrive(), campaign)
    assert "Mayor of London’s pledge £900" in page.text and "Money of funders" not in page.text


def test_the_campaign_still_costs_a_visitor_as_few_statements(clocked, arrive):
    campaign = clocked.campaign()
    funders.promise(
        campaign.id, kind="award", source="award:1", key="abc", funder="Mayor", amount=GBP(5), now=clocked.now
    )
    visitor, path = arrive(), f"/en/campaigns/{campaign.slug}"
    with statements() as seen:
        first = visitor.get(path)
    seen.at_most(3)
    funders.promise(
        campaign.id, kind="award", source="award:1", key="abc", funder="Mayoress", amount=GBP(5), now=clocked.now
    )
    db.session.commit()
    again = visitor.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 200 and "Mayoress" in again.text


def test_the_list_of_campaigns_says_that_the_mayor_may_top_up(clocked, arrive):
    page = arrive().get("/en/campaigns")
    assert "The Mayor may top up your project." in page.text
    assert page.link("See the rounds of the Mayor’s pledge").href == "/en/rounds"


@pytest.mark.parametrize("status", ("draft", "live"))
def test_an_organiser_is_shown_the_rounds_that_the_campaign_fits(clocked, arrive, make, status):
    owner = make.member()
    campaign = make.campaign(status, owner=owner, target=GBP(20_000))
    client = arrive(owner)
    paths = ("edit", "submission") if status == "draft" else ("edit", "desk")
    for path in paths:
        page = client.get(f"/en/campaigns/{campaign.slug}/{path}")
        assert "Apply for the Mayor’s pledge: Make London" in page.text, path
    clocked.application(campaign, by=owner)
    for path in paths:
        page = client.get(f"/en/campaigns/{campaign.slug}/{path}")
        assert (
            "Apply for the Mayor’s pledge" not in page.text
            and "Your application to Make London: Draft, not sent" in page.text
        )


def test_a_campaign_that_comes_too_late_is_shown_no_round(clocked, arrive, make):
    owner = make.member()
    campaign = make.campaign("live", owner=owner, closes_at=clocked.now + timedelta(days=90))
    assert "Mayor’s pledge:" not in arrive(owner).get(f"/en/campaigns/{campaign.slug}/desk").text


def test_staff_at_the_organisers_desk_learn_nothing_of_an_application(clocked, arrive):
    campaign = clocked.campaign()
    clocked.applied(campaign)
    page = arrive(clocked.officer).get(f"/en/campaigns/{campaign.slug}/desk")
    assert page.status == 200 and "Your application" not in page.text


def test_the_account_leads_to_ones_applications(clocked, arrive, make):
    assert arrive(make.member()).get("/en/account").link("Your applications").href == "/en/applications"
