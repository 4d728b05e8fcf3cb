"""An avenue of campaigns with patrons who match gifts: a scheme that runs, and everything that must be true of it."""

from datetime import timedelta
from typing import Any

from flask import Flask

from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.actions import totals
from civic.crowdfund.matching.actions import drafts, schemes
from civic.crowdfund.matching.actions.drafts import Payer, Plan
from civic.crowdfund.matching.checks import CHECKS
from civic.crowdfund.matching.models import MatchEntry, MatchPlace, MatchScheme
from civic.crowdfund.matching.queries import schemes as queries
from civic.crowdfund.matching.rules.terms import Formula, Ratio
from civic.crowdfund.models import Campaign, CampaignMatch, Pledge
from civic.crowdfund.queries import figures
from civic.grants.actions import funds
from civic.grants.models import Fund
from civic.grants.queries import funds as fund_queries
from civic.grants.rules.amounts import Amounts
from tests.grants.office import Office

POUND_FOR_POUND, TARGET = Ratio(100), GBP(10_000)


class Avenue(Office):
    """An office that matches gifts."""

    def __init__(self, app: Flask, make: Any, **budget: int):
        super().__init__(app, make, **({"capital": 0, "revenue": 0} | budget))
        self.give(Amounts.of(0, 100_000_00))
        db.session.commit()

    def fund_of(self, title: str) -> Fund:
        """Another fund, of another funder, with money in it."""
        made, mine = self.fund, None
        self.fund = mine = funds.make(
            slug=f"fund-{self.make.number()}",
            title=title,
            summary="",
            language="en",
            managed_by="funds_officer",
            consultees=0,
            by=self.officer,
            now=self.now,
        )
        self.give(Amounts.of(0, 100_000_00))
        self.fund = made
        return mine

    def draft(
        self, formula: Formula = POUND_FOR_POUND, *contributions: Money, counts_past: bool = False
    ) -> MatchScheme:
        """A scheme as it is written; one funder for each contribution, the first of them the fund of the office."""
        number = self.make.number()
        plan = Plan(f"Patrons {number}", "We match gifts.", "en", formula, counts_past=counts_past)
        made = drafts.make(f"patrons-{number}", plan, by=self.officer, now=self.now)
        given = contributions or (GBP(1_000),)
        payers = [
            Payer(self.fund if at == 0 else self.fund_of(f"Trust {at}"), f"Patron {at}", each)
            for at, each in enumerate(given)
        ]
        drafts.set_funders(made, payers, now=self.now)
        return self.scheme(made)

    def running(self, *campaigns: Campaign, formula: Formula = POUND_FOR_POUND, **facts: Any) -> MatchScheme:
        """The same with campaigns in it, approved by somebody else."""
        given = facts.pop("contributions", ())
        made = self.draft(formula, *given, **facts)
        for campaign in campaigns:
            schemes.enrol(made, campaign, by=self.officer, now=self.now)
        drafts.propose(made, why="It doubles what neighbours give.", by=self.officer, now=self.now)
        schemes.approve(made, number=f"DD{self.make.number()}", by=self.mayor, now=self.now)
        return self.scheme(made)

    def live(self, target: Money = TARGET) -> Campaign:
        """A campaign that takes pledges for a month."""
        made: Campaign = self.make.campaign("live", target=target, closes_at=self.now + timedelta(days=30))
        return made

    def gift(self, campaign: Campaign, amount: Money, **facts: Any) -> Pledge:
        """A promise that stands."""
        self.now += timedelta(minutes=1)
        card = self.make.payment_method(person=facts.get("by")).id
        made: Pledge = self.make.pledge(
            campaign, amount=amount, status="awaiting_card", payment_method_id=card, **facts
        )
        made.authorised_at = self.now
        self.becomes(made, status="authorised")
        return made

    def becomes(self, pledge: Pledge, **facts: Any) -> None:
        """A gift changes as the acts of campaigns change it, and those who match are told."""
        before = totals.sums_of(pledge)
        for name, value in facts.items():
            setattr(pledge, name, value)
        totals.follow(pledge, before)

    # What can be seen.

    def scheme(self, made: MatchScheme) -> MatchScheme:
        """The scheme as it stands, with all that belongs to it."""
        db.session.flush()
        db.session.expire_all()
        found = queries.scheme_by_id(made.id)
        assert found is not None
        return found

    def place(self, scheme: MatchScheme, campaign: Campaign) -> MatchPlace:
        """A campaign's place in a scheme."""
        found = queries.place_of(scheme.id, campaign.id)
        assert found is not None
        return found

    def match(self, campaign: Campaign) -> Money:
        """What funders' money counts for a campaign."""
        db.session.flush()
        return figures.progress(campaign).match

    def shown(self, campaign: Campaign) -> dict[str, int]:
        """What each funder's row of a campaign says, in pence."""
        db.session.flush()
        rows = db.session.query(CampaignMatch).filter_by(campaign_id=campaign.id, is_standing=True)
        return {row.funder: row.amount_minor for row in rows.populate_existing()}

    def entries(self, scheme: MatchScheme) -> list[tuple[int, int, str]]:
        """Every entry: campaign, pence, reason; in their order."""
        rows = db.session.query(MatchEntry).filter_by(scheme_id=scheme.id).order_by(MatchEntry.since, MatchEntry.id)
        return [(row.campaign_id, row.amount_minor, row.cap) for row in rows.populate_existing()]

    def reserved(self, scheme: MatchScheme) -> list[Amounts]:
        """What is reserved or owed in the pot of each funder."""
        db.session.flush()
        return [fund_queries.balance_of(funder.pot_id).reserved for funder in self.scheme(scheme).funders]

    def problems(self) -> list[str]:
        """Everything that is not true of matching, of campaigns' sums, of public money and of the books."""
        db.session.flush()
        return [*(each for check in CHECKS for each in check()), *totals.wrong_totals(), *super().problems()]
