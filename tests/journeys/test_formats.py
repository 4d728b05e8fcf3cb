"""A resident who needs another form of a survey: finds it, has it made, takes it; and staff who make what no machine can."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db
from civic.core.jobs import queue
from civic.formats.models import FormatFile
from tests.crowdfund.pictures import jpeg
from tests.support import seen
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser
LINK = "Other formats: large print, Braille, audio, Easy Read and more"
NARROW = (seen.focus_faults, seen.reflow_faults)


def make_what_waits() -> None:
    """Do what the worker does."""
    for number in db.session.scalars(select(FormatFile.id).where(FormatFile.status == "asked")).all():
        queue.tasks["formats.make"].func(row_id=number)


@pytest.fixture
def survey(shared: Flask, make: Any) -> Any:
    """An open survey."""
    now = clock.now()
    found = make.survey(
        slug="cleaner-streets", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9), launched_at=now
    )
    db.session.commit()
    return found


def test_a_resident_has_plain_text_made_and_takes_it(browse: Callable[..., Person], survey: Any):
    reader = browse(script=False)
    reader.visit("/en/surveys/cleaner-streets").click(LINK).look_closely(*NARROW)
    reader.click("Plain text").look_closely(*NARROW)
    reader.click("Make it").sees("It is being made. Reload this page in a few seconds.").look_closely(*NARROW)
    make_what_waits()
    reader.click("Reload this page").sees("It is ready.").look_closely(*NARROW)
    assert b"Do you cycle in London?" in reader.download("Download")
    reader.visit(f"/ar/formats/survey/{survey.id}").look_closely(*NARROW)


def test_staff_make_an_easy_read_version_that_everybody_can_see(browse, app, make, survey):
    staff, reader = browse(), browse()
    sign_in_browser(staff, app, make, make.staff("researcher"))
    staff.visit(f"/en/formats/survey/{survey.id}").click("Add Easy Read, sign language or a recording").look_closely()
    staff.refused("Begin").look_closely().choose("Easy Read").click("Begin").look_closely(*NARROW)
    staff.refused("Add the point").look_closely()
    staff.fill("Text", "We ask about your street.").fill("What the picture shows", "A street with trees")
    staff.upload("Picture", "street.jpg", jpeg().read(), "image/jpeg").click("Add the point").look_closely(*NARROW)
    staff.click("Publish it").sees("Published. Everybody sees it among the other formats.").look_closely()
    staff.visit("/en/staff/formats").look_closely(*NARROW)
    reader.visit(f"/en/formats/survey/{survey.id}").click("Easy Read").look_closely(*NARROW)
    reader.sees("We ask about your street.")
