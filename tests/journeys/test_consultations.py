"""A consultation from a resident's answer to what came of it: staff close, read and decide, another signs, the resident sees."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.consultations.actions.telling import tell_outcome
from civic.consultations.models import Consultation
from civic.core import clock
from civic.core.db import db
from civic.notifications.models import Notification
from tests.support import seen
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser

SLUG = "how-should-london-keep-cool"
DESK = f"/en/staff/consultations/{SLUG}"
NARROW = (seen.reflow_faults, seen.spacing_faults)


@pytest.fixture
def consultation(shared: Flask, make: Any) -> Consultation:
    """One that is open and holds a survey with names."""
    now = clock.now()
    dates = {"opens_at": now - timedelta(days=20), "closes_at": now + timedelta(days=40)}
    survey = make.words_survey(slug="heat", title={"en": "Your ideas against the heat"}, **dates)
    made = make.consultation("open", holds=[survey], slug=SLUG, question="How should London keep cool?", **dates)
    db.session.commit()
    return made


def comes(browse: Callable[..., Person], app: Flask, make: Any, user: Any, **options: Any) -> Person:
    person = browse(**options)
    sign_in_browser(person, app, make, user)
    return person


def answers(resident: Person) -> None:
    """From the consultation through its survey to the receipt."""
    resident.visit(f"/en/consultations/{SLUG}").look_closely()
    resident.click("Follow this consultation").sees("You follow this consultation.")
    resident.click("Your ideas against the heat", nth=0)
    resident.sees("This is part of the consultation").click("Start now")
    resident.choose("Yes", within="Should there be more trees?")
    resident.fill("What should London do first?", "Trees at every bus stop, please")
    resident.click("Continue").click("Send my answers")
    assert resident.h1.startswith("Thank you")


def closes(staff: Person) -> None:
    """Before the announced day, with a reason that everybody can read."""
    staff.visit(DESK).look_closely()
    staff.click("Close it early").look_closely()
    staff.refused("Close it now").fill(
        "Why does it close earlier", "The plan is due in March, and we want to read in peace."
    )
    staff.click("Close it now").sees("It is closed, and the reason is public.")


def reads_and_decides(staff: Person) -> None:
    """What people gave goes into a theme; the theme is answered by a decision."""
    staff.visit(f"{DESK}/outcome").click("Add a theme").look_closely()
    staff.fill("Theme", "Shade where people wait").fill("What we heard", "People want shade where they wait.")
    staff.click("Save the theme").click("Read what people gave", nth=0).look_closely()
    staff.choose("What should London do first?").select("Theme", "Shade where people wait")
    staff.select("What became of it", "Taken up in part").fill("Why", "Sixty stops this year, the rest later.")
    staff.click("Sort the ticked ones").sees("1 contribution was sorted.")
    staff.visit(f"{DESK}/outcome/summary").fill(
        "What we heard and what was decided", "You asked for shade. It comes."
    ).click("Save")
    staff.click("Add a decision").fill("We decided", "Trees at sixty bus stops.")
    staff.fill("Because", "That is where people wait in the sun.").fill("Number of the decision", "MD2300")
    for part, value in (("Day", "2"), ("Month", "11"), ("Year", "2026")):
        staff.fill(part, value, within="Date of the decision")
    staff.choose("Shade where people wait", within="Which themes does it answer?")
    staff.click("Save the decision").look_closely()
    staff.click("Hand it to a second person").sees("The outcome waits for a second person to sign it.")


def test_a_resident_sees_where_their_answer_went(
    browse: Callable[..., Person], app: Flask, make: Any, consultation: Any
):
    amina, rosa, grace = make.member(name="Amina Yusuf"), make.staff("researcher"), make.staff("approver")
    amina_id = amina.id
    resident, staff = comes(browse, app, make, amina), comes(browse, app, make, rosa)
    answers(resident)
    resident.visit("/en/account/contributions").sees("Nothing is decided yet.").look_closely()
    closes(staff)
    resident.visit(f"/en/consultations/{SLUG}").sees("It was closed early").sees("we want to read in peace")
    reads_and_decides(staff)
    resident.visit("/en/account/contributions").sees("It is being read.")
    signer = comes(browse, app, make, grace)
    signer.visit(f"{DESK}/outcome").look_closely()
    signer.refused("Sign and publish the outcome")
    signer.choose("I have read what people said").click("Sign and publish the outcome").sees(
        "The outcome is published."
    )
    number = consultation.id
    db.session.close()  # as a job begins: knowing nothing
    tell_outcome(number)
    told = select(Notification.person_id).where(Notification.notice == "consultation_outcome")
    assert db.session.scalars(told).all() == [amina_id]
    resident.visit("/en/account/contributions").sees("Taken up in part.").sees("Sixty stops this year, the rest later.")
    resident.look_closely().click("Shade where people wait").sees("MD2300").look_closely()


def test_the_public_pages_on_a_phone_without_script(browse: Callable[..., Person], make: Any, consultation: Any):
    make.consultation(
        "considering",
        slug="late",
        closes_at=clock.now() - timedelta(days=100),
        opens_at=clock.now() - timedelta(days=140),
    )
    db.session.commit()
    visitor = browse(script=False, phone=True)
    visitor.visit("/en/consultations").look_closely(*NARROW)
    visitor.click("How should London keep cool?").look_closely(*NARROW)
    visitor.visit("/en/consultations/late").sees("No reason has been given.").look_closely(*NARROW)
    visitor.visit("/en/report-card").look_closely(*NARROW)


@pytest.mark.parametrize("language", ("ar", "pl"))
def test_the_public_pages_in_other_languages(browse: Callable[..., Person], consultation: Any, language: str):
    visitor = browse()
    for path in ("consultations", f"consultations/{SLUG}", "report-card"):
        visitor.visit(f"/{language}/{path}").look_closely()
