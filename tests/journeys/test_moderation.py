"""A neighbour reports a comment, a moderator removes it and says why, its author appeals, and somebody else hears the appeal."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from civic.core import clock
from civic.core.db import transaction
from civic.crowdfund.actions import talk
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser

RUDE = "Whoever wrote this plan must be the biggest idiot in Walworth."


def test_a_comment_from_the_report_to_the_appeal(browse: Callable[..., Person], app: Flask, shared: Flask, make: Any):
    joe, zoe = make.resident(name="Joe"), make.resident(name="Zoe")
    campaign = make.campaign("live")
    with shared.test_request_context("/en/", method="POST"), transaction():
        talk.comment(campaign, text=RUDE, language="en", by=joe, is_organiser=False, now=clock.now())
    comments = f"/en/campaigns/{campaign.slug}/comments"

    reader = browse()
    sign_in_browser(reader, app, make, zoe)
    reader.visit(comments).look_closely().click("Report comment 1").look_closely().refused(
        "Send my report"
    ).look_closely()
    reader.choose("Abuse, threats or bullying").fill("What should moderators know?", "It insults the organiser.")
    reader.click("Send my report").sees("Moderators will look at it").sees(RUDE)
    reader.visit("/en/account/moderation").look_closely().sees("Moderators have it")

    ann = browse()
    sign_in_browser(ann, app, make, make.staff("moderator", name="Ann"))
    ann.visit("/en/staff").click("To moderate", within="main").look_closely().sees("Reported for:")
    ann.click(campaign.title).look_closely().sees("It insults the organiser.").refused("Decide").look_closely()
    ann.choose("Remove it").select("House rule that it breaks", "Abuse, threats or bullying")
    ann.fill("Reason in plain words", "It insults somebody instead of asking.").click("Decide").sees("Decided.")

    reader.visit(comments).look_closely().sees("A moderator removed this.")
    assert RUDE not in reader.text

    author = browse(phone=True)
    sign_in_browser(author, app, make, joe)
    author.visit(comments).look_closely().click("Why, and what you can do").look_closely()
    author.click(RUDE[:20]).look_closely().sees("It insults somebody instead of asking.")
    author.fill("Why should it be shown again?", "I meant the plan.").click("Send my appeal").look_closely()
    author.sees("Your appeal waits for somebody")

    ann.visit("/en/staff/moderation?show=appeals").look_closely().click(campaign.title).look_closely()
    ann.sees("Somebody else has to decide this")
    bea = browse()
    sign_in_browser(bea, app, make, make.staff("moderator", name="Bea"))
    bea.visit("/en/staff/moderation?show=appeals").click(campaign.title).look_closely().sees("I meant the plan.")
    bea.choose("Show the text again").fill("Answer in plain words", "It can be read so.").click("Answer the appeal")
    bea.sees("Decided.")

    author.visit("/en/account/moderation").look_closely().sees("Shown again after an appeal")
    reader.visit(comments).sees(RUDE)
    reader.visit("/en/house-rules").look_closely().visit("/en/moderation-report").look_closely()
