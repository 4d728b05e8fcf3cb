"""A campaign's page: who sees it, what it promises, what it says in each state, and what it asks of the database."""

from datetime import date, timedelta
from typing import Any

import pytest

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.models import Campaign, CampaignFunding, CampaignTotal, Milestone
from tests.support.page import words_of
from tests.support.sql import statements


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def sums(campaign: Campaign, **values: int) -> Campaign:
    total = db.session.get(CampaignTotal, campaign.id)
    for name, value in values.items():
        setattr(total, name, value)
    db.session.flush()
    return campaign


def shown(client: Any, campaign: Campaign) -> Any:
    return client.get(f"/en/campaigns/{campaign.slug}")


def test_an_open_campaign_says_how_far_until_when_and_what_a_pledge_means(client, make):
    page = shown(client, sums(make.campaign("live", target=GBP(5000)), pledged_minor=320_000, backers=41))
    assert "£3,200 of £5,000" in page.text
    assert "64% reached, £1,800 still needed" in page.text
    assert "30 days left: closes 23 December 2026, 11:59pm" in page.text
    assert "nothing leaves your account today" in page.text
    assert "only if £5,000 has come together by then" in page.text
    assert page.link("Pledge to this campaign").href.endswith("/pledges/new")
    assert "41 backers" in page.text


def test_fees_and_the_way_to_complain_stand_before_the_button(client, make):
    page = shown(client, make.campaign("live"))
    assert "Of £10, about £9.65 arrives." in page.text
    assert page.link("Fees, refunds and what protects you").href == "/en/fees"
    assert "Ask Friends of Gillett Square" in page.text


def test_the_policy_is_the_campaigns_own_and_not_that_of_today(client, make):
    page = shown(client, make.campaign("live", grace_days=9, minimum_percent=90, platform_fee_bps=250))
    assert "you have 9 days to put it right" in page.text
    assert "at least 90% of the target" in page.text
    assert "We keep £0.25 of £10" in page.text


def test_the_parts_of_the_sum_stand_apart_and_gifts_show_once_they_are_checked(client, make, now):
    campaign = sums(
        make.campaign("live"), pledged_minor=10_000, offline_minor=2_000, funds_minor=3_000, in_kind_minor=4_000
    )
    for what, seen in (("A cheque of the bakery", now), ("A loose promise", None)):
        db.session.add(
            CampaignFunding(
                campaign_id=campaign.id, kind="money", giver="Bakery", what=what, amount_minor=3_000, verified_at=seen
            )
        )
    db.session.flush()
    page = shown(client, campaign)
    parts = [words_of(each) for each in page.all("li", class_="civic-parts__item")]
    told = ["Pledges by card £100", "Cash, cheques and transfers £20", "Raised before £30", "Gifts in kind £40"]
    assert parts == told
    assert "£190 of £1,000" in page.text
    assert "A cheque of the bakery" in page.text
    assert "A loose promise" not in page.text


def test_costs_are_told_as_capital_and_revenue_and_add_up_to_the_target(client, make):
    page = shown(client, make.campaign("live"))
    assert "Trees and benches" in page.text and "Capital" in page.text and "Revenue" in page.text
    assert "Together, which is the target" in page.text


def test_milestones_team_risks_and_who_is_behind_it(client, make):
    campaign = make.campaign("live")
    db.session.add(Milestone(campaign_id=campaign.id, position=1, title="First spade", due_on=date(2027, 3, 1)))
    db.session.flush()
    page = shown(client, campaign)
    for words in (
        "First spade",
        "By 1 March 2027",
        "Amina plants",
        "A dry summer",
        "Verified: our staff have seen proof",
    ):
        assert words in page.text


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_before_its_launch_strangers_meet_nothing_and_organisers_a_preview(client, make, status):
    owner = make.member()
    campaign = make.campaign(status, owner=owner)
    missing, hidden = client.get("/en/campaigns/no-such-thing"), shown(client, campaign)
    assert (hidden.status, hidden.main[:-12]) == (404, missing.main[:-12])  # all but the number of the request
    make.sign_in(client, owner)
    page = shown(client, campaign)
    assert page.status == 200 and "Only" in page.text
    assert page.first("meta", name="robots") is not None
    assert page.first("a", href=f"/en/campaigns/{campaign.slug}/pledges/new") is None


def test_what_failed_at_ninety_six_per_cent_is_told_plainly_and_kindly(client, make):
    campaign = make.campaign("failed", target=GBP(1000), pledged_at_close_minor=96_100, offline_at_close_minor=0)
    page = shown(client, sums(campaign, pledged_minor=96_100, backers=40))
    assert "The target of £1,000 was not reached" in page.text
    assert "£961 came together, 96% of it: £39 was missing." in page.text
    assert "Nobody was charged, and every promise has ended." in page.text
    assert "Thank you to the 40 people who stood by it." in page.text
    assert page.link("See what is open nearby")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("collecting", "is reached"),
        ("shortfall", "Too many cards could not be charged"),
        ("refunding", "Everybody gets their money back"),
        ("paying", "The money is on its way to the organisation"),
        ("funded", "The organisation has the money"),
        ("delivered", "The project is finished"),
    ],
)
def test_each_state_says_what_has_become_of_it_and_takes_no_pledge(client, make, status, words):
    page = shown(client, make.campaign(status))
    assert words in page.text
    assert page.first("a", href="/pledges/new") is None
    assert "Pledge to this campaign" not in page.text


def test_a_campaign_withdrawn_after_its_launch_says_that_nobody_was_charged(client, make, now):
    page = shown(client, make.campaign("withdrawn", opened_at=now - timedelta(days=5)))
    assert "The organisers withdrew this campaign" in page.text
    assert "Nobody was charged" in page.text


def test_a_deadline_that_has_just_passed_is_being_counted(client, make, now):
    page = shown(client, make.campaign("live", closes_at=now))
    assert "The deadline has passed" in page.text
    assert "Pledge to this campaign" not in page.text


def test_a_campaign_of_the_past_says_where_its_figures_are_from(client, make):
    campaign = make.campaign(
        "funded", imported_from="spacehive", figures_note="Target and backers as published; costs are examples."
    )
    page = shown(client, campaign)
    assert "ran elsewhere before this site existed" in page.text
    assert "costs are examples" in page.text
    assert "public ledger" not in page.text


def test_its_organiser_is_shown_the_desk_and_no_button_to_pledge(client, make):
    owner = make.member()
    campaign = make.campaign("live", owner=owner)
    make.sign_in(client, owner)
    page = shown(client, campaign)
    assert "Pledge to this campaign" not in page.text
    assert page.link("Go to my desk")


def test_share_cards_carry_title_words_and_an_absolute_address(client, make):
    campaign = make.campaign("live", title="Bees & <b>roofs</b>", summary="Forty hives")
    page = shown(client, campaign)
    facts = {each.get("property") or each.get("name"): each.get("content") for each in page.all("meta")}
    assert facts["og:title"] == "Bees & <b>roofs</b>"
    assert facts["og:description"] == "Forty hives"
    assert facts["og:url"] == f"http://localhost/en/campaigns/{campaign.slug}"
    assert facts["twitter:card"] == "summary"


def test_words_of_the_organiser_are_inert_and_marked_with_their_language(client, make):
    campaign = make.campaign(
        "live", language="pl", title="<script>x</script>", story="# A\n\n[x](javascript:alert(1)) <img src=x onerror=y>"
    )
    page = shown(client, campaign)
    assert page.first("img") is None
    assert all(not link.href.startswith("javascript") for link in page.links)
    assert page.first("h1")[0].get("lang") == "pl"


@pytest.mark.parametrize("language", ["ar", "pl"])
def test_the_page_speaks_other_languages(client, make, language):
    campaign = sums(make.campaign("live"), pledged_minor=96_100, backers=3)
    assert client.get(f"/{language}/campaigns/{campaign.slug}").status == 200


def test_a_visitor_costs_at_most_eight_statements_and_need_not_fetch_twice(client, make):
    campaign = sums(make.campaign("live"), pledged_minor=5_000, backers=2, comments=3, updates=2)
    with statements() as seen:
        first = client.client.get(f"/en/campaigns/{campaign.slug}")
    seen.at_most(3)
    assert "Set-Cookie" not in first.headers
    tag = {"If-None-Match": first.headers["ETag"]}
    with statements() as seen:
        assert client.client.get(f"/en/campaigns/{campaign.slug}", headers=tag).status_code == 304
    seen.at_most(2)
    sums(campaign, pledged_minor=5_100)
    assert client.client.get(f"/en/campaigns/{campaign.slug}", headers=tag).status_code == 200


def test_a_member_costs_at_most_eight_statements(client, make):
    campaign = sums(make.campaign("live"), pledged_minor=5_000, backers=2, comments=3, updates=2)
    make.sign_in(client, make.member())
    with statements() as seen:
        shown(client, campaign)
    seen.at_most(8)


@pytest.mark.parametrize("slug", ["x-" * 2000, "A", "%27", "..", "a--b", "über"])
def test_what_could_be_no_address_is_not_looked_for(client, make, slug):
    with statements() as seen:
        assert client.get(f"/en/campaigns/{slug}").status == 404
    assert len(seen) == 0
