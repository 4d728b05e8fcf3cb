"""A Londoner takes a survey: from the list to the receipt, changes it, and sees what everyone said."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from civic.core.db import db
from tests.make_surveys import FULL_ANSWERS
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def survey(shared: Flask, make: Any) -> Any:
    """An open survey with a question of every kind."""
    survey = make.survey(slug="cleaner-streets")
    db.session.commit()
    return survey


def answer_streets(person: Person) -> None:
    person.choose("Yes", within="Do you cycle in London?")
    person.choose("Other", within="How do you travel most?").fill(
        "Your own words", "By boat", within="How do you travel most?"
    )
    person.choose("More trees").choose("Better lights").click("Continue")


def answer_air(person: Person) -> None:
    person.choose("7", within="How clean is the air")
    person.choose("A lot", within="The Mayor").choose("Not at all", within="Your council")
    person.select("More parks", "1").select("Cleaner buses", "2").click("Continue")


def test_a_visitor_takes_a_survey_on_a_phone_without_script(browse: Callable[..., Person], survey: Any):
    visitor = browse(script=False, phone=True)
    visitor.visit("/en/surveys").look_closely()
    visitor.click("Cleaner streets").look_closely()
    visitor.click("Start now").look_closely()
    visitor.refused("Continue").look_closely()
    answer_streets(visitor)
    assert visitor.h1 == "The air"
    visitor.look_closely()
    answer_air(visitor)
    visitor.fill("How many miles a week?", "lots").refused("Continue")
    visitor.fill("How many miles a week?", "12").fill("Day", "27").fill("Month", "3").fill("Year", "2019").click(
        "Continue"
    )
    visitor.select("Where do you live?", "Hackney").fill("Is there anything else?", "Thank you").look_closely()
    visitor.click("Continue")
    assert visitor.h1 == "Check your answers"
    visitor.sees("By boat").sees("More trees").look_closely()
    visitor.click("Send my answers").look_closely()
    assert visitor.h1 == "Thank you. Your answers have arrived."


def test_a_member_saves_comes_back_changes_an_answer_and_reads_the_results(browse, app, make, survey):
    ada = browse()
    sign_in_browser(ada, app, make, make.member(name="Ada L"))
    ada.visit("/en/surveys/cleaner-streets").click("Start now")
    answer_streets(ada)
    ada.click("Save and come back later").look_closely()
    ada.visit("/en/surveys/cleaner-streets").click("Go on where I stopped")
    answer_air(ada)
    ada.fill("How many miles a week?", "12").click("Continue").click("Continue")
    ada.click("Change How many miles a week?")
    ada.fill("How many miles a week?", "20").click("Save and check").sees("20")
    ada.click("Send my answers")
    ada.click("Change or withdraw my answers").look_closely()
    ada.click("See and change my answers")
    ada.click("Send my changed answers" if "Send my changed answers" in ada.text else "Continue")
    make.responses(survey, [FULL_ANSWERS] * 40)
    make.published(survey)
    db.session.commit()
    ada.visit("/en/surveys/cleaner-streets").click("See what people said").look_closely()
    assert b"," in ada.download("Download all figures (CSV)")


def test_one_question_a_page_with_a_follow_up(browse: Callable[..., Person], survey: Any):
    visitor = browse()
    visitor.visit("/en/surveys/cleaner-streets").click("Start now").click(
        "Show one question on each page"
    ).look_closely()
    assert visitor.h1 == "Do you cycle in London?"
    visitor.choose("No").click("Continue")
    assert visitor.h1 == "What keeps you from cycling?"
    visitor.look_closely()


@pytest.mark.parametrize("language", ("ar", "pl", "xx"))
def test_the_pages_of_a_survey_in_every_language(browse: Callable[..., Person], make: Any, survey: Any, language: str):
    make.responses(survey, [FULL_ANSWERS] * 40)
    db.session.commit()
    visitor = browse()
    visitor.visit(f"/{language}/surveys").look_closely()
    visitor.visit(f"/{language}/surveys/cleaner-streets").look_closely()
    visitor.page.locator("main a.govuk-button--start").click()
    visitor.page.wait_for_load_state()
    visitor.check().look_closely()
    button = visitor.page.locator("main form button").first
    visitor.expected = 422
    button.click()
    visitor.page.wait_for_load_state()
    visitor.check().look_closely()
    make.published(survey)
    db.session.commit()
    visitor.visit(f"/{language}/surveys/cleaner-streets/results").look_closely()
