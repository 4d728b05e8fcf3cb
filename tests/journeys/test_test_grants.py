"""Test grants in a real browser, from the offer to what goes back at the end; and a pivot and a stop."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from civic.accounts.models import Organisation
from civic.challenge.testing.checks import CHECKS
from civic.challenge.testing.models import TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.core import clock
from civic.core.clock import london_today
from civic.core.db import db
from civic.grants.checks import public_money_is_whole
from civic.ledger.checks import books_balance
from tests.crowdfund.pictures import pdf
from tests.journeys.hall import look, type_day
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser


class Lab:
    """A startup, a partner, a programme with money, and the people of City Hall, each at a browser of their own."""

    def __init__(self, app: Flask, make: Any, browse: Callable[..., Person]):
        self.app, self.make, self.browse = app, make, browse
        self.today = london_today(make.now)
        with app.test_request_context("/en/", method="POST"):
            app.preprocess_request()
            self.people = make.test_people
            make.test_pot()
            self.application = make.matched_application()
            self.name = db.session.get_one(Organisation, self.people.startup.organisation_id).name
            self.programme = self.people.programme.slug
            db.session.commit()

    def arrives(self, who: Any, **options: Any) -> Person:
        """Somebody, signed in."""
        person = self.browse(**options)
        sign_in_browser(person, self.app, self.make, who)
        return person

    def running(self) -> TestGrant:
        """A test that both sides have signed, made by the acts behind the pages."""
        with self.app.test_request_context("/en/", method="POST"):
            self.app.preprocess_request()
            test: TestGrant = self.make.test_grant("running")
            return test

    def test(self) -> TestGrant:
        """The test as it stands in the database now."""
        db.session.rollback()
        db.session.expire_all()
        found = queries.of_application(self.application.id)
        assert found is not None
        return found

    def is_in_order(self) -> None:
        """Nothing is wrong with tests, public money or the books."""
        db.session.rollback()
        db.session.expire_all()
        assert [each for check in (*CHECKS, public_money_is_whole, books_balance) for each in check()] == []


@pytest.fixture
def lab(
    app: Flask, shared: Flask, make: Any, browse: Callable[..., Person], now: Any, monkeypatch: pytest.MonkeyPatch
) -> Lab:
    monkeypatch.setattr(clock, "now", lambda: now)
    return Lab(app, make, browse)


def offer(lab: Lab, manager: Person) -> None:
    manager.visit("/en/staff/challenges/tests").look_closely()
    manager.visit(f"/en/staff/challenges/programmes/{lab.programme}/grants")
    look(manager, "grants-programme").click("Offer test grants")
    look(manager.refused("Recommend these grants"), "grants-offer").choose(lab.name)
    manager.fill("Why do you recommend it?", "The panel and the partner want to see it tried.")
    manager.click("Recommend these grants").sees("Each startup has its notification").look_closely()


def declare(lab: Lab, ada: Person) -> None:
    ada.visit("/en/challenges/tests")
    look(ada.sees("Confirm which subsidies you were given before"), "tests-mine").click(lab.name)
    look(ada, "test-offered").click("Confirm earlier subsidies")
    row = "Earlier assistance 1"
    look(ada.refused("Confirm in writing"), "declaration")
    ada.fill("Who gave it?", "Innovate UK", within=row).fill("How much (gross)?", "20,000", within=row)
    type_day(ada, "On which day?", date(2025, 9, 1)).fill("Your full name", "Ada Okafor").fill(
        "Your position", "Director"
    )
    ada.choose("I confirm for the startup").click("Confirm in writing").sees("£35,000")
    look(ada.sees("has confirmed in writing"), "declaration-confirmed")


def plan(lab: Lab, ada: Person, manager: Person) -> None:
    test = lab.test()
    ada.visit(f"/en/challenges/tests/{test.id}").click("Plan the milestones").click("Add a milestone")
    for place, (title, amount, days) in enumerate((("It runs", "6,000", 20), ("It is used", "9,000", 80)), 1):
        row = f"Milestone {place}"
        ada.fill("The milestone", title, within=row).fill("What do you show?", "A page with what we saw.", within=row)
        ada.fill("How much is paid for it?", amount, within=row)
        for part, value in zip(("Day", "Month", "Year"), _day(lab.today + timedelta(days=days)), strict=True):
            ada.fill(part, value, within=row)
    look(ada, "plan-milestones").click("Save the milestones").sees("The milestones are saved.")
    manager.visit(f"/en/challenges/tests/{test.id}/budget").select("Kind of cost", "People’s time")
    look(manager.fill("What for?", "Two developers"), "plan-budget").click("Save the budget").look_closely()


def _day(day: date) -> tuple[str, str, str]:
    return str(day.day), str(day.month), str(day.year)


def decide(lab: Lab, manager: Person) -> None:
    test = lab.test()
    award = test.award.public_id
    lena = lab.arrives(lab.people.consultee)
    lena.visit("/en/staff/grants").click("Views to give").click(test.challenge.title).choose("I support it")
    lena.click("Save my view")
    grace = lab.arrives(lab.people.approver)
    grace.visit("/en/staff/grants").click("Decisions to take").click(test.challenge.title)
    grace.fill("Number of the decision", "ADD2301").click("Decide: give £15,000")
    manager.visit(f"/en/staff/grants/awards/{award}").click("Announce it now").look_closely()


def sign(lab: Lab, ada: Person, manager: Person) -> None:
    test = lab.test()
    manager.visit(f"/en/staff/challenges/tests/{test.id}")
    look(manager, "desk-ready").click("Write the agreement from the plan").sees("Minimal financial assistance")
    look(manager, "agreement-draft").click("Offer it to the recipient").sees("Offered")
    ada.visit(f"/en/challenges/tests/{test.id}").click("Read and sign the agreement").fill(
        "Your full name", "Ada Okafor"
    )
    ada.fill("Your position", "Director").choose("I may sign").click("Sign the agreement")
    grace = lab.arrives(lab.people.approver)
    grace.visit("/en/staff/grants").click("Agreements to sign").click(test.challenge.title)
    grace.fill("Your full name", "Grace Achebe").fill("Your position", "Executive Director")
    grace.choose("I may sign").click("Sign the agreement").sees("In force")
    look(ada.visit(f"/en/challenges/tests/{test.id}/declaration").sees("We confirm that the subsidy is given"), "given")


def show(lab: Lab, ada: Person, title: str) -> None:
    test = lab.test()
    look(ada.visit(f"/en/challenges/tests/{test.id}"), "test-running").click(title)
    look(ada.refused("Hand it in"), "milestone-write").fill("What was reached?", "It runs in two day centres.")
    ada.upload("A file", "log.pdf", pdf().getvalue(), "application/pdf").fill("What does the file show?", "The log")
    ada.click("Add this file").sees("The log").click("Hand it in").sees("The partner looks at it next.").look_closely()


def sign_off(lab: Lab, pat: Person, title: str) -> None:
    pat.visit("/en/challenges/tests").sees("Sign off the milestone").click(f"Sign off the milestone “{title}”")
    look(pat.refused("Return it"), "milestone-judge").fill("Your role, as it will stand", "Head of Innovation")
    pat.click("Sign it off").sees("City Hall pays next.").look_closely()


def pay(lab: Lab, manager: Person, finance: Person, title: str) -> None:
    test = lab.test()
    manager.visit(f"/en/staff/grants/awards/{test.award.public_id}").click(title)
    manager.click("Give the instruction to pay")
    finance.visit("/en/staff/grants").click("Payments to make").click("CL")
    finance.fill("Reference of the finance system", "BACS 4711")
    type_day(finance, "Day of the payment", lab.today).click("Record it as paid").sees("Recorded as paid.")


def report(lab: Lab, ada: Person, manager: Person, kind: str, spent: str) -> None:
    test = lab.test()
    ada.visit(f"/en/challenges/tests/{test.id}").click(kind)
    look(ada.refused("Send the report"), "report-write").fill("What was done", "We built it.").fill(
        "Two developers", spent
    )
    ada.click("Send the report").sees("Your report is with us.").look_closely()
    manager.visit("/en/staff/grants").click("Reports to read").click(test.challenge.title).click("Accept the report")


def test_from_the_offer_to_the_closed_file(lab: Lab):
    manager, ada = lab.arrives(lab.people.manager), lab.arrives(lab.people.owner, phone=True, script=False)
    pat, finance = lab.arrives(lab.people.signer), lab.arrives(lab.people.finance)
    offer(lab, manager)
    declare(lab, ada)
    plan(lab, ada, manager)
    decide(lab, manager)
    sign(lab, ada, manager)
    for title in ("It runs", "It is used"):
        show(lab, ada, title)
        sign_off(lab, pat, title)
        pay(lab, manager, finance, title)
    report(lab, ada, manager, "Progress report", "5,000")
    report(lab, ada, manager, "Final report", "14,000")
    test = lab.test()
    manager.visit(f"/en/staff/challenges/tests/{test.id}").choose(
        "Money that was not spent", within="Why does it go back?"
    )
    look(manager.fill("In your words", "It cost less."), "desk-unspent").click("Ask £1,000 back").sees("Asked.")
    look(ada.visit(f"/ar/challenges/tests/{test.id}"), "test-arabic")
    lab.is_in_order()


def test_a_pivot_is_agreed_by_three_and_a_stop_is_decided(lab: Lab):
    test = lab.running()
    path = f"/en/challenges/tests/{test.id}"
    ada, pat = lab.arrives(lab.people.owner), lab.arrives(lab.people.signer, phone=True)
    manager = lab.arrives(lab.people.manager)
    look(ada.visit(path).click("Change the solution (pivot)"), "pivot-ask").refused("Ask for this change")
    ada.fill("What does the solution become?", "A telephone line").fill(
        "Why is the change needed?", "Nobody uses the app."
    )
    ada.click("Ask for this change").sees("Must still agree").look_closely()
    pat.visit("/en/challenges/tests").click("Agree to a change or decline it")
    look(pat, "pivot-answer").click("Agree").sees("You have agreed.")
    manager.visit("/en/staff/challenges/tests").click("Agree to a change or decline it").click("Agree")
    manager.sees("Done").look_closely()
    pat.visit(path).click("Stop the test").fill("Why should the test stop?", "The day centre closes.")
    look(pat, "stop-ask").click("Ask to stop the test").sees("Waits for agreement")
    manager.visit("/en/staff/challenges/tests").click("Agree to a change or decline it").click("Agree")
    manager.sees("City Hall decides about the end of the grant.").look_closely()
    with lab.app.test_request_context("/en/", method="POST"):
        lab.app.preprocess_request()
        lab.make.decide_test(queries.fresh(test.id))
        db.session.commit()
    look(ada.visit(path).sees("The test was stopped."), "test-stopped")
    lab.is_in_order()
