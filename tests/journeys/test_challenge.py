"""A resident proposes a problem, a manager takes it up, residents shape the brief, and another person makes it final."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.challenge.models import Challenge, Problem
from civic.core.db import db
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def hall(app: Flask, shared: Flask, make: Any) -> dict[str, Any]:
    """A challenge with an open brief, a problem in Arabic, and the people."""
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        challenge = make.challenge(slug="carers", title="An evening off for people who care", adoption="")
        make.problem(title="الازدحام أمام المدارس", text="الشوارع مزدحمة كل صباح", language="ar", supporters=2)
        people = {
            "amina": make.settled_member(name="Amina Yusuf"),
            "zofia": make.settled_member(name="Zofia Konstantynopolitańczykiewiczówna"),
            "eilidh": make.staff("challenge_manager", name="Eilidh Macrae"),
            "other": make.staff("approver", name="Geraldine Achebe"),
        }
        db.session.commit()
    return people | {"challenge": challenge}


def test_from_a_residents_problem_to_a_brief_that_she_shaped(
    browse: Callable[..., Person], app: Flask, make: Any, hall: dict[str, Any]
):
    def arrive(name: str, **options: Any) -> Person:
        person = browse(**options)
        sign_in_browser(person, app, make, hall[name])
        return person

    amina = arrive("amina", phone=True, script=False)
    amina.visit("/en/challenges").look_closely().click("Propose a problem").look_closely()
    amina.refused("Propose this problem").look_closely()
    amina.fill("The problem in a few words", "Carers have no evening of their own")
    amina.fill("What is wrong?", "Day centres close at four, and nobody comes at short notice.")
    amina.fill("For whom is it a problem?", "People who care for somebody").select("Theme", "Health and care")
    amina.click("Propose this problem").sees("Everybody can read your problem now").look_closely()

    zofia = arrive("zofia")
    zofia.visit("/en/problems?sort=newest").look_closely().click("Carers have no evening of their own").look_closely()
    zofia.click("Support this problem").sees("You support this problem.").look_closely()

    eilidh = arrive("eilidh")
    eilidh.visit("/en/staff/challenges").look_closely().click("Decide on problems").look_closely()
    eilidh.click("Carers have no evening of their own").look_closely().choose("Take it up with a challenge")
    eilidh.select("Challenge that takes it up", "An evening off for people who care")
    eilidh.fill("The answer, or why", "A partner owns it now.").fill("Your role", "Head of Innovation")
    eilidh.click("Tell everybody").sees("A challenge came from it").look_closely()

    zofia.visit("/en/challenges/carers").look_closely().fill(
        "What should be different", "It does not say who pays afterwards."
    )
    zofia.click("Send my comment").sees("Comment 1").look_closely()

    eilidh.visit("/en/staff/challenges/briefs/carers").look_closely().click("Change the brief").look_closely()
    eilidh.fill("Route to adoption", "Northbank pays for it from its carers’ budget.")
    eilidh.fill("What did you change", "Comment 1 asked who pays.").click("Save the brief").sees(
        "The brief is changed."
    )
    eilidh.click("Answer Comment 1").look_closely().choose("The brief was changed").fill(
        "Your answer", "It says so now."
    )
    eilidh.fill("Your role", "Head of Innovation").click("Save the answer").sees("The answer is on the page")
    db.session.rollback()
    db.session.expire_all()
    challenge = db.session.scalars(select(Challenge)).one()
    challenge.comments_close_at = challenge.created_at + timedelta(days=1)
    db.session.commit()
    other = arrive("other")
    other.visit("/en/staff/challenges/briefs/carers").look_closely().click("Publish the final brief").look_closely()

    amina.visit("/en/challenges/carers").sees("Final brief").sees("It says so now.").look_closely()
    amina.visit("/en/challenges/carers/history").sees("Comment 1 asked who pays.").look_closely()
    amina.visit("/ar/problems").look_closely()
    db.session.rollback()
    assert set(db.session.scalars(select(Problem.status))) == {"open", "taken_up"}
