"""The Mayor's pledge with everybody who has a part in it at a browser, and a clock that all of them share."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from civic.accounts.models import User
from civic.core.db import db, transaction
from civic.core.money import GBP, Money
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds.jobs import look_after_rounds
from civic.grants.jobs import look_after_awards
from tests.crowdfund.rounds.town import RoundTown
from tests.crowdfund.street import Street, street
from tests.grants.office import DEMO, DEMO_SUBJECT
from tests.support import seen
from tests.support.browser import Person
from tests.support.people import sign_in_browser

# Without a keyboard and a device in high contrast; twice the letters in a quarter of the window is more than anybody asks for.
ON_A_PHONE = (seen.reflow_faults, seen.spacing_faults, seen.motion_faults)
TITLE, TARGET = "A roof for the market", GBP(20_000)
SUMMARY = "Neighbours build it together, and everybody can use it."
OTHERS = ("Benches for the hill", GBP(60_000))


class Hall:
    """A round, the campaign of Amina who will apply to it, and the staff who look after it."""

    def __init__(self, here: Street, browse: Callable[..., Person]):
        self.here, self.browse, self.app, self.make = here, browse, here.app, here.make
        self.present: dict[Person, User] = {}
        with self.speaking(), transaction():
            self.town = RoundTown(self.app, self.make)
            self.round = self.town.round
            self.amina = self.make.member(name="Amina Yusuf")
            for person, name in (
                (self.town.officer, "Odette Mensah"),
                (self.town.consultee, "Carl Ferreira"),
                (self.town.approver, "Grace Achebe"),
                (self.town.finance, "Farah Khan"),
            ):
                person.display_name = person.display_name_folded = name
            self.campaign = self.campaign_of(TITLE, TARGET, owner=self.amina)

    def campaign_of(self, title: str, target: Money, **facts: Any) -> Campaign:
        """A live campaign that closes after the announcement and before the day for targets."""
        return self.town.campaign(
            title=title, target=target, summary=SUMMARY, closes_at=self.here.now() + timedelta(days=40), **facts
        )

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Messages are written in a request."""
        with self.app.test_request_context("/en/", method="POST"):
            self.app.preprocess_request()
            yield

    # People.

    def comes(self, user: User, *, narrow: bool = False, **options: Any) -> Person:
        """Somebody signed in at a browser, perhaps on a screen of 320 pixels."""
        person = self.browse(**options)
        if narrow:
            person.page.set_viewport_size({"width": 320, "height": 800})
        sign_in_browser(person, self.app, self.make, user)
        self.present[person] = user
        return person

    def until(self, moment: datetime) -> None:
        """Time passes for everybody; who was signed in comes in again, as a session lasts a day."""
        self.here.until(moment)
        look_after_rounds()
        look_after_awards()
        self.here.minutes(2)
        self.town.now = self.here.now()
        for person, user in self.present.items():
            sign_in_browser(person, self.app, self.make, user)

    def after_the_deadline(self) -> None:
        """Applications are open to staff, and nobody can send one any more."""
        assert self.round.applications_close_at is not None
        self.until(self.round.applications_close_at)

    # What is at hand without having been walked.

    def applied(self, campaign: Campaign | None = None, **facts: Any) -> Any:
        """A complete application, handed in: of Amina unless said."""
        by = self.amina if campaign is None else self.make.member()
        with self.speaking(), transaction():
            return self.town.applied(campaign or self.campaign, by=by, **facts)


@contextmanager
def hall(app: Flask, address: str, make: Any, now: datetime, browse: Any, patch: Any) -> Iterator[Hall]:
    """A hall of a test's own; links in messages lead to where this worker's application is served."""
    patch.setitem(app.config, "BASE_URL", address)
    patch.setitem(app.extensions["civic"].subjects, DEMO, DEMO_SUBJECT)
    with street(app, make, now) as here:
        yield Hall(here, browse)


def look(person: Person, name: str, *checks: seen.Look) -> Person:
    """Looked at closely, or by some checks only, and kept as a picture where somebody wants to see it."""
    width = (person.page.viewport_size or seen.WIDE)["width"]
    person.look_closely(*(checks or (seen.DEEP if width > 390 else ON_A_PHONE)))
    if folder := os.environ.get("PICTURES"):
        file = Path(folder) / f"{name}-{width}.png"
        person.page.screenshot(path=str(file), full_page=True, caret="initial")
    return person


def type_day(person: Person, group: str, day: date) -> Person:
    """A date in its three fields."""
    for name, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        person.fill(name, str(value), within=group)
    return person


def fresh(row: Any) -> Any:
    """The row as it stands in the database now."""
    db.session.rollback()
    return db.session.get_one(type(row), row.id, populate_existing=True)
