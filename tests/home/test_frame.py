"""What stands around every page, and what machines find at the door."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from civic.core.db import db


def test_every_page_links_to_help_with_reading_statement_barriers_and_privacy(client):
    hrefs = {link.href.split("?")[0] for link in client.get("/en/cookies").links}
    assert {
        "/en/preferences", "/en/accessibility-statement", "/en/barrier-reports/new", "/en/privacy", "/en/cookies", "/en/surveys",
    } <= hrefs  # fmt: skip


def test_a_barrier_report_begins_with_the_page_it_was_met_on(client):
    client.get("/en/privacy")
    page = client.click("Report a barrier")
    assert page.first("input", name="page").get("value") == "/en/privacy"


def test_an_address_with_a_secret_in_it_is_carried_nowhere(client):
    page = client.get("/en/sign-in-link/abc.def.ghi", checked=False)
    assert "abc.def.ghi" not in " ".join(
        link.href for link in page.links if "barrier" in link.href or "preferences" in link.href
    )


def test_the_present_way_is_marked(client):
    page = client.get("/en/surveys")
    marked = [each for each in page.all("a", class_="civic-nav__link") if each.get("aria-current")]
    assert [each.get("href") for each in marked] == ["/en/surveys"]


def test_robots_are_told_what_they_need_not_read(client):
    answer = client.client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /*/staff" in answer.text and "Sitemap: http://localhost/sitemap.xml" in answer.text


def test_the_map_of_the_site_holds_public_pages_in_every_language(client, make):
    survey = make.survey()
    draft = make.survey(status="draft")
    db.session.commit()
    answer = client.client.get("/sitemap.xml")
    addresses = [
        each.text
        for each in ElementTree.fromstring(answer.data).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    for language in ("en", "pl", "ar"):
        assert f"http://localhost/{language}/surveys/{survey.slug}" in addresses
    assert not [each for each in addresses if draft.slug in each or "/xx/" in each or "/staff" in each]


def test_who_finds_a_weakness_finds_whom_to_tell(client):
    told = dict(
        line.split(": ", 1) for line in client.client.get("/.well-known/security.txt").text.strip().splitlines()
    )
    assert told["Contact"].startswith("mailto:")
    assert datetime.fromisoformat(told["Expires"]) > datetime.now(UTC)


def test_the_icon_is_found_where_browsers_look(client):
    answer = client.client.get("/favicon.ico")
    assert client.client.get(answer.location).status_code == 200


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/.well-known/security.txt"])
def test_machines_get_no_cookie(client, path):
    assert "Set-Cookie" not in client.client.get(path).headers
