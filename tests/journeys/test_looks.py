"""Every public page closely, and the pages that matter most in every theme and way of showing."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from civic.accessibility.rules import CHOICES
from civic.core.db import db
from tests.house import routes
from tests.make_surveys import FULL_ANSWERS
from tests.support import seen
from tests.support.browser import Person
from tests.support.client import PageClient
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser
THEMES = tuple(f"theme:{each}" for each in CHOICES["theme"][1:])
OTHERS = ("text:200", "spacing:wide.font:opendyslexic", "font:system.links:strong.view:simple")


@pytest.fixture
def surveys(shared: Flask, make: Any) -> None:
    """One open survey, and one with published results."""
    make.survey(slug="cleaner-streets")
    told = make.survey(slug="night-buses")
    make.responses(told, [FULL_ANSWERS] * 40)
    make.published(told)
    db.session.commit()


@pytest.mark.parametrize("language", ("en", "ar"))
def test_every_public_page_closely(browse: Callable[..., Person], app: Flask, surveys: None, language: str):
    reader, client = browse(), PageClient(app, checked=False)
    found = {f"/{language}/surveys?show=results", f"/{language}/surveys/night-buses/results"}
    for address in routes.addresses(app, "GET", {}, language):
        answer = client.get(address.path)
        if answer.status == 200 and answer.is_html:
            found.add(address.path)
    assert len(found) > 10
    for path in sorted(found):
        reader.visit(path).look_closely()


@pytest.mark.parametrize("path", ("/en/nothing-here", "/ar/surveys/not-there"))
def test_what_is_not_there_says_so_well(browse: Callable[..., Person], surveys: None, path: str):
    browse().visit(path, status=404).look_closely()


@pytest.mark.parametrize("display", (*THEMES, *OTHERS, "device in the dark"))
def test_the_pages_that_matter_most_in_every_look(browse, app, make, surveys, display: str):
    reader = browse(color_scheme="dark") if display.startswith("device") else browse().wears(display)
    # Twice the letters in a fifth of the window is more than anybody asks for.
    looks = (seen.focus_faults, seen.layout_faults if "text:" in display else seen.reflow_faults)
    for path in ("/en/", "/en/surveys/night-buses/results", "/en/preferences", "/en/sign-in"):
        reader.visit(path).look_closely(*looks)
    reader.refused("Sign in", within="main").look_closely(*looks)
    reader.visit("/en/surveys/cleaner-streets").click("Start now").look_closely(*looks)
    reader.refused("Continue").look_closely(*looks)
    sofia = browse(color_scheme="dark") if display.startswith("device") else browse().wears(display)
    sign_in_browser(sofia, app, make, make.staff("researcher", "administrator"))
    for path in ("/en/staff", "/en/staff/surveys", "/en/staff/people", "/en/account"):
        sofia.visit(path).look_closely(*looks)
