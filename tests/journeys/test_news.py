"""Somebody is told, chooses how to hear of it, silences a thing, and stops letters by the link in one, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from civic.core.db import db
from civic.notifications import queries
from civic.notifications.links import stop_url
from tests.make_notifications import KINDS
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def told(shared: Flask, make: Any, now: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Somebody with news of three things, whose letters came back."""
    monkeypatch.setattr(shared.extensions["civic"], "notices", {notice.key: notice for notice in KINDS})
    person = make.member()
    make.bounce(person)
    make.news(person, about="thread:1", facts={"title": "Bus lanes", "words": "سلحفاة", "language": "ar"})
    make.news(person, about="thread:2", facts={"title": "Night buses"})
    make.news(person, notice="demo.decision", facts={"title": "your comment"}, read_at=now, way="owed")
    db.session.commit()
    return person


@pytest.mark.parametrize("options", ({}, {"phone": True, "script": False}), ids=("screen", "phone without script"))
def test_news_is_read_chosen_and_silenced(
    browse: Callable[..., Person], app: Flask, make: Any, told: Any, options: Any
):
    reader = browse(**options)
    sign_in_browser(reader, app, make, told)
    reader.visit("/en/account").sees("2 new").look_closely().click("Notifications").look_closely()
    reader.click("Mark all as read").look_closely()
    reader.click("Choose what you hear of").look_closely()
    reader.choose("In the weekly letter", within="Answers").click("Save my choices").sees("Your choices are saved")
    reader.visit("/en/account/notifications").click("Hear no more of this News of Night buses").look_closely()
    reader.click("Choose what you hear of").sees("What you hear nothing of").look_closely()
    reader.click("Hear of it again News of Night buses").sees("You hear of it again")


@pytest.mark.parametrize("language", ("en", "ar"))
def test_letters_are_stopped_by_the_link_in_one(browse: Callable[..., Person], app: Flask, told: Any, language: str):
    with app.test_request_context(f"/{language}/"):
        app.preprocess_request()
        link = stop_url(told.id, "kinds", "demo.answer").removeprefix("http://localhost")
    reader = browse().visit(link).look_closely()
    reader.page.locator("main button").first.click()
    reader.look_closely()
    db.session.rollback()
    assert queries.paces_of(told.id) == {"demo.answer": "never"}
