"""Builders of rounds: whole ones of a fund with money in it, with ideas and applications in the states that people leave them in."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from civic.accounts.models import Organisation, User
from civic.assessment import queries as assessment
from civic.assessment.actions import panels
from civic.assessment.actions.panels import CriterionPlan
from civic.core.clock import london_minute, london_today
from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds.actions import applying, rounds
from civic.crowdfund.rounds.actions.rounds import Condition, Question, Tier
from civic.crowdfund.rounds.models import Application, Expression, Round
from civic.crowdfund.rounds.queries.applications import application_by_id, expression_by_id
from civic.crowdfund.rounds.queries.rounds import round_by_id
from civic.grants.actions import funds
from civic.grants.models import Fund
from civic.grants.queries.funds import pot_by_owner
from civic.grants.rules.amounts import Amounts

TIERS = (
    Tier("Up to £5,000", GBP(5_000), "For small projects.", needs_target=False),
    Tier("Up to £50,000", GBP(50_000), "The rest comes from the crowd."),
)
CONDITIONS = (
    Condition("in_london", "The project is in Greater London."),
    Condition("turnover_below", "Your turnover is less than £50,000 a year.", 50_000_00, tier=0),
    Condition("individuals", "Individuals may apply.", True, tier=0),
    Condition("referee", "An individual shows a letter of a local organisation.", None, tier=0),
    Condition("campaign_live", "Your campaign takes pledges.", None, tier=1),
)
QUESTIONS = (
    Question("expression", "idea", "What is your idea?", most_words=100),
    Question("application", "difference", "What difference will it make?", is_public=True, most_words=50),
    Question("application", "bank", "Has your group a bank account of its own?", is_yes_no=True),
)
CRITERIA = (CriterionPlan("Local support", 60, "Who wants it?"), CriterionPlan("Deliverability", 40, "Can they do it?"))
A_POT = Amounts.of(80_000_00, 30_000_00)


class MakeRounds:
    """Rounds that take ideas and applications at the moment of the test, unless said otherwise."""

    now: datetime
    member: Callable[..., User]
    staff: Callable[..., User]

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def round(self, status: str = "open", *, slug: str = "", fund: Fund | None = None, **facts: Any) -> Round:
        """A round with dates, tiers, conditions, questions, criteria and money; draft, open or closed."""
        officer = self.staff("funds_officer")
        fund = fund or self._fund_of_rounds(officer)
        known = {"title": f"Make London {self.number()}", "language": "en", "slug": slug}
        made = rounds.make(fund, **known, by=officer, now=self.now)  # type: ignore[arg-type]
        rounds.tell(
            made, self._dates() | {"theme": "Places that bring people together."} | facts, by=officer, now=self.now
        )
        rounds.set_conditions(made, CONDITIONS, rounds.set_tiers(made, TIERS))
        rounds.set_questions(made, QUESTIONS)
        panel, pot = assessment.panel_of(made.name), pot_by_owner(made.name)
        assert panel is not None
        assert pot is not None
        panels.set_criteria(panel, list(CRITERIA), by=officer, now=self.now)
        funds.allot(pot, A_POT, why="For the round.", by=officer, now=self.now)
        if status != "draft":
            rounds.open(made, by=officer, now=self.now)
        if status == "closed":
            rounds.close(made, by=officer, now=self.now)
        return made

    def expression(self, round_: Round, status: str = "draft", *, by: User | None = None, **facts: Any) -> Expression:
        """An idea that is complete, of one person; draft or submitted."""
        person = by or self.member()
        known = {"summary": "For all who walk up.", "borough": "E09000012", "answers": {"idea": "A bench on the hill."}}
        begun = applying.express(round_, organisation=None, title="A bench", language="en", by=person, now=self.now)
        for name, value in (known | facts).items():
            setattr(begun, name, value)
        if status == "submitted":
            begun.status, begun.submitted_at = status, self.now
        db.session.flush()
        found = expression_by_id(begun.id)
        assert found is not None
        return found

    def application(
        self,
        round_: Round,
        status: str = "draft",
        *,
        campaign: Campaign | None = None,
        organisation: Organisation | None = None,
        by: User | None = None,
        **facts: Any,
    ) -> Application:
        """An application that is complete but for a letter: with a campaign, of an organisation, or of one person."""
        whole = round_by_id(round_.id)
        assert whole is not None
        begun = applying.apply(
            whole, campaign=campaign, organisation=organisation, title="A bench", language="en",
            by=by or self.member(), now=self.now,
        )  # fmt: skip
        known = {
            "tier_id": whole.tiers[1 if campaign else 0].id,
            "capital_minor": 3_000_00,
            "turnover_minor": 0,
            "cost_minor": 4_000_00,
            "summary": begun.summary or "For all who walk up.",
            "borough": begun.borough or "E09000012",
            "answers": {"difference": "Neighbours will meet.", "bank": "yes"},
        }
        for name, value in (known | facts).items():
            setattr(begun, name, value)
        if status == "submitted":
            begun.status, begun.submitted_at = status, self.now
        db.session.flush()
        found = application_by_id(begun.id)
        assert found is not None
        return found

    def _fund_of_rounds(self, officer: User) -> Fund:
        """A fund of funds officers with enough for one round."""
        number = self.number()
        made = funds.make(
            slug=f"crowdfund-{number}",
            title="Crowdfund London",
            summary="For places.",
            language="en",
            managed_by="funds_officer",
            consultees=1,
            by=officer,
            now=self.now,
        )
        books = self.staff("finance_officer")
        for spending, money in A_POT.parts:
            given = funds.Given(spending, money, "MD2605", date(2026, 3, 10))
            funds.book_budget(funds.propose_budget(made, given, by=officer, now=self.now), by=books, now=self.now)
        return made

    def _dates(self) -> dict[str, Any]:
        now, today = self.now, london_today(self.now)
        return {
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
