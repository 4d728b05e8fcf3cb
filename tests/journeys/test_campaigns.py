"""An organiser writes a campaign, staff return and open it; later the organiser tells what was done with the money."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db
from civic.crowdfund.models import Campaign, CampaignTotal
from civic.payments import providers
from civic.payments.models import Payee
from tests.crowdfund.pictures import CAPTIONS, jpeg, mp4, pdf
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


def on_day(person: Person, group: str, day: Any) -> Person:
    return (
        person.fill("Day", str(day.day), within=group)
        .fill("Month", str(day.month), within=group)
        .fill("Year", str(day.year), within=group)
    )


def write_the_idea(amina: Person) -> None:
    amina.click("Name and kind").look_closely()
    amina.fill("In one sentence", "We turn a grey corner into a garden.").choose("Parks and gardens")
    amina.click("Save and go on").look_closely()
    amina.choose("Helps the environment").click("Save and go on").look_closely()
    amina.fill("Your story", "## Why here\n\nThe square has no shade.").click("See how it will look").look_closely()
    amina.sees("not saved yet").click("Save and go on").look_closely()
    amina.click("Add a picture").look_closely().refused("Add the picture").look_closely()
    amina.upload("Picture", "square.jpg", jpeg((900, 600)).getvalue(), "image/jpeg")
    amina.fill("Alternative text", "Neighbours kneel around a young lime tree.").click("Add the picture").look_closely()
    amina.click("Go on to the next step").look_closely()
    amina.upload("Film", "film.mp4", mp4().getvalue(), "video/mp4")
    amina.upload("Captions", "film.vtt", CAPTIONS, "text/vtt")
    amina.fill("Transcript", "We plant six trees. And build benches.").click("Save and go on").look_closely()
    amina.select("Borough", "Hackney").choose("In an area with a name").fill("Address, or name", "Gillett Square")
    amina.click("Save and go on").look_closely()
    amina.fill("Who is going to do it?", "Amina plants, Joe builds.").click("Save and go on").look_closely()


def write_the_money(amina: Person) -> None:
    amina.click("Add a cost").look_closely().refused("Save the cost").look_closely()
    amina.fill("What is it for?", "Six lime trees").fill("How much does it cost?", "1,200").choose("Capital")
    amina.click("Save and add a quote").look_closely()
    amina.fill("What does it show?", "Quote of Hackney Nurseries").upload("File", "quote.pdf", pdf().getvalue())
    amina.click("Add it").look_closely().click("Add it as a cost").look_closely()
    amina.click("Go on to the next step").look_closely().click("Add money or a gift").look_closely()
    amina.choose("Money you already have").fill("Who gives it?", "Gillett Traders")
    amina.fill("What is it for", "Savings of the summer fair").fill("How much is it worth?", "200")
    amina.upload("Proof (you can add it later)", "statement.pdf", pdf().getvalue()).click("Save").look_closely().click(
        "Go on to the next step"
    ).look_closely()
    amina.fill("What happens if you raise more", "More trees.").fill("What happens if the money", "We give it back.")
    amina.click("Save and go on").look_closely()
    on_day(amina, "Last day for pledges", clock.now() + timedelta(days=30)).click("Save and go on").look_closely()
    amina.choose("We are recognised by HMRC").click("Save and go on").look_closely()


def write_the_plan(amina: Person) -> None:
    amina.click("Add a milestone").look_closely().fill("What will have happened?", "The trees are planted")
    on_day(amina, "By which day?", clock.now() + timedelta(days=120)).click("Save the milestone").look_closely()
    amina.click("Go on to the next step").look_closely()
    amina.fill("Which permissions", "The council agreed in writing.").click("Save and go on").look_closely()
    amina.fill("What could go wrong", "A dry summer. We water.").click("Save and go on")
    amina.sees("15 of 15 steps").look_closely()


def test_a_campaign_from_an_idea_to_the_first_pledge(
    browse: Callable[..., Person], app: Flask, shared: Flask, make: Any
):
    owner, officer = make.member(name="Amina"), make.staff("funds_officer", name="Odd Officer")
    group = make.organisation(owner=owner, status="verified", name="Friends of Gillett Square")
    provider = providers.current()
    registered = Payee(
        organisation_id=group.id,
        provider=provider.name,
        mode=provider.mode,
        account_id="acct_gillett",
        state="active",
        checked_at=make.now,
    )
    db.session.add(registered)
    amina = browse()
    sign_in_browser(amina, app, make, owner)
    amina.visit("/en/campaigns/new").look_closely()
    amina.fill("What is your campaign called?", "A garden for Gillett Square").click("Start writing").look_closely()
    amina.click("Check and send").sees("Some things are still missing").look_closely()
    amina.click("Back to the list")
    write_the_idea(amina)
    write_the_money(amina)
    write_the_plan(amina)
    amina.click("Check and send").look_closely().refused("Send the campaign to be checked").look_closely()
    amina.choose("I may speak for the organisation").choose("Everything we say is true")
    amina.click("Send the campaign to be checked").look_closely()

    odd = browse()
    sign_in_browser(odd, app, make, officer)
    odd.visit("/en/staff/campaigns").look_closely().click("A garden for Gillett Square").look_closely()
    odd.click("It is proved Savings of the summer fair")
    for each in odd.page.get_by_label("Fine").all():
        each.check()
    odd.click("Keep what I found").sees("Nothing stands in the way").look_closely()
    odd.click("Open it for pledges").look_closely()
    browse(script=False).visit("/en/campaigns/a-garden-for-gillett-square").sees("Gillett Traders").look_closely()
    amina.visit("/en/campaigns/a-garden-for-gillett-square/edit").look_closely()
    amina.click("Withdraw the campaign").look_closely()
    assert db.session.scalars(select(Campaign)).one().status == "live"


def test_an_organiser_reports_from_a_phone(browse: Callable[..., Person], app: Flask, shared: Flask, make: Any):
    owner = make.member()
    campaign = make.campaign("funded", owner=owner)
    db.session.get(CampaignTotal, campaign.id).collected_minor = 100_000
    joe = browse(phone=True, script=False)
    sign_in_browser(joe, app, make, owner)
    joe.visit(f"/en/campaigns/{campaign.slug}/reports").look_closely().click("Write a report").look_closely()
    joe.choose("Final report").click("Begin").look_closely()
    joe.fill("What has happened?", "Six trees stand.").fill("Spent so far", "690", within="Trees and benches")
    joe.fill("Why it differs", "A discount.", within="Trees and benches")
    joe.fill("Spent so far", "300", within="Planting workshops").click("Save and look at it").look_closely()
    joe.click("Publish it", status=422).look_closely()
    joe.fill("What happens with what is left", "It buys water.").click("Save and look at it")
    joe.click("Add a picture").look_closely().upload("Picture", "trees.jpg", jpeg((900, 600)).getvalue(), "image/jpeg")
    joe.fill("Alternative text", "Six young trees in a row.").click("Add the picture").look_closely()
    joe.click("Publish it").look_closely()
    browse().visit(f"/en/campaigns/{campaign.slug}/reports").look_closely().click("Final report").sees("£990")
