"""The Mayor's pledge, first part: an idea and its answer, an application from the campaign, a condition that does not hold, sent."""

from collections.abc import Iterator

import pytest

from civic.core.db import db
from civic.crowdfund.rounds.models import Expression
from tests.journeys.hall import TITLE, Hall, hall, look

pytestmark = pytest.mark.browser


@pytest.fixture
def here(shared, app, address, make, now, browse, monkeypatch) -> Iterator[Hall]:
    with hall(app, address, make, now, browse, monkeypatch) as made:
        yield made


def tell_the_idea(here, amina):
    amina.visit(f"/en/campaigns/{here.campaign.slug}/desk")
    look(amina, "campaign-desk").click("Apply for the Mayor’s pledge: Make London")
    look(amina, "round").click("Tell us your idea first")
    look(amina, "idea-begin").choose(here.campaign.organisation.name).click("Start writing")
    look(amina, "idea-about").fill("What is your project called?", TITLE)
    amina.fill("In one or two sentences", "A roof over Ridley Road’s stalls, so that trade goes on in the rain.")
    amina.select("Borough", "Hackney").click("Save and go on")
    look(amina, "idea-questions").click("Save and go to the list").sees("Something is missing")
    look(amina, "idea-list").click("Questions about your idea")
    amina.fill("What is your idea?", "Twelve bays of timber and glass.").click("Save and go on").click("Send the idea")
    look(amina, "idea-send").refused("Send my idea").sees("Confirm that what you say is true.")
    amina.choose("I may").choose("Everything we say").click("Send my idea")
    look(amina.sees("We answer it and write to you."), "idea-sent")


def answer_the_idea(here):
    odette = here.comes(here.town.officer)
    odette.visit("/en/staff/rounds")
    look(odette, "rounds").click("Make London")
    look(odette, "round-desk").click("Answer")
    look(odette, "ideas").click(TITLE)
    look(odette, "idea").refused("Send the answer").look_closely()
    odette.choose("Yes: please apply").fill("What would make it stronger", "Show that the traders want it.")
    look(odette.click("Send the answer"), "idea-answered")


def begin_the_application(here, amina):
    amina.visit(f"/en/expressions/{db.session.query(Expression.id).scalar()}")
    look(amina.sees("Show that the traders want it."), "idea-heard").click("Apply with this idea")
    look(amina, "application-begin").choose(TITLE, within="What do you apply with?").click("Start writing")
    look(amina.sees("0 of 3 steps are done."), "application-list")
    amina.click("How much you ask for").choose("Up to £50,000").fill("Capital", "sixteen thousand").fill("Revenue", "")
    look(amina.refused("Save and go on"), "application-money-refused")
    amina.fill("Capital", "16,000").click("Save and go on")
    look(amina, "application-public").fill("What difference will it make?", "Trade goes on in the rain.")
    amina.click("Save and go on").choose("Yes")
    look(amina, "application-assessors").click("Save and go on")
    look(amina.sees("2 of 3 steps are done."), "application-unmet")


def test_an_organiser_tells_an_idea_hears_back_and_applies(here, outbox):
    here.round.needs_expression = True
    amina = here.comes(here.amina, narrow=True, script=False)
    tell_the_idea(here, amina)
    answer_the_idea(here)
    begin_the_application(here, amina)
    amina.click("Conditions of the round")
    look(amina, "conditions-unmet")
    amina.click("Put it right", within="main")
    look(amina, "application-money")
    amina.fill("Capital", "10,000").click("Save and go to the list")
    look(amina.sees("All hold"), "application-ready").click("Conditions of the round")
    look(amina.sees("Every condition holds."), "conditions").click("Read it through")
    look(amina, "application-answers").click("Go on to sending")
    look(amina, "application-send").choose("I may speak").choose("Everything we say").click("Send my application")
    look(amina, "application-sent")
