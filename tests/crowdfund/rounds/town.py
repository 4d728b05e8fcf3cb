"""A town with an office, a round that is open, and campaigns that apply to it."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from civic.assessment import queries as assessment
from civic.assessment.actions import assigning, interests, panels, scoring
from civic.assessment.actions.panels import CriterionPlan
from civic.assessment.models import Item
from civic.assessment.rules.scoring import Mark
from civic.core import files
from civic.core.clock import london_minute, london_today
from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds.actions import applying, judging, rounds
from civic.crowdfund.rounds.actions.rounds import Condition, Question, Tier
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.grants.actions import awards, funds
from civic.grants.models import Award
from civic.grants.proposing import Terms
from civic.grants.queries.funds import pot_by_owner
from civic.grants.rules.amounts import Amounts
from tests.grants.office import Office

TIERS = (
    Tier("Up to £5,000", GBP(5_000), "For small projects. No crowdfunding needed.", needs_target=False),
    Tier("Up to £50,000", GBP(50_000), "The rest comes from the crowd."),
)
CONDITIONS = (
    Condition("in_london", "The project is in Greater London."),
    Condition("turnover_below", "Your turnover is less than £50,000 a year.", 50_000_00, tier=0),
    Condition("individuals", "Individuals may apply.", True, tier=0),
    Condition("referee", "An individual shows a letter of a local organisation.", None, tier=0),
    Condition("ask_at_most", "You ask for £5,000 at most.", 5_000_00, tier=0),
    Condition("organisation_kinds", "You are a constituted organisation.", ["registered_charity", "cic"], tier=1),
    Condition("organisation_verified", "Our staff have verified your organisation.", None, tier=1),
    Condition("campaign_live", "Your campaign takes pledges.", None, tier=1),
    Condition("campaign_closes", "Your campaign closes in time.", None, tier=1),
    Condition("ask_at_most", "You ask for £50,000 at most.", 50_000_00, tier=1),
    Condition("share_at_most", "You ask for 75% of the cost at most.", 75, tier=1),
    Condition("within_costs", "You ask for no more capital or revenue than it costs.", None, tier=1),
)
QUESTIONS = (
    Question("expression", "idea", "What is your idea?", most_words=100),
    Question("application", "difference", "What difference will it make?", is_public=True, most_words=50),
    Question("application", "bank", "Has your group a bank account of its own?", is_yes_no=True),
)
CRITERIA = (
    CriterionPlan(
        "Local support", 60, "Who wants it, and how do we know?", {"1": "A few friends.", "5": "The whole street."}
    ),
    CriterionPlan("Deliverability", 40, "Can they do what they say?"),
)
ANSWERS = {"difference": "Neighbours will meet.", "bank": "yes"}


class RoundTown(Office):
    """An office with a round: applications for the next ten days."""

    def __init__(self, app: Flask, make: Any, **budget: int):
        super().__init__(app, make, **({"capital": 90_000_00, "revenue": 40_000_00} | budget))
        self.round = self.round_of()
        db.session.commit()

    def round_of(self, *, is_open: bool = True, budget: Amounts | None = None, **facts: Any) -> Round:
        """A round of the fund that takes applications now."""
        now, number = self.now, self.make.number()
        made = rounds.make(
            self.fund, slug=f"round-{number}", title="Make London", language="en", by=self.officer, now=now
        )
        today = london_today(now)
        dates = {
            "expressions_open_at": now - timedelta(days=20),
            "expressions_close_at": now + timedelta(days=1),
            "applications_open_at": now - timedelta(days=5),
            "applications_close_at": london_minute(today + timedelta(days=10)),
            "campaigns_live_by": london_minute(today + timedelta(days=8)),
            "assessed_by": today + timedelta(days=15),
            "decided_by": today + timedelta(days=18),
            "announced_on": today + timedelta(days=20),
            "targets_by": london_minute(today + timedelta(days=60)),
            "agreements_by": today + timedelta(days=80),
            "paid_from": today + timedelta(days=61),
            "paid_until": today + timedelta(days=120),
            "monitored_until": today + timedelta(days=400),
        }
        rounds.tell(made, {"theme": "Places that bring people together."} | dates | facts, by=self.officer, now=now)
        tiers = rounds.set_tiers(made, TIERS)
        rounds.set_conditions(made, CONDITIONS, tiers)
        rounds.set_questions(made, QUESTIONS)
        self.write_criteria(made)
        pot = pot_by_owner(made.name)
        assert pot is not None
        given = budget or Amounts.of(80_000_00, 30_000_00)
        self.give(given)
        funds.allot(pot, given, why="For the round.", by=self.officer, now=now)
        if is_open:
            rounds.open(made, by=self.officer, now=now)
        return made

    def write_criteria(self, round_: Round) -> None:
        """By what its applications are judged; nobody sits on the panel yet."""
        panel = assessment.panel_of(round_.name)
        assert panel is not None
        panels.set_criteria(panel, list(CRITERIA), by=self.officer, now=self.now)

    def seat(self, round_: Round | None = None) -> None:
        """Two assessors sit on the panel, and it is open."""
        panel = assessment.panel_of((round_ or self.round).name)
        assert panel is not None
        self.assessors = [self.make.staff("assessor"), self.make.staff("assessor")]
        for person in self.assessors:
            panels.seat(panel, person, by=self.officer, now=self.now)
        panels.open(panel, by=self.officer, now=self.now)

    def assess(self, application: Application, *values: int) -> Item:
        """Both assessors judge it, each with one value for both criteria."""
        item = assessment.item_of(application.name)
        assert item is not None
        criteria = assessment.criteria_of(assessment.panel_of(self.round.name))  # type: ignore[arg-type]
        for person, value in zip(self.assessors, values, strict=True):
            mine = assigning.assign(item, person, by=self.officer, now=self.now)
            interests.declare(item.subject, user=person, has_interest=False, words="", now=self.now)
            marks = {each.id: Mark(value, "This is what I found, in full.") for each in criteria}
            scoring.submit(mine, marks, by=person, now=self.now)
        db.session.refresh(item)
        return item

    def campaign(self, **facts: Any) -> Campaign:
        """A live campaign of a verified charity that closes in thirty days."""
        target = facts.pop("target", GBP(20_000))
        made: Campaign = self.make.campaign("live", target=target, **facts)
        return made

    def application(
        self,
        campaign: Campaign | None = None,
        *,
        capital: int = 10_000_00,
        revenue: int = 0,
        tier: int = 1,
        by: Any = None,
        **facts: Any,
    ) -> Application:
        """A complete draft: with a campaign of tier two, or by an individual in tier one."""
        round_ = queries_round(self.round)
        applicant = by or self.make.member()
        begun = applying.apply(
            round_, campaign=campaign, organisation=None, title="A bench", language="en", by=applicant, now=self.now
        )
        begun.tier_id = round_.tiers[tier].id
        begun.capital_minor, begun.revenue_minor, begun.answers = capital, revenue, dict(ANSWERS)
        if campaign is None:
            begun.summary, begun.borough, begun.cost_minor = "For everybody.", "E09000012", capital + revenue
            begun.turnover_minor = 0
        for name, value in facts.items():
            setattr(begun, name, value)
        db.session.flush()
        return again(begun)

    def applied(self, campaign: Campaign | None = None, **facts: Any) -> Application:
        """The same, handed in."""
        draft = self.application(campaign or self.campaign(), **facts)
        applying.submit(draft, by=self.make.member(), now=self.now)
        return draft

    def letter(self, draft: Application, referee: str = "Rosa, Hackney Residents") -> Application:
        """A letter of reference for an individual."""
        letter = files.keep_bytes(
            b"%PDF-1.4", name="letter.pdf", media_type="application/pdf", is_public=False, now=self.now
        )
        draft.referee, draft.referee_file_id = referee, letter.id
        return again(draft)

    def after_the_deadline(self) -> None:
        """The deadline has passed, and the assessors have what was handed in."""
        assert self.round.applications_close_at is not None
        self.now = self.round.applications_close_at
        rounds.unseal(self.round.id, now=self.now)

    def given(self, application: Application, capital: int = 10_000_00, revenue: int = 0, **terms: Any) -> Award:
        """Recommended, consulted on and decided."""
        decision = judging.recommend(
            application, Terms(Amounts.of(capital, revenue), "Strong.", **terms), by=self.officer, now=self.now
        )
        self.consult(decision)
        return self.decide(decision)

    def announced(self, application: Application, **facts: Any) -> Award:
        """The same, and public."""
        award = self.given(application, **facts)
        awards.announce(award, by=self.officer, now=self.now)
        return award


def queries_round(round_: Round) -> Round:
    """The round with its parts."""
    from civic.crowdfund.rounds.queries.rounds import round_by_id

    found = round_by_id(round_.id)
    assert found is not None
    return found


def again(application: Application) -> Application:
    """The application with all that belongs to it, read afresh."""
    db.session.flush()
    db.session.expire(application)
    found = queries.application_by_id(application.id)
    assert found is not None
    return found


def counted(campaign: Campaign) -> Money:
    """What funders' money counts for a campaign now."""
    from civic.crowdfund.queries import figures

    return figures.progress(campaign).match


def later(moment: datetime, seconds: int) -> datetime:
    """So many seconds after."""
    return moment + timedelta(seconds=seconds)
