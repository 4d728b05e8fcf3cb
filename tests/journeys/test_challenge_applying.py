"""A startup from its organisation to the receipt; assessors declare and score; a manager interviews, shortlists and answers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.assessment import queries as assessment
from civic.challenge.applying.actions import calls
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.names import hearing_owner, panel_owner
from civic.core.clock import in_london
from civic.core.db import db
from tests.challenge.applying.ground import Ground
from tests.journeys.hall import look
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser
ANSWERS = {
    "How does your solution answer": "Sitters whom a family has met come within the day.",
    "What is new about it": "Today families ask a week ahead, or nobody.",
    "How would you test it": "Three months with two day centres.",
    "How do the people it is for": "Four carers decide with us each fortnight.",
    "How will you know": "Evenings for each carer, before and after.",
    "What would you use the grant": "Sitters’ hours £7,000, coordination £8,000.",
    "If the test works": "The partner pays for each evening.",
    "What could go wrong": "Too few sitters.",
    "Which personal data": "Names and addresses, deleted after a year.",
    "How can disabled people": "By telephone, in three languages.",
}
WHY = "It names who gains, and the test would show it."


@pytest.fixture
def hall(app: Flask, shared: Flask, make: Any, now: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An open call, and somebody with a verified organisation who has never applied."""
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        ground = Ground(make, now)
        ground.owner = make.member(name="Zofia Konstantynopolitańczykiewiczówna")
        make.organisation(owner=ground.owner, status="verified", kind="company", name="Sitwell Evenings Ltd")
        ground.rival = ground.sent(title="An open house in the evening")
        db.session.commit()
    monkeypatch.setattr("civic.core.clock.now", lambda: ground.now)
    return ground


@pytest.fixture
def arrive(browse: Callable[..., Person], app: Flask, make: Any, hall: Any) -> Callable[..., Person]:
    """Somebody at a browser."""

    def come(user: Any, **options: Any) -> Person:
        person = browse(**options)
        if user is not None:
            sign_in_browser(person, app, make, user)
        return person

    return come


def move_to(ground: Any, moment: Any) -> None:
    """Time passes; sessions begin anew."""
    ground.now = ground.make.now = moment


def fill_the_page_of_the_startup(zofia: Person) -> None:
    look(zofia, "startups").click("Make its page")
    look(zofia, "startup-form").fill("What does your startup do?", "We find a sitter whom a family knows.")
    zofia.fill("Who are you?", "Five people.").choose("First users").choose("Health and care work")
    zofia.select("Where in London", "Hackney").fill("How do disabled people use", "Tested with six people.")
    zofia.fill("How do you handle personal data?", "We are the controller.").click("Save your startup’s page")


def write(zofia: Person) -> None:
    zofia.click("In short").fill("What is your application called?", "An evening within the day")
    look(zofia.fill("What do you offer", "A sitter for tonight."), "step-about").click("Save and go on")
    for number in range(3):
        look(zofia, f"step-{number}")
        for label, words in ANSWERS.items():
            if label in zofia.text:
                zofia.fill(label, words)
        zofia.click("Save and go on" if number < 2 else "Save and go to the list")


def test_a_startup_from_its_organisation_to_the_receipt(arrive: Callable[..., Person], hall: Any):
    zofia = arrive(hall.owner, phone=True, script=False)
    zofia.visit(f"/en/challenges/calls/{hall.programme.slug}")
    look(zofia, "call").click("See whether you can apply")
    look(zofia.sees("Startups apply as organisations"), "no-startup-yet").click("Make your startup’s page")
    fill_the_page_of_the_startup(zofia)
    look(zofia, "startup").visit(f"/en/challenges/{hall.challenge.slug}")
    look(zofia, "challenge").click("See whether you can apply")
    look(zofia, "eligibility").choose("Your organisation is not insolvent").click("Start writing")
    look(zofia.sees("1 of 6 steps are done."), "draft").click("Send the application")
    look(zofia.sees("It cannot be sent yet"), "gaps").visit("/en/challenges/applications")
    look(zofia, "applications").click("Without a title so far")
    write(zofia)
    look(zofia, "draft-written").click("Conditions")
    look(zofia, "conditions")
    for label in ("Nobody who decides", "You own what you offer", "Your solution promotes", "With this grant"):
        zofia.choose(label)
    zofia.click("Save and go to the list").click("Read it through")
    look(zofia, "check-answers").click("Go on to sending")
    look(zofia, "sending").refused("Send my application").look_closely()
    zofia.choose("I may speak").choose("Everything we say").click("Send my application")
    look(zofia.sees("Your application is in"), "receipt").click("See your application")
    look(zofia.sees("nobody in this office reads it before"), "sent").click("Take it back to change something")
    zofia.sees("Taken back.").click("Give up this application")
    look(zofia, "withdrawal").as_in("ar").look_closely()
    db.session.rollback()
    states = db.session.scalars(select(ChallengeApplication.status).order_by(ChallengeApplication.id)).all()
    assert states == ["submitted", "draft"]


def score(person: Person, title: str, value: int) -> None:
    """Declare, read and score: an assessor’s part."""
    person.visit("/en/staff/assessment/mine").click(title).choose("No").click("Go on")
    person.look_closely()
    for group in [each.strip() for each in person.page.locator("main fieldset legend").all_inner_texts()]:
        person.choose(str(value), within=group).fill(f"Why this score? {group}", WHY)
    person.click("Check and send my scores").click("Send my scores")


def test_from_the_deadline_to_everybodys_answer(arrive: Callable[..., Person], hall: Any, app: Flask):
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        mine = hall.sent(by=hall.owner, title="An evening within the day")
        hall.seat()
        db.session.commit()
    manager = arrive(hall.manager)
    manager.visit("/en/staff/challenges/calls")
    look(manager, "desk-calls").click(hall.programme.title)
    look(manager.sees("Applications are sealed until"), "desk-sealed").click("Applications")
    look(manager.sees("2 applications so far"), "desk-sealed-list")
    move_to(hall, hall.call.closes_at + timedelta(minutes=1))
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        calls.unseal(hall.call.id, now=hall.now)
        db.session.commit()
    manager = arrive(hall.manager)
    panel = assessment.panel_of(panel_owner(hall.challenge.id))
    manager.visit(f"/en/staff/assessment/panels/{panel.id}").click("Share out the items").click(
        "Share them out like this"
    )
    for assessor in hall.assessors:
        person = arrive(assessor)
        score(person, "An evening within the day", 4)
        score(person, "An open house in the evening", 2)
    manager.visit(f"/en/staff/challenges/calls/{hall.programme.slug}")
    look(manager, "desk").click(hall.challenge.title)
    look(manager, "shortlist").click("Read it An evening within the day")
    look(manager, "desk-application").click("Plan an interview")
    look(manager, "interview-form")
    day = in_london(hall.now + timedelta(days=2))
    for label, part in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        manager.fill(label, str(part), within="When?")
    manager.fill("Time", "10:00", within="When?").fill("Where?", "City Hall, room 4")
    for assessor in hall.assessors:
        manager.choose(assessor.display_name)
    manager.click("Invite them")
    look(manager.sees("The startup and those who hear it are told."), "interview")
    zofia = arrive(hall.owner)
    zofia.visit(f"/en/challenges/applications/{mine.id}")
    look(zofia.sees("City Hall, room 4"), "invited")
    heard(arrive, hall, app)
    choose_and_answer(arrive, hall)
    zofia = arrive(hall.owner)
    zofia.visit(f"/en/challenges/applications/{mine.id}")
    look(zofia.sees("You are a finalist."), "finalist")
    rival = arrive(db.session.get_one(type(hall.manager), hall.rival.started_by_id), phone=True)
    rival.visit(f"/en/challenges/applications/{hall.rival.id}")
    look(rival.sees("Say who would come in the evening."), "feedback")
    arrive(None).visit(f"/en/challenges/startups/{mine.startup_id}").sees("Finalist").look_closely()


def heard(arrive: Callable[..., Person], hall: Any, app: Flask) -> None:
    """The interview takes place, is written down and scored."""
    move_to(hall, hall.now + timedelta(days=3))
    manager = arrive(hall.manager)
    hearing = assessment.panel_of(hearing_owner(hall.challenge.id))
    manager.visit(f"/en/staff/assessment/panels/{hearing.id}").click("Open the panel")
    manager.visit(f"/en/staff/challenges/calls/{hall.programme.slug}/shortlist/{hall.challenge.slug}").click("Planned")
    look(manager, "interview-record").fill("What was said", "They showed how a sitter is found.").click(
        "Save the record"
    )
    manager.sees("Written down.")
    for assessor in hall.assessors:
        score(arrive(assessor), "An evening within the day", 5)


def choose_and_answer(arrive: Callable[..., Person], hall: Any) -> None:
    """The manager shortlists one, passes the other over with words, and publishes."""
    manager = arrive(hall.manager)
    manager.visit(f"/en/staff/challenges/calls/{hall.programme.slug}/shortlist/{hall.challenge.slug}")
    look(manager.sees("Above the line"), "shortlist-heard").choose("An evening within the day")
    manager.click("Shortlist the chosen ones").sees("1 is shortlisted.").choose("An open house in the evening")
    manager.click("Pass the chosen ones over, with words for each")
    look(manager, "answers").fill("What its people read", "").refused("Pass them over").look_closely()
    manager.fill("What its people read", "Say who would come in the evening.").click("Pass them over")
    manager.visit(f"/en/staff/challenges/calls/{hall.programme.slug}")
    look(manager, "desk-answered").click("Publish the shortlist").sees("The shortlist is published")
