"""The list of campaigns: what is open, in which order, narrowed how, and what it asks of the database."""

from datetime import timedelta
from typing import Any

import pytest

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.models import CampaignTotal
from tests.support.page import words_of
from tests.support.sql import statements


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def raised(campaign: Any, minor: int, backers: int = 1) -> Any:
    total = db.session.get(CampaignTotal, campaign.id)
    total.pledged_minor, total.backers = minor, backers
    total.reached_bps = minor * 10_000 // campaign.target_minor
    db.session.flush()
    return campaign


def titles(page: Any) -> list[str]:
    return [words_of(each) for each in page.all(class_="civic-row__title")]


def test_an_open_campaign_tells_what_was_raised_and_what_is_left_in_words(client, make, now):
    raised(
        make.campaign("live", title="Peckham Lido", target=GBP(5000), closes_at=now + timedelta(days=6, hours=1)),
        320_000,
    )
    page = client.get("/en/campaigns")
    assert titles(page) == ["Peckham Lido"]
    assert "£3,200 of £5,000, 6 days left" in page.text
    assert "Gillett Square, Hackney" in page.text


def test_the_next_to_close_comes_first(client, make, now):
    make.campaign("live", title="Later", closes_at=now + timedelta(days=9))
    make.campaign("live", title="Sooner", closes_at=now + timedelta(days=3))
    assert titles(client.get("/en/campaigns")) == ["Sooner", "Later"]


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_what_was_never_launched_is_in_no_list_and_no_feed(client, make, status):
    make.campaign(status, title="Secret")
    for address in ("/en/campaigns?show=all", "/en/campaigns?words=secret&show=all", "/en/campaigns?show=withdrawn"):
        assert titles(client.get(address)) == []
    assert "Secret" not in client.client.get("/en/campaigns/feed").text


def test_a_campaign_withdrawn_before_its_launch_stays_unknown(client, make):
    make.campaign("withdrawn", title="Never was")
    assert titles(client.get("/en/campaigns?show=withdrawn")) == []


@pytest.mark.parametrize(
    ("show", "statuses"),
    [
        ("open", ["live"]),
        ("settling", ["collecting", "shortfall"]),
        ("funded", ["delivered", "funded", "paying"]),
        ("unsuccessful", ["failed", "refunding"]),
        ("all", ["collecting", "delivered", "failed", "funded", "live", "paying", "refunding", "shortfall"]),
    ],
)
def test_each_stage_shows_its_campaigns(client, make, show, statuses):
    for status in ("live", "collecting", "shortfall", "paying", "funded", "delivered", "failed", "refunding"):
        make.campaign(status, title=status)
    assert sorted(titles(client.get(f"/en/campaigns?show={show}"))) == statuses


def test_a_deadline_that_has_passed_is_not_open_though_nobody_counted_yet(client, make, now):
    make.campaign("live", title="Just over", closes_at=now)
    assert titles(client.get("/en/campaigns")) == []
    page = client.get("/en/campaigns?show=settling")
    assert titles(page) == ["Just over"]
    assert "closed a moment ago" in page.text


def test_nearly_there_is_from_seventy_per_cent_and_not_yet_reached(client, make):
    for title, minor in (("low", 69_999), ("near", 70_000), ("nearest", 99_999), ("there", 100_000)):
        raised(make.campaign("live", title=title), minor)
    assert sorted(titles(client.get("/en/campaigns?show=nearly"))) == ["near", "nearest"]
    assert titles(client.get("/en/campaigns?show=nearly&sort=reached")) == ["nearest", "near"]


def test_ending_soon_is_within_seven_days(client, make, now):
    make.campaign("live", title="soon", closes_at=now + timedelta(days=7))
    make.campaign("live", title="not so soon", closes_at=now + timedelta(days=7, minutes=1))
    assert titles(client.get("/en/campaigns?show=soon")) == ["soon"]


def test_boroughs_and_kinds_narrow_the_list_and_the_map_counts_all_boroughs(client, make):
    make.campaign("live", title="Hackney garden")
    make.campaign("live", title="Camden garden", borough="E09000007", place="")
    make.campaign("live", title="Hackney hall", kind="buildings")
    assert sorted(titles(client.get("/en/campaigns?borough=E09000012"))) == ["Hackney garden", "Hackney hall"]
    page = client.get("/en/campaigns?borough=E09000012&kind=parks_gardens")
    assert titles(page) == ["Hackney garden"]
    assert "1 campaign" in page.text
    assert words_of(page.first("ol", class_="civic-map__top")).split() == ["Camden", "1", "Hackney", "1"]


@pytest.mark.parametrize("words", ["bees", "bee", "BÉE", '"roof gardens"', "garden -tree"])
def test_words_are_found_in_their_own_forms(client, make, words):
    make.campaign("live", title="Bees on the roof", story="", summary="Roof gardens for Poplar")
    make.campaign("live", title="Trees", story="", summary="A tree in each street, no garden")
    assert titles(client.get("/en/campaigns", query_string={"words": words})) == ["Bees on the roof"]


def test_words_are_found_by_the_rules_of_the_campaigns_language_from_any_page(client, make):
    make.campaign("live", title="Bees on the roof", story="", summary="")
    assert titles(client.get("/pl/campaigns?words=roofs")) == ["Bees on the roof"]


@pytest.mark.parametrize(
    "query",
    [
        "show=draft", "sort=email", "sort=target_minor", "borough=E09000099", "kind=secret", "order=email", "page=-1", "per_page=1000000",
        "words=" + "a" * 5000, "words=%27%3B--", "words=%22unclosed", "words=%26%7C%21%28", "status=draft",
    ],
)  # fmt: skip
def test_what_is_not_offered_changes_nothing_and_breaks_nothing(client, make, query):
    make.campaign("draft", title="Secret")
    make.campaign("live", title="Open")
    page = client.get(f"/en/campaigns?{query}")
    assert page.status == 200
    assert titles(page) == ([] if query.startswith("words") else ["Open"])


def test_pages_are_cut_by_keys_in_every_order_and_lose_nothing(client, make, now):
    for n in range(25):
        raised(make.campaign("live", title=f"C{n}", closes_at=now + timedelta(days=n % 5 + 1)), 1000 * n)
    for sort in ("", "&sort=newest", "&sort=reached"):
        first = client.get(f"/en/campaigns?show=open{sort}")
        second = client.click("Next page")
        assert len(titles(first)) == 20
        assert sorted(titles(first) + titles(second)) == sorted(f"C{n}" for n in range(25))


def test_a_forged_or_foreign_mark_is_refused(client, make):
    assert client.get("/en/campaigns?at=nonsense").status == 400


@pytest.mark.parametrize("many", [1, 19])
def test_the_list_asks_two_things_however_many_rows(client, make, many):
    for _ in range(many):
        make.campaign("live")
    with statements() as seen:
        client.get("/en/campaigns")
    seen.at_most(2)


def test_a_visitor_gets_no_cookie_and_need_not_fetch_twice(client, make):
    campaign = make.campaign("live")
    first = client.client.get("/en/campaigns")
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"].startswith("public")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.client.get("/en/campaigns", headers=tag).status_code == 304
    raised(campaign, 5000)
    assert client.client.get("/en/campaigns", headers=tag).status_code == 200


@pytest.mark.parametrize(
    ("show", "way_out"),
    [("open", "See funded campaigns"), ("funded", "See open campaigns"), ("nearly", "See open campaigns")],
)
def test_an_empty_list_says_so_and_shows_a_way_out(client, make, show, way_out):
    page = client.get(f"/en/campaigns?show={show}")
    assert page.link(way_out)


def test_a_borough_without_campaigns_shows_the_way_to_all(client, make):
    make.campaign("live")
    page = client.get("/en/campaigns?borough=E09000007")
    assert "No campaign fits that" in page.text
    assert page.link("See all campaigns")


def test_a_campaign_without_a_picture_shows_where_it_is_on_the_map(client, make):
    make.campaign("live")
    assert client.get("/en/campaigns").first("path", class_="civic-row__here") is not None


def test_the_feed_names_new_campaigns(client, make):
    make.campaign("live", title="Tom & Jerry's <roof>")
    answer = client.client.get("/en/campaigns/feed")
    assert answer.content_type.startswith("application/atom+xml")
    assert "Tom &amp; Jerry's &lt;roof&gt;" in answer.text
