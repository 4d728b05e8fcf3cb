"""Who may where: every address × every kind of person, reading and sending; no role opens another's door, nothing ever breaks."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from civic.accounts.rules.choices import ROLES
from civic.core.i18n import LANGUAGES
from tests.house import routes
from tests.support.client import Page, PageClient
from tests.support.people import sign_in

PEOPLE = ("visitor", "member", *ROLES)
LEAVES = {"accounts.sign_out"}


@pytest.fixture
def somebody(app: Flask, make: Any) -> Callable[[str], PageClient]:
    """A reader of a kind, signed in where the kind has an account."""

    def arrive(kind: str) -> PageClient:
        client = PageClient(app)
        if kind != "visitor":
            sign_in(client, make.member() if kind == "member" else make.staff(kind))
        return client

    return arrive


@pytest.fixture
def known(make: Any) -> dict[str, Any]:
    """Something real for every place in an address that a test can fill."""
    return make.everything() if hasattr(make, "everything") else {}


def is_refused(page: Page) -> bool:
    """Sent to the sign-in or second step, forbidden, or told that there is nothing."""
    return page.status in (403, 404) or (page.status in (302, 303) and "/sign-in" in (page.location or ""))


@pytest.mark.parametrize("kind", PEOPLE)
def test_every_address_answers_everybody_and_staff_pages_refuse_the_others(app, somebody, known, kind):
    client, broken, open_doors = somebody(kind), [], []
    for address in routes.addresses(app, "GET", known):
        page = client.get(address.path)
        if page.status >= 500 and page.status != 503:
            broken.append(f"{page.status} {address}")
        if address.is_staff and kind in ("visitor", "member") and not is_refused(page):
            open_doors.append(f"{page.status} {address}")
    assert broken == []
    assert open_doors == []


@pytest.mark.parametrize("kind", PEOPLE)
def test_every_address_bears_an_empty_form_and_staff_acts_refuse_the_others(app, somebody, known, kind):
    broken, open_doors = [], []
    client = somebody(kind)
    for address in routes.addresses(app, "POST", known):
        if address.endpoint in LEAVES:
            continue
        page = client.post(address.path, {})
        if page.status >= 500:
            broken.append(f"{page.status} {address}")
        if address.is_staff and kind in ("visitor", "member") and page.status not in (403, 404):
            open_doors.append(f"{page.status} {address}")
    assert broken == []
    assert open_doors == []


def test_no_form_is_taken_without_its_token(app, client, known):
    taken = []
    for address in routes.addresses(app, "POST", known):
        page = client.post(address.path, {}, token=False)
        if page.status not in (400, 403, 404):
            taken.append(f"{page.status} {address}")
    assert taken == []


@pytest.mark.parametrize("kind", ("visitor", "administrator"))
def test_strange_addresses_are_no_surprise(app, somebody, kind):
    client = somebody(kind)
    answers = {str(address): client.get(address.path, checked=False).status for address in routes.hostile_addresses(app, "GET")}
    assert {where: status for where, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("kind", ("visitor", "member", "researcher", "administrator"))
def test_no_page_has_a_word_that_was_not_translated(app, somebody, known, kind):
    client = somebody(kind)
    faults = []
    for address in routes.addresses(app, "GET", known, "xx"):
        try:
            client.get(address.path)
        except AssertionError as fault:
            faults.append(str(fault))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_page_speaks_every_language(app, client, known, language):
    for address in routes.addresses(app, "GET", known, language):
        page = client.get(address.path)
        assert page.status < 500, address
