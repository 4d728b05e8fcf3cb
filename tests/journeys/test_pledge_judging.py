"""The Mayor's pledge, second part: shared out, scored by two who do not see each other's, ranked, recommended, consulted on, decided."""

from collections.abc import Iterator
from typing import Any

import pytest

from civic.assessment import queries as assessment
from civic.core.db import db, transaction
from civic.crowdfund.rounds.actions import judging
from civic.crowdfund.rounds.models import Application
from civic.grants.models import Decision
from civic.grants.proposing import Terms
from civic.grants.rules.amounts import Amounts
from tests.crowdfund.rounds.town import again
from tests.journeys.hall import OTHERS, TITLE, Hall, hall, look
from tests.support.browser import Person

pytestmark = pytest.mark.browser
PRIYA, JOE = "Priya Raman", "Joe Bright"
REASON = "Every trader we asked has signed for it."


@pytest.fixture
def here(shared, app, address, make, now, browse, monkeypatch) -> Iterator[Hall]:
    with hall(app, address, make, now, browse, monkeypatch) as made:
        yield made


@pytest.fixture
def panel(here) -> Any:
    """The panel with its two assessors, open; one application was judged already, the other was handed in today."""
    with here.speaking():
        here.town.seat()
        for person, name in zip(here.town.assessors, (PRIYA, JOE), strict=True):
            person.display_name = name
        db.session.commit()
    other = here.applied(here.campaign_of(*OTHERS), capital=30_000_00)
    here.applied()
    here.after_the_deadline()
    with here.speaking():
        here.town.assess(other, 3, 2)
        db.session.commit()
    return assessment.panel_of(here.round.name)


def score(person: Person, *values: int) -> Person:
    for name, value in zip(("Local support", "Deliverability"), values, strict=True):
        person.choose(str(value), within=name).fill(f"Why this score? {name}", f"{REASON} {value} for that.")
    return person


def screen_and_share_out(here, odette, panel):
    odette.visit(f"/en/staff/rounds/{here.round.slug}")
    look(odette, "round-due").click("Applications")
    look(odette, "applications").click(TITLE)
    look(odette.sees("Not all scores are in yet."), "application").click("Rule it out")
    look(odette, "ruling").visit(f"/en/staff/assessment/panels/{panel.id}")
    look(odette, "panel").click("Share out the items")
    look(odette.sees("2 assessments would be given out"), "sharing").click("Share them out like this")
    odette.sees("Shared out.")


def read_and_score(priya):
    priya.visit("/en/staff/assessment/mine")
    look(priya, "my-assessments").click(TITLE)
    look(priya, "declaration").refused("Go on").choose("No").click("Go on")
    look(priya, "scoring").refused("Check and send my scores").look_closely()
    score(priya, 5, 4).click("Check and send my scores")
    look(priya, "scores-check").click("Send my scores")
    look(priya.sees("You see the scores of all once everybody is."), "scores-sent")


def test_an_application_is_judged_by_people_who_do_not_see_each_others_scores(here, panel):
    odette, priya = here.comes(here.town.officer), here.comes(here.town.assessors[0])
    joe = here.comes(here.town.assessors[1], narrow=True, script=False)
    screen_and_share_out(here, odette, panel)
    read_and_score(priya)
    joe.visit("/en/staff/assessment/mine").click(TITLE).choose("No").click("Go on")
    look(joe, "scoring")
    assert REASON not in joe.text and PRIYA not in joe.text
    score(joe, 4, 4).click("Check and send my scores").click("Send my scores")
    joe.sees("Everybody is in.").click("See all scores side by side")
    look(joe.sees(PRIYA), "scores-of-all")
    recommend(here, odette)


def recommend(here, odette):
    odette.visit(f"/en/staff/rounds/{here.round.slug}/ranking")
    look(odette.sees("There is money for it"), "ranking").click(f"Read it {TITLE}")
    look(odette, "application-scored").click("Recommend it")
    odette.fill("Capital", "90,000")
    look(odette.refused("Recommend it"), "recommendation").fill("Capital", "8,000")
    odette.fill("Why do you recommend it?", "Ranked first, and every trader has signed.")
    odette.fill("Conditions", "Planning permission for the roof.").click("Recommend it").sees("Recommended.")


@pytest.fixture
def recommended(here, panel) -> Decision:
    """The application was judged and is recommended."""
    with here.speaking():
        mine = db.session.query(Application).filter_by(campaign_id=here.campaign.id).one()
        here.town.assess(mine, 5, 4)
        terms = Terms(Amounts.of(8_000_00, 0), "Ranked first.", "Planning permission for the roof.")
        with transaction():
            return judging.recommend(again(mine), terms, by=here.town.officer, now=here.town.now)


def test_a_recommendation_is_consulted_on_and_decided(here, recommended):
    decision = f"/en/staff/grants/decisions/{recommended.id}"
    carl, grace = here.comes(here.town.consultee), here.comes(here.town.approver)
    grace.visit(decision).sees("You can decide once the views are in.")
    carl.visit("/en/staff/grants")
    look(carl, "consultee-overview").click("Views to give").click(TITLE)
    look(carl, "consultee").choose("I support it, if something").refused("Save my view").look_closely()
    carl.fill("In your words", "The stalls need a way out for the bins.").click("Save my view")
    look(carl.sees("Your view is on record."), "consulted")
    grace.visit("/en/staff/grants")
    grace.click("Decisions to take").click(TITLE)
    look(grace.sees("The stalls need a way out for the bins."), "approver").refused(
        "Decide: give £8,000"
    ).look_closely()
    grace.fill("Number of the decision", "DD2712").fill("Reasons", "It fits the round.").click("Decide: give £8,000")
    look(grace.sees("Decided. It is on record, and the money has moved."), "decided")
    grace.click("The decision sheet with the whole trail")
    look(grace.sees("DD2712"), "sheet")
    assert grace.download("This sheet as a PDF").startswith(b"%PDF")
