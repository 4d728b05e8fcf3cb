"""What attackers have in common: somebody signed in, something real behind every address, the clock at noon."""

import io
import logging
from collections.abc import Callable
from typing import Any

import pytest
import structlog
from flask import Flask

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.models import Campaign
from tests.assessment.demo import registered
from tests.make_surveys import EVERY_KIND, FULL_ANSWERS
from tests.payments.fake_provider import FakeProvider
from tests.support.client import PageClient


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    """Every test happens at the same moment."""
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


@pytest.fixture
def arrive(app: Flask, make: Any) -> Callable[[str], PageClient]:
    """A reader of a kind ("visitor", "member", or a staff role), whose pages are not read closely: they are wrong on purpose."""

    def come(kind: str, person: Any = None) -> PageClient:
        client = PageClient(app, checked=False)
        if kind != "visitor":
            make.sign_in(client, person or (make.member() if kind == "member" else make.staff(kind)))
        return client

    return come


@pytest.fixture
def known(app: Flask, make: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """Something real for the places in addresses."""
    sections = [each | {"key": f"part_{each['key']}"} for each in EVERY_KIND["sections"]]
    definition = EVERY_KIND | {"sections": sections}
    survey = make.survey(definition, slug="known")
    make.responses(survey, [FULL_ANSWERS] * 30)
    return {
        "slug": ["known"],
        "key": ["part_streets", "more", "mode"],
        "language": ["pl"],
        "user_id": [make.member(name="Somebody Else").id],
        "role": ["researcher"],
        "organisation_id": [make.organisation().id],
        "report_id": [make.barrier().id],
        "question": ["religion"],
        **make.places_of_assessment(registered(app, monkeypatch)),
    }


@pytest.fixture
def lines(app: Any) -> Any:
    """The lines that were logged so far, at the level of a real site."""
    before, written = structlog.get_config(), io.StringIO()
    structlog.configure(
        **before
        | {
            "wrapper_class": structlog.make_filtering_bound_logger(logging.INFO),
            "logger_factory": structlog.PrintLoggerFactory(written),
        }
    )
    app.config["PROPAGATE_SURPRISES"] = False
    yield lambda: written.getvalue().splitlines()
    app.config.pop("PROPAGATE_SURPRISES")
    structlog.configure(**before)


@pytest.fixture
def provider(app: Flask, now: Any, monkeypatch: pytest.MonkeyPatch) -> FakeProvider:
    """A payment provider in memory."""
    made = FakeProvider(lambda: now)
    monkeypatch.setitem(app.extensions, "payments", made)
    return made


@pytest.fixture
def campaign(make: Any) -> Campaign:
    """A live campaign with a target of £1,000, kept whatever is rolled back later."""
    campaign: Campaign = make.campaign("live", slug="open-one", target=GBP(1000))
    db.session.commit()
    return campaign
