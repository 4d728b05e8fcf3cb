"""Doreen asks for large print, fills in a paper form that two people type, and Gwyn answers on the phone."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.core.db import db
from civic.surveys.models.response import Response
from tests.make_surveys import FULL_ANSWERS
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser

CODES = {
    "Q1 ": "a", "Q3 ": "d By boat", "Q4 ": "a b", "Q5 ": "7", "Q6.1": "a", "Q6.2": "c", "Q7 ": "b a", "Q8 ": "12",
    "Q9 ": "27 3 2019", "Q10 ": "hack", "Q11 ": "Thank you",
}  # fmt: skip


@pytest.fixture
def survey(shared: Flask, make: Any) -> Any:
    """An open survey with a question of every kind."""
    survey = make.survey(slug="cleaner-streets")
    db.session.commit()
    return survey


def at_the_desk(browse: Callable[..., Person], app: Flask, make: Any, **options: Any) -> Person:
    person = browse(**options)
    sign_in_browser(person, app, make, make.staff("assistant"))
    return person


def type_codes(person: Person, **other: str) -> Person:
    for label, code in CODES.items():
        person.fill(label, other.get(label.strip(), code))
    return person


def answers() -> list[dict[str, Any]]:
    db.session.rollback()
    return [response.answers for response in db.session.scalars(select(Response))]


def test_a_request_without_script_from_a_phone_to_the_letter(browse, app, make, survey):
    doreen = browse(script=False, phone=True)
    doreen.visit("/en/surveys/cleaner-streets/paper-form").look_closely()
    doreen.click("Ask us to send you a form").look_closely()
    doreen.refused("Send my request").look_closely()
    doreen.choose("Large print by post").choose("By post").fill("Postal address", "22 Amhurst Road\nLondon E8 1LL")
    doreen.fill("Name (optional)", "Doreen Baptiste").click("Send my request")
    doreen.sees("We have your request").look_closely()
    mina = at_the_desk(browse, app, make)
    mina.visit("/en/staff/requests").look_closely().click("1: Large print by post").look_closely()
    mina.choose("Accept it: we are making it").click("Record").look_closely()
    mina.click("Letter to print").look_closely().sees("22 Amhurst Road")


def test_two_people_type_a_form_and_settle_what_they_read_differently(browse, app, make, survey):
    mina, noor = at_the_desk(browse, app, make), at_the_desk(browse, app, make, script=False)
    mina.visit("/en/staff/assisted-answers").look_closely()
    mina.click("Begin a batch of paper forms Cleaner streets").look_closely()
    mina.fill("How many forms?", "2").choose("English").fill("Where are they handed out", "Clapton Library")
    mina.click("Begin the batch").look_closely()
    mina.click("Type form 1").look_closely()
    type_codes(mina, Q4="a z").refused("Keep the form").look_closely()
    type_codes(mina).click("Keep the form").look_closely()
    noor.visit("/en/staff/assisted-answers").page.locator("table a").first.click()
    noor.check().click("Form 1").click("Type form 1")
    type_codes(noor, Q5="3").click("Keep the form").look_closely()
    assert answers() == []
    noor.choose("7", within="Q5").click("Settle and count the answers").look_closely()
    assert answers() == [FULL_ANSWERS]


@pytest.mark.parametrize("language", ("ar", "xx"))
def test_the_desk_in_other_directions(browse, app, make, survey, language):
    batch = make.paper_batch(survey)
    make.format_request(thing=f"survey:{survey.id}", title="Cleaner streets", title_language="en")
    db.session.commit()
    person = at_the_desk(browse, app, make)
    for path in (
        "surveys/cleaner-streets/paper-form", "format-requests/new", "staff/requests", "staff/assisted-answers",
        f"staff/assisted-answers/batches/{batch.id}", f"staff/assisted-answers/batches/{batch.id}/forms/1", "staff/pledge-intents/new",
    ):  # fmt: skip
        person.visit(f"/{language}/{path}").look_closely()


def test_a_call_is_read_back(browse, app, make, survey):
    mina = at_the_desk(browse, app, make)
    mina.visit("/en/staff/assisted-answers").click("Take answers by phone Cleaner streets").look_closely()
    type_codes(mina).fill("Why by phone?", "Has no internet").click("Go on to read back").look_closely()
    mina.sees("By boat").click("The person agrees: count the answers").sees("receipt code").look_closely()
    assert answers() == [FULL_ANSWERS]
