"""The demo as a whole: planted once, by actions, with people of every kind who can sign in and public money that adds up."""

from sqlalchemy import func, select

from civic import seeds
from civic.accounts.models import User
from civic.consultations.models import Consultation
from civic.consultations.queries import consultations
from civic.consultations.queries.report_card import lines as lines_of_card
from civic.consultations.rules import report_card
from civic.consultations.rules.choices import STATUSES
from civic.consultations.seed_content import HEAT
from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds.models import Round
from civic.crowdfund.rules.choices import STATES
from civic.grants.queries import awards
from civic.grants.queries.figures import of_pot
from civic.grants.queries.funds import pot_by_owner
from civic.grants.rules.amounts import NONE, Amounts, together
from civic.surveys import seeds as survey_seeds

REAL_ROUNDS = {
    # slug: (projects, how many reached their target, pledged, the budget); DD1399, DD2015, City Hall blog of 2018
    "round-2-2015": (20, 20, Amounts(GBP(235_500), GBP(50_000)), GBP(285_548)),
    "round-3-2016": (1, 1, Amounts(GBP(11_000)), GBP(242_000)),
    "round-5-2018": (26, 24, Amounts(GBP(490_000), GBP(108_500)), GBP(1_000_000)),
}


def test_an_empty_database_is_filled_once_and_everything_in_it_adds_up(in_request, now, monkeypatch):
    for name in ("OPEN_RESPONSES", "PUBLISHED_RESPONSES", "CLOSED_RESPONSES"):
        monkeypatch.setattr(survey_seeds, name, 20)
    assert not seeds.is_planted()
    lines = list(seeds.plant(1, now))
    assert seeds.is_planted()
    assert "example data" in lines[-1]
    assert any("@" in line for line in seeds.sign_ins())
    # Nobody's money is being given back, and nobody took a campaign back, when the demo begins.
    states = set(db.session.scalars(select(Campaign.status).distinct()))
    assert states == set(STATES) - {"refunding", "withdrawn"}
    assert [problem for proof in in_request.extensions["civic"].checks for problem in proof()] == []
    assert set(db.session.scalars(select(Consultation.status))) == set(STATUSES) - {"withdrawn"}
    card = report_card.card(lines_of_card(now), now)
    assert (card.answered, card.in_time, len(card.overdue)) == (2, 2, 1)
    assert 0 < card.share < 1
    heat = consultations.by_slug(HEAT.slug)
    assert {name.split(":")[0] for name in consultations.held(heat.id)} == {"survey", "thread"}
    boroughs = select(func.count(func.distinct(User.borough))).where(User.borough.is_not(None))
    assert db.session.scalar(boroughs) >= 30  # hardly anybody lives in the City
    _real_rounds_are_whole()
    people = select(func.count()).select_from(User)
    before = db.session.scalar(people)
    assert "already there" in next(iter(seeds.plant(1, now)))
    assert db.session.scalar(people) == before


def _real_rounds_are_whole() -> None:
    """What was pledged is what was published; each pledge that was kept is paid in full, the others are back in the fund."""
    for slug, (projects, reached, pledged, budget) in REAL_ROUNDS.items():
        pot = pot_by_owner(db.session.scalars(select(Round).where(Round.slug == slug)).one().name)
        assert pot is not None
        found = list(db.session.scalars(awards.published(pot_id=pot.id)))
        kept = [award for award in found if award.status != "released"]
        figures = of_pot(pot)
        assert (len(found), len(kept), figures.budget.total) == (projects, reached, budget)
        assert figures.paid + figures.released == pledged
        assert figures.paid == together(awards.paid(award.id) for award in kept)
        assert figures.reserved == figures.committed == NONE
        assert {award.status for award in kept} == {"completed"}
