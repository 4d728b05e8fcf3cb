"""The demo as a whole: planted once, by actions, with people of every kind who can sign in."""

import pytest
from sqlalchemy import func, select

from civic import seeds
from civic.accounts.models import User
from civic.core.db import db
from civic.crowdfund import seeds as crowdfund_seeds
from civic.crowdfund.models import Campaign
from civic.crowdfund.rules.choices import STATES
from civic.crowdfund.seed_content import current
from civic.surveys import seeds as survey_seeds


@pytest.fixture
def few(monkeypatch):
    """A demo with few responses and one campaign, in which no time has passed."""
    for name in ("OPEN_RESPONSES", "PUBLISHED_RESPONSES", "CLOSED_RESPONSES"):
        monkeypatch.setattr(survey_seeds, name, 200)
    monkeypatch.setattr(current, "CURRENT", (current.EAST_STREET,))
    monkeypatch.setattr(crowdfund_seeds, "_let_time_pass", lambda now: None)


def test_an_empty_database_is_filled_and_tells_how_to_sign_in(in_request, now, few):
    assert not seeds.is_planted()
    lines = list(seeds.plant(1, now))
    assert seeds.is_planted()
    assert "example data" in lines[-1]
    assert any("@" in line for line in seeds.sign_ins())


def test_planting_again_changes_nothing(in_request, now, few):
    list(seeds.plant(1, now))
    people = select(func.count()).select_from(User)
    before = db.session.scalar(people)
    lines = list(seeds.plant(1, now))
    assert "already there" in lines[0]
    assert db.session.scalar(people) == before
    boroughs = select(func.count(func.distinct(User.borough))).where(User.borough.is_not(None))
    assert db.session.scalar(boroughs) >= 30  # hardly anybody lives in the City


def test_campaigns_stand_in_every_state_and_every_invariant_holds(in_request, now, monkeypatch):
    for name in ("OPEN_RESPONSES", "PUBLISHED_RESPONSES", "CLOSED_RESPONSES"):
        monkeypatch.setattr(survey_seeds, name, 20)
    list(seeds.plant(1, now))
    states = set(db.session.scalars(select(Campaign.status).distinct()))
    # Nobody's money is being given back, and nobody took a campaign back, when the demo begins.
    assert states == set(STATES) - {"refunding", "withdrawn"}
    assert [problem for proof in in_request.extensions["civic"].checks for problem in proof()] == []
