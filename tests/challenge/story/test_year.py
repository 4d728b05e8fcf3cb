"""The year 2018 as a journey with a moving clock: 120 applications, 14 finalists, 8 grants, and what came of them two years later."""

from datetime import timedelta

import pytest

from civic.challenge.story.seeding import choosing
from civic.core.money import Money
from tests.challenge.story.year import a_year, applicants
from tests.support.client import PageClient


def test_a_whole_year(app, make, monkeypatch):
    year = a_year(make)
    moment = [year.days.opens]
    monkeypatch.setattr("civic.core.clock.now", lambda: moment[0])
    visitor = PageClient(app)

    def page() -> str:
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
