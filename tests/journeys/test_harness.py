"""The harness finds what it must find, and leaves a sound page alone; otherwise every other journey would prove nothing."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from tests.support import faulty, seen
from tests.support.browser import Person, served
from tests.support.checks import faults_of
from tests.support.page import Page as ReadPage

pytestmark = pytest.mark.browser


# The check that must find a fault of this name.
FINDERS = {
    "focus-unseen": seen.focus_faults,
    "forced-colours": seen.forced_colour_faults,
    "reflow-320": seen.reflow_faults,
    "text-spacing": seen.spacing_faults,
    "text-200": seen.grown_faults,
    "motion": seen.motion_faults,
    "error-summary": seen.summary_faults,
}


@pytest.fixture(scope="module")
def faulty_address() -> Iterator[str]:
    with served(faulty.site()) as address:
        yield address


@pytest.fixture(scope="module")
def visitor(chrome: Browser, faulty_address: str) -> Iterator[Person]:
    person = Person(chrome, faulty_address)
    yield person
    person.close()


@pytest.fixture(scope="module")
def reader() -> FlaskClient:
    return faulty.site().test_client()


def go(person: Person, name: str) -> Page:
    person.page.goto(f"/faulty/{name}")
    return person.page


def test_a_sound_page_is_left_alone(visitor, reader):
    assert faults_of(ReadPage(reader.get("/sound"), "/sound"), "en") == []
    visitor.visit("/sound").look_closely()


def test_a_sound_page_is_left_alone_without_script(chrome, faulty_address):
    person = Person(chrome, faulty_address, script=False)
    person.visit("/sound").look_closely()
    assert person.page.evaluate("() => document.scripts.length") == 0
    person.close()


@pytest.mark.parametrize("name", faulty.WRITTEN)
def test_a_fault_in_the_markup_is_found(reader, name):
    known = faulty.WRITTEN[name]
    found = faults_of(ReadPage(reader.get(f"/faulty/{name}"), name), known.language)
    assert known.rule in {each.rule for each in found}, found


@pytest.mark.parametrize("name", faulty.BARRIERS)
def test_a_barrier_is_found_by_axe(visitor, name):
    found = seen.axe_faults(go(visitor, name))
    assert faulty.BARRIERS[name].rule in {each.rule for each in found}, found


@pytest.mark.parametrize("name", faulty.USED)
def test_a_fault_is_found_by_using_the_page(visitor, name):
    rule = faulty.USED[name].rule
    found = FINDERS.get(rule, seen.keyboard_faults)(go(visitor, name))
    assert rule in {each.rule for each in found}, found


@pytest.mark.parametrize("name", faulty.HEARD)
def test_what_the_browser_complains_about_fails_the_step(visitor, name):
    visitor.errors.clear()
    with pytest.raises(AssertionError, match="noise"):
        visitor.visit(f"/faulty/{name}")


def test_a_wrong_status_fails_the_step(visitor):
    visitor.errors.clear()
    with pytest.raises(AssertionError, match="404 instead of 200"):
        visitor.visit("/nothing/here")
