"""Pages that a process keeps: only what is the same for every visitor, for as long as its tag is the same, and never too many."""

import pytest
from flask import template_rendered

from civic.core import pages
from civic.core.db import db
from tests.support.client import PageClient


@pytest.fixture
def drawn(isolated):
    """The names of the templates that were drawn, in order."""
    names = []

    def note(sender, template, context, **extra):
        names.append(template.name)

    with template_rendered.connected_to(note, isolated):
        yield names


PAGE, TEMPLATE = "/en/discussions", "discussions/list_topics.html"


def test_a_page_is_drawn_once_for_all_visitors(app, make, drawn):
    make.topic(title="Rivers")
    first, second = PageClient(app).get(PAGE), PageClient(app).get(PAGE)
    assert drawn.count(TEMPLATE) == 1
    assert first.html == second.html and "Rivers" in second.html
    assert first.headers["ETag"] == second.headers["ETag"]
    assert second.headers["Cache-Control"].startswith("public") and "Set-Cookie" not in second.headers
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_it_is_drawn_again_when_what_it_shows_changes(app, make, drawn):
    topic = make.topic(title="Rivers")
    PageClient(app).get(PAGE)
    topic.title = "Canals"
    db.session.flush()
    assert "Canals" in PageClient(app).get(PAGE).html
    assert drawn.count(TEMPLATE) == 2


@pytest.mark.parametrize("other", ["/pl/discussions", "/en/discussions?x=1"])
def test_another_language_or_address_has_its_own(app, make, drawn, other):
    make.topic()
    PageClient(app).get(PAGE)
    assert PageClient(app).get(other).status == 200
    assert drawn.count(TEMPLATE) == 2


def test_how_pages_are_shown_makes_another_page(app, make, drawn):
    make.topic()
    PageClient(app).get(PAGE)
    dark = PageClient(app)
    dark.client.set_cookie("display", "theme:dark")
    assert 'data-theme="dark"' in dark.get(PAGE).html
    assert 'data-theme="dark"' not in PageClient(app).get(PAGE).html


def test_a_visitor_with_a_session_is_given_nothing_kept_and_nothing_of_theirs_is(app, make, drawn):
    make.topic()
    somebody = PageClient(app)
    somebody.get("/en/sign-in")  # its form makes a cookie
    somebody.get(PAGE)
    assert drawn.count(TEMPLATE) == 1 and not app.extensions.get("kept_pages")
    PageClient(app).get(PAGE)
    somebody.get(PAGE)
    assert drawn.count(TEMPLATE) == 3


def test_a_members_page_is_never_kept_nor_given_what_is(app, make):
    make.topic()
    visitor, member = PageClient(app), PageClient(app)
    visitor.get(PAGE)
    make.sign_in(member, make.member())
    assert "Sign out" in member.get(PAGE).html
    assert "Sign out" not in visitor.get(PAGE).html


def test_feeds_and_pages_with_a_form_are_not_kept(app, client):
    for path in ("/en/discussions/feed", "/en/sign-in"):
        assert client.get(path).status == 200
    assert not app.extensions.get("kept_pages")


def test_a_full_shelf_lets_the_oldest_page_go(app, make, monkeypatch, drawn):
    monkeypatch.setattr(pages, "MOST_KEPT", 2)
    for number in (1, 2, 3, 3, 1):
        PageClient(app).get(f"{PAGE}?x={number}")
    assert len(app.extensions["kept_pages"]) == 2
    assert drawn.count(TEMPLATE) == 4


def test_while_one_works_on_templates_each_page_is_drawn_anew(app, make, monkeypatch, drawn):
    monkeypatch.setattr(app, "debug", True)
    for _ in range(2):
        PageClient(app).get(PAGE)
    assert drawn.count(TEMPLATE) == 2
