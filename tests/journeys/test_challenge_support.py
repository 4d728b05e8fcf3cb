"""A finalist's way: its plan, a mentor who offers herself, sessions, the demo day, and what came of it; with a mentor and a partner."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.challenge.models import Challenge
from civic.challenge.support.actions.outcomes import ask
from civic.challenge.support.actions.outcomes import plan as plan_outcomes
from civic.challenge.support.models import SupportSession
from civic.core import clock
from civic.core.db import db
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def hall(app: Flask, shared: Flask, make: Any) -> dict[str, Any]:
    """A matched startup, its partner's person, a member who would help, and a manager."""
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        owner = make.settled_member(name="Amina Yusuf")
        programme = make.programme(slug="example", title="The programme of this year")
        challenge = make.challenge("final", programme=programme, title="An evening off for carers")
        journey = make.journey(owner=owner, programme=programme, challenge=challenge)
        people = {
            "amina": owner,
            "zofia": make.settled_member(name="Zofia Konstantynopolitańczykiewiczówna"),
            "pat": make.partner_member(
                db.session.get_one(Challenge, challenge.id).partner, person=make.settled_member(name="Pat Okafor")
            ),
            "eilidh": make.staff("challenge_manager", name="Eilidh Macrae"),
        }
        db.session.commit()
    return people | {"journey": journey}


@pytest.fixture
def arrive(browse: Callable[..., Person], app: Flask, make: Any, hall: dict[str, Any]) -> Callable[..., Person]:
    """One of the people at a browser."""

    def come(name: str, **options: Any) -> Person:
        person = browse(**options)
        sign_in_browser(person, app, make, hall[name])
        return person

    return come


def on_day(person: Person, group: str, days: int, time: str = "") -> Person:
    """Type a London day so many days from now, and a time."""
    day = clock.in_london(clock.now()) + timedelta(days=days)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        person.fill(label, str(value), within=group)
    return person.fill("Time", time, within=group) if time else person


def test_a_startup_and_its_mentor_from_the_plan_to_what_was_agreed(hall: dict[str, Any], arrive: Callable[..., Person]):
    amina = arrive("amina", phone=True, script=False)
    amina.visit("/en/challenges/support").look_closely().click("Startup").look_closely()
    amina.click("Write the plan").look_closely().refused("Save the plan").look_closely()
    amina.choose("Price and business model").fill("How do things stand?", "We are new to councils.")
    amina.fill("What should be reached", "One contract.").click("Save the plan").sees(
        "The plan is saved"
    ).look_closely()
    amina.page.locator("summary").click()
    amina.fill("What is to be done?", "Ask three councils what they pay now")
    on_day(amina, "By when?", 9).click("Write it down").sees("Ask three councils").look_closely()
    amina.click("It is done").sees("Take it up again")
    amina.click("All editions").sees("Edition 1").look_closely()

    zofia = arrive("zofia")
    zofia.visit("/en/challenges/programmes/example/mentors").look_closely().click("Offer to be a mentor").look_closely()
    zofia.refused("Offer to help").look_closely()
    zofia.fill("What you do", "Head of Procurement").fill(
        "What you can help with", "How councils buy, and what they pay."
    )
    zofia.choose("Price and business model", within="Topics that you know well")
    zofia.choose("English", within="Languages in which you can help").fill("How many hours", "10")
    zofia.click("Offer to help").sees("reads your offer").look_closely()

    eilidh = arrive("eilidh")
    eilidh.visit("/en/staff/challenges/support").sees("Answer an offer of a mentor").look_closely()
    eilidh.click("Answer an offer of a mentor").look_closely().click("Accept").sees("they are told").look_closely()
    eilidh.visit("/en/staff/challenges/support/example").look_closely()
    eilidh.visit(f"/en/challenges/support/{hall['journey'].id}").look_closely().click("Find a mentor").look_closely()
    eilidh.click("Propose").sees("Both are asked").look_closely()

    zofia.visit("/en/challenges/support").sees("Say whether you want to help").click("Say whether you want to help")
    zofia.look_closely().click("Agree").sees("You have agreed")
    amina.visit("/en/challenges/support").click("Say whether you agree").click("Agree").sees("Helps").look_closely()

    zofia.visit(zofia.path).look_closely()
    on_day(zofia, "When does it begin?", 3, "14:30").fill("Where?", "https://meet.example/abc")
    zofia.click("Offer this time").sees("The time is offered").look_closely()
    amina.visit(f"/en/challenges/support/{hall['journey'].id}").sees("Times that you can take").look_closely()
    amina.click(f"{_when()}").look_closely().fill("What do you want to talk about?", "Prices")
    amina.click("Book this time").sees("Both of you are told").look_closely()
    assert b"TZID=Europe/London" in amina.download("Add it to your calendar")

    db.session.rollback()
    session = db.session.scalars(select(SupportSession)).one()
    session.starts_at, session.ends_at = clock.now() - timedelta(hours=2), clock.now() - timedelta(hours=1)
    db.session.commit()
    zofia.visit("/en/challenges/support").click("Say how the session went").look_closely()
    zofia.refused("Write it down").look_closely()
    zofia.fill("Who was there?", "The founder and I").fill("What was agreed or decided?", "Two prices, not one.")
    zofia.click("Write it down", nth=0).sees("It is written down.").look_closely()
    amina.visit(f"/en/challenges/sessions/{session.id}").sees("Two prices, not one.").as_in("ar").look_closely()


def test_a_demo_day_that_everybody_gets_into_and_what_came_of_it(
    app: Flask, hall: dict[str, Any], arrive: Callable[..., Person]
):
    eilidh = arrive("eilidh")
    eilidh.visit("/en/staff/challenges/support/example/demo-day").look_closely().click(
        "Write the demo day"
    ).look_closely()
    on_day(eilidh, "When does it begin?", 20, "14:00")
    on_day(eilidh, "When does it end?", 20, "17:00")
    on_day(eilidh, "Until when can people register?", 18, "17:00")
    eilidh.fill("Place and address", "City Hall, Royal Docks").click("Save the demo day").look_closely()
    eilidh.click("Announce it", status=422).sees("how people get in without steps").look_closely()
    eilidh.click("Change the demo day").fill("Getting in without steps", "Level from the street.")
    eilidh.fill("Hearing loop", "In the chamber.").fill("Sign language", "Ask us two weeks before.")
    eilidh.click("Save the demo day").click("Announce it").sees("they are told").look_closely()
    eilidh.click("Add this startup").look_closely()

    pat = arrive("pat", phone=True, script=False)
    pat.visit("/en/challenges/support").look_closely().click("Register for the demo day").look_closely()
    pat.choose("Live captions").click("Register").sees("You have a place.").look_closely().as_in("ar").look_closely()
    eilidh.visit("/en/staff/challenges/support/example/demo-day/people").sees("Live captions").look_closely()

    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        first = plan_outcomes(hall["journey"].id, now=clock.now())[0]
        ask(first.id, now=clock.now())
        db.session.commit()
    for name, words in (("amina", "Two care teams use it."), ("pat", "We pay for it from April.")):
        person = arrive(name)
        person.visit("/en/challenges/support").click("Say what came of the test").look_closely()
        person.choose("No", within="Is it in use now?").refused("Send the answer").look_closely()
        person.choose("Yes, it is in use").fill("What is it worth to them?", words).fill("What is paid", "24000")
        person.click("Send the answer").sees("Your answer is kept").look_closely()
    eilidh.visit("/en/staff/challenges/support").click("Verify and publish").look_closely()
    eilidh.refused("Publish it").look_closely()
    eilidh.fill("What everybody reads", "The council pays for it now.").click("Publish it")
    eilidh.sees("Everybody can read now").look_closely()
    pat.visit(f"/en/challenges/outcomes/{first.id}").sees("The council pays for it now.").look_closely()


def _when() -> str:
    """The link to a time three days from now, as the page writes it."""
    day = clock.in_london(clock.now()) + timedelta(days=3)
    return f"{day.day} {day:%B} {day.year}, 2:30pm"
