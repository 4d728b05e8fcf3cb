"""Schemes of match funding as they really come to run: written, proposed and approved by different people, with gifts that are matched."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import update

from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.actions import totals
from civic.crowdfund.matching.actions import drafts, schemes, signals
from civic.crowdfund.matching.actions.drafts import Payer, Plan
from civic.crowdfund.matching.models import MatchScheme, MatchSignal
from civic.crowdfund.matching.queries.schemes import scheme_by_id
from civic.crowdfund.matching.rules.terms import Formula, Ratio
from civic.crowdfund.models import Campaign, Pledge
from civic.grants.models import Fund
from civic.payments.models import PaymentMethod

USUAL, A_POT, A_GIFT = Ratio(100, per_person=GBP(20)), GBP(1_000), GBP(20)


class MakeMatching:
    """Match funding, with the people of public money."""

    now: datetime
    fund: Callable[..., Fund]
    pledge: Callable[..., Pledge]
    money_people: Any

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def match_scheme(
        self,
        *campaigns: Campaign,
        status: str = "running",
        slug: str = "",
        formula: Formula = USUAL,
        contribution: Money = A_POT,
    ) -> MatchScheme:
        """A scheme of one funder with these campaigns, as far as it has come."""
        people, number = self.money_people, self.number()
        plan = Plan(f"Patrons {number}", "Patrons add to what people give.", "en", formula)
        made = drafts.make(slug or f"patrons-{number}", plan, by=people.officer, now=self.now)
        payer = Payer(self.fund(consultees=0), f"Patrons of Place {number}", contribution)
        drafts.set_funders(made, [payer], now=self.now)
        for campaign in campaigns:
            schemes.enrol(made, campaign, by=people.officer, now=self.now)
        if status != "draft":
            drafts.propose(made, why="It doubles what neighbours give.", by=people.officer, now=self.now)
        if status in ("running", "ended"):
            schemes.approve(made, number=f"DD{number}", by=people.approver, now=self.now)
        if status == "ended":
            schemes.end(made, why="The year is over.", by=people.officer, now=self.now)
        db.session.flush()
        db.session.expire_all()
        found = scheme_by_id(made.id)
        assert found is not None
        return found

    def matched_gift(self, campaign: Campaign, amount: Money = A_GIFT, **facts: Any) -> Pledge:
        """A promise by card that every scheme of the campaign has seen."""
        pledge = self.pledge(campaign, amount=amount, status="awaiting_card", **facts)
        before = totals.sums_of(pledge)
        pledge.status, pledge.authorised_at = "authorised", self.now
        totals.follow(pledge, before)
        return pledge

    def match_signal(self, scheme: MatchScheme, campaign: Campaign) -> MatchSignal:
        """Something to look at: one card gave under two names."""
        cards = [self.matched_gift(campaign, payment_method_id=self._card()).payment_method_id for _ in range(2)]
        print_ = f"card-{self.number()}"
        db.session.execute(update(PaymentMethod).where(PaymentMethod.id.in_(cards)).values(fingerprint=print_))
        db.session.flush()
        signals.look(scheme.id, now=self.now)
        found = db.session.query(MatchSignal).filter_by(scheme_id=scheme.id).first()
        assert found is not None
        return found

    def _card(self) -> int:
        number: int = self.payment_method().id  # type: ignore[attr-defined]
        return number
