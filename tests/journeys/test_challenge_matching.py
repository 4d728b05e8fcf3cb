"""A startup ranks challenges, a partner ranks startups, a manager matches, another person publishes, and both read why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.matching.actions.ranking import save_for_partner, save_for_startup
from civic.core import clock
from civic.core.db import db
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


@pytest.fixture
def hall(app: Flask, shared: Flask, make: Any) -> dict[str, Any]:
    """Three startups on the shortlist of two challenges, one of them in Arabic; the second and third have sent their lists."""
    make.now = now = clock.now()
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        made = make.shortlist(
            3, 2, programme=make.programme(slug="today", title="Challenge 2027"), closes_in=timedelta(hours=2)
        )
        care, bus = made.challenges
        care.title, bus.title = "An evening off for people who care", "حافلة الليل"
        bus.language = "ar"
        for startup, wish in ((1, [0, 1]), (2, [0])):
            numbers = [made.of(startup, each).id for each in wish]
            save_for_startup(
                made.call, made.startups[startup].id, numbers, send=True, by=made.founder(startup), now=now
            )
        numbers = [made.of(0, 1).id, made.of(1, 1).id]
        save_for_partner(made.call, bus.id, numbers, send=True, by=made.partner(1), now=now)
        people = {
            "founder": made.founder(0), "partner": made.partner(0), "eilidh": make.staff("challenge_manager", name="Eilidh Macrae"),
            "geraldine": make.staff("approver", name="Geraldine Achebe"),
        }  # fmt: skip
        db.session.commit()
    return people | {"made": made}


def test_from_two_sides_lists_to_a_match_with_its_reasons(
    browse: Callable[..., Person], app: Flask, make: Any, hall: dict[str, Any]
):
    def arrive(name: str, **options: Any) -> Person:
        person = browse(**options)
        sign_in_browser(person, app, make, hall[name])
        return person

    made = hall["made"]
    with app.app_context():
        names = [made.startups[n].id for n in range(3)]
        startups = {number: _name(number) for number in names}

    founder = arrive("founder", phone=True, script=False)
    founder.visit("/en/challenges/lists").look_closely().click(startups[names[0]]).look_closely()
    founder.refused("Send my list").look_closely()
    founder.select("An evening off for people who care", "1").select("حافلة الليل", "2")
    founder.click("Save as a draft").sees("It does not count until you send it.").look_closely()
    founder.click("Send my list").sees("You can change it until lists close.").look_closely()
    founder.as_in("ar").look_closely()

    partner = arrive("partner")
    partner.visit("/en/challenges/lists").click("An evening off for people who care").look_closely()
    partner.click(f"Read the application {startups[names[1]]}").look_closely()
    partner.click("Rank the startups").select(startups[names[1]], "1").select(startups[names[0]], "2")
    partner.click("Send my list").sees("Your list is sent.").look_closely()

    eilidh = arrive("eilidh")
    eilidh.visit("/en/staff/challenges/matching").look_closely().click("Challenge 2027").look_closely()
    eilidh.sees("Whom anybody ranks is seen by nobody here before then.")
    db.session.rollback()
    call = db.session.get_one(Call, made.call.id)
    call.ranks_close_at = clock.now() - timedelta(seconds=1)
    db.session.commit()
    eilidh.visit("/en/staff/challenges/matching/today").click("Compute a match").look_closely()
    eilidh.click("What if …?").look_closely().fill("An evening off for people who care", "2", within="Places")
    eilidh.click("Show what would be different").sees("What would be different").look_closely()
    eilidh.click("Back to the match").click("Propose this match").sees("You proposed this yourself").look_closely()

    geraldine = arrive("geraldine")
    geraldine.visit("/en/staff/challenges/matching/today/runs/1").look_closely()
    geraldine.click("Publish this match").sees("It is public and never changes.").look_closely()
    geraldine.as_in("ar").look_closely()

    founder.visit("/en/challenges/lists").click(startups[names[0]]).sees("number 2 in your list").look_closely()
    founder.sees("Its places went to startups that its partner ranked higher than you.")
    founder.as_in("ar").look_closely()
    partner.visit("/en/challenges/lists").click("An evening off for people who care")
    partner.sees("Matched with your challenge.").look_closely()
    visitor = browse()
    visitor.visit("/en/challenges/matching").sees("Senior responsible owner").sees("Challenge 2027").look_closely()
    db.session.rollback()
    db.session.expire_all()
    states = {each.id: each.status for each in db.session.query(ChallengeApplication)}
    assert states[made.of(0, 1).id] == "matched" and states[made.of(1, 0).id] == "matched"
    assert sorted(states.values()) == ["matched"] * 2 + ["unmatched"] * 4


def _name(startup_id: int) -> str:
    from civic.challenge.matching.queries.runs import startup_names

    return startup_names([str(startup_id)])[str(startup_id)].name.text
