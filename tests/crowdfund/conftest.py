"""What tests of pledges stand on: a provider in memory, and a campaign that takes pledges."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.models import Campaign
from tests.payments.fake_provider import FakeProvider


@pytest.fixture
def provider(app: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch) -> FakeProvider:
    """A payment provider in memory."""
    made = FakeProvider(lambda: now)
    monkeypatch.setitem(app.extensions, "payments", made)
    return made


@pytest.fixture
def campaign(in_request: Flask, make: Any, provider: FakeProvider) -> Campaign:
    """A live campaign with a target of £1,000, kept whatever is rolled back later."""
    campaign = make.campaign("live", target=GBP(1000))
    db.session.commit()
    return campaign
