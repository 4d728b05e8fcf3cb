"""Somebody writes a page with barriers in it, is told, mends one and answers for the other; a translator looks at what is missing."""

import pytest

from civic.core.db import db
from tests.make_authoring import BAD
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser
WHY = "The plan is printed tomorrow, and the link is mended then."


def test_a_researcher_is_held_back_mends_and_answers_for_the_rest(browse, app, make):
    researcher = make.staff("researcher", name="Ada Byron")
    survey = make.survey(status="open")
    draft = make.consultation(
        "draft", background=f"{BAD}\n\n**What we know**\n\nSummers grow hotter.", officer_id=researcher.id
    )
    make.consultation("draft", holds=[survey])
    db.session.commit()
    slug = draft.slug
    ada = browse()
    sign_in_browser(ada, app, make, researcher)
    ada.visit(f"/en/staff/consultations/{slug}").look_closely().sees("2 things must be mended.")
    ada.click("See what, and where to mend it").look_closely().sees("This link does not say where it leads.")
    ada.as_in("ar").look_closely().as_in("en")
    ada.click("Mend it", within="main").fill(
        "Background", "[The draft tree plan](https://example.org/plan)\n\n## What we know\n\nHot."
    )
    ada.click("Save and go on").sees("Nothing to mend was found.").look_closely()


def test_a_brief_is_published_all_the_same_with_a_reason(browse, app, make):
    brief = make.challenge("draft", title="ماذا نفعل من أجل مقدمي الرعاية في لندن؟")
    manager = make.staff("challenge_manager", name="Eilidh Macrae")
    db.session.commit()
    address = f"/en/staff/challenges/briefs/{brief.slug}"
    eilidh = browse()
    sign_in_browser(eilidh, app, make, manager)
    eilidh.visit(address).look_closely().sees("1 thing must be mended")
    for part, value in (("Day", "12"), ("Month", "1"), ("Year", "2099")):
        eilidh.fill(part, value, within="Comments close")
    eilidh.refused("Open it for comment").look_closely()
    eilidh.fill("Reason to publish it all the same", WHY).click("Open it for comment").sees(
        "Everybody can read the brief now"
    )
    eilidh.visit(f"/en/check/challenge:{brief.id}").look_closely().sees("Published all the same").sees(WHY)


def test_an_organiser_reads_advice_on_a_phone_and_is_held_back_by_nothing(browse, app, make):
    organiser = make.member()
    organisation = make.organisation(owner=organiser, status="verified")
    campaign = make.campaign(
        "draft", organisation=organisation, story=BAD, title="Ogród przy bibliotece", language="pl"
    )
    db.session.commit()
    zofia = browse(phone=True)
    sign_in_browser(zofia, app, make, organiser)
    zofia.visit(f"/pl/campaigns/{campaign.slug}/edit").look_closely()
    zofia.visit(f"/pl/check/campaign:{campaign.id}").look_closely()
    zofia.visit(f"/ar/check/campaign:{campaign.id}").look_closely()


def test_a_translator_finds_what_is_missing_without_script(browse, app, make):
    researcher = make.staff("researcher")
    db.session.commit()
    reader = browse(script=False)
    sign_in_browser(reader, app, make, researcher)
    reader.visit("/en/staff/languages").look_closely()
    reader.click("Polski", within="main").look_closely()
    for shown in ("wrong", "odd"):
        reader.visit(f"/ar/staff/languages/pl?show={shown}").look_closely()


def test_the_register_and_the_statement_are_read_in_arabic(browse, app, make, now):
    report = make.barrier(status="known_problem", answered_at=now)
    report.summary, report.summary_published_at, report.meanwhile = "The map has no names.", now, "See the table."
    make.barrier(created_at=now)
    db.session.commit()
    reader = browse(phone=True)
    for language in ("en", "ar"):
        for path in ("accessibility-statement", "barrier-reports", f"barrier-reports/{report.id}"):
            reader.visit(f"/{language}/{path}").look_closely()
