"""The year 2018 as a journey with a moving clock: 120 applications, 14 finalists, 8 grants, and what came of them two years later."""

from datetime import timedelta

from civic.challenge.applying.actions import calls
from civic.challenge.story.seeding import choosing, testing
from civic.core.db import db
from civic.core.money import Money
from tests.challenge.story.year import a_year, applicants
from tests.support.client import PageClient


def told(application, months):
    """After two years five are in use; of one nobody tells, one is used in part, and one is not used."""
    place = application.id % 8
    if place == 0:
        return None
    use = {1: "no", 2: "partly"}.get(place, "yes")
    return {
        "in_use": use, "used_by": "" if use == "no" else "Forty carers", "contract_minor": 1_200_000 if use == "yes" else None,
        "jobs": 2, "investment_minor": None, "text": f"After {months} months.", "language": "en",
    }  # fmt: skip


def test_a_whole_year(app, make, monkeypatch):
    year = a_year(make)
    moment = [year.days.opens]
    monkeypatch.setattr("civic.core.clock.now", lambda: moment[0])
    visitor = PageClient(app)

    def page() -> str:
        db.session.flush()
        return visitor.get("/en/challenges/programmes/the-year").main

    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        choosing.open_call(year, grant=Money(1_500_000))
        choosing.apply(year, applicants(make, 120), at=year.days.opens + timedelta(days=20))
    assert "Startups can apply until" in page()
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        moment[0] = year.days.closes
        choosing.judge(year)
    assert "120 applications" in page() and "Company" not in page()
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        moment[0] = year.days.shortlist
        choosing.shortlist(year)
    assert "14 finalists" in page() and "Company 3 Ltd" in page() and "Company 15 Ltd" not in page()
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        moment[0] = year.days.match
        choosing.match(year, two_places=0)
    assert "8 startups matched with a partner" in page()
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        moment[0] = year.days.decided
        fund = testing.fund(
            year.cast, slug="challenge", title="Challenge", summary="Tests with partners.", money=Money(25_000_000), number="MD2286",
            on=year.days.opens.date(), source="", now=year.days.opens,
        )  # fmt: skip
        tests = testing.grant(year, fund, number="MD2286")
    assert "£0 paid of £120,000 for tests" in page()
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        for each in tests:
            moment[0] = year.days.starts
            testing.start(year, each)
            testing.reach(year, each)
    assert "£120,000 paid of £120,000 for tests" in page() and "3 of 3" in page()
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        for each in tests:
            testing.finish(year, each)
        last = moment[0] = year.days.starts + timedelta(days=1000)
        testing.tell_outcomes(year, year.matched, told, until=last)
        calls.close(year.call, by=year.cast.manager, now=last)
    story = page()
    assert "After 24 months 5 of 8 are in use, 1 partly and 1 not. Of 1 nothing is published." in story
    assert "closed without an answer." in story
    assert [line for check in app.extensions["civic"].checks for line in check()] == []
