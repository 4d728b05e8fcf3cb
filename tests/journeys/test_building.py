"""A researcher builds a survey, launches it, closes it, and publishes what came of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db
from civic.surveys.models.survey import Survey
from tests.make_accounts import PASSWORD, code_of
from tests.support.browser import Person

pytestmark = pytest.mark.browser


def sign_in_as_staff(person: Person, app: Flask, user: Any) -> Person:
    """By password and the code of the app, as staff must."""
    person.visit("/en/sign-in").fill("Email address", user.email).fill("Password", PASSWORD).click(
        "Sign in", within="main"
    )
    return person.fill("Code", code_of(user, app, clock.now())).click("Go on")


def add_question(person: Person, kind: str, words: str, options: str = "") -> None:
    person.click("Add a question").choose(kind).click("Continue")
    person.fill("Question", words)
    if options:
        person.fill("Answers to choose from", options)
    person.click("Save the question")


def test_a_researcher_builds_launches_closes_and_publishes(
    browse: Callable[..., Person], app: Flask, shared: Flask, make: Any
):
    user = make.staff("researcher", name="Rosa")
    db.session.commit()
    rosa = sign_in_as_staff(browse(), app, user)
    rosa.visit("/en/staff/surveys").look_closely()
    rosa.click("Create a survey").look_closely()
    rosa.refused("Create the survey").fill("Title", "Lights in our parks").click("Create the survey").look_closely()

    add_question(rosa, "Yes or no", "Do you use a park after dark?")
    add_question(rosa, "Choose one", "Which park?", "Victoria Park\nBurgess Park\nBrockwell Park")
    rosa.look_closely()
    rosa.click("Show when Which park?").look_closely()
    rosa.click("Choose this question").select("Answer", "Yes").look_closely()
    rosa.click("Add the comparison").look_closely()
    rosa.visit("/en/staff/surveys/lights-in-our-parks").sees("Shown if")

    rosa.click("Preview", within="aside, .civic-columns__aside").look_closely()
    rosa.visit("/en/staff/surveys/lights-in-our-parks/settings").look_closely()
    rosa.fill("Summary", "Where lights are missing in London’s parks.")
    rosa.fill("What happens with the answers", "The parks team decides in spring where lights go, and says so here.")
    rosa.click("Save the settings")
    closes = clock.now() + timedelta(days=20)
    rosa.visit("/en/staff/surveys/lights-in-our-parks/dates").look_closely()
    rosa.fill("Day", str(closes.day), within="Closes").fill("Month", str(closes.month), within="Closes")
    rosa.fill("Year", str(closes.year), within="Closes").page.locator("main form button").first.click()
    rosa.page.wait_for_load_state()
    rosa.check()
    rosa.click("Checklist and launch").look_closely()
    for box in rosa.page.locator("main textarea").all():
        box.fill("Tried with five people, who had no trouble.")
    rosa.click("Launch the survey").look_closely()

    browse().visit("/en/surveys/lights-in-our-parks").sees("Lights in our parks")
    survey = db.session.scalars(select(Survey)).one()
    after_dark, park = _questionnaire(survey).questions()
    victoria, burgess, _brockwell = (option.key for option in park.options)
    answers = [{after_dark.key: "yes", park.key: victoria}] * 30 + [{after_dark.key: "yes", park.key: burgess}] * 20
    answers += [{after_dark.key: "no"}] * 15
    make.responses(survey, answers)
    db.session.commit()

    rosa.visit("/en/staff/surveys/lights-in-our-parks").click("Close the survey").look_closely()
    rosa.fill("Reason", "The money is spent sooner than planned.").click("Close the survey")
    rosa.click("Publish results").look_closely()
    for box in rosa.page.locator("main input[type=checkbox]").all():
        box.check(force=True)
    rosa.click("Save what is public")
    reader = browse(phone=True)
    reader.visit("/en/surveys?show=results").click("Lights in our parks").sees("Victoria Park").look_closely()


def _questionnaire(survey: Survey) -> Any:
    from civic.surveys.queries.surveys import live_version

    version = live_version(survey)
    assert version is not None
    return version.questionnaire
