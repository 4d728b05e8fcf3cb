"""Builders of problems, programmes, partners, challenges and remarks; each text by somebody of its own, unless said."""

from datetime import datetime, timedelta
from typing import Any

from civic.accounts.models import User
from civic.challenge.actions import briefs, problems, programmes, remarks
from civic.challenge.models import BriefRemark, Challenge, Partner, Problem, Programme
from civic.core.db import db

WRONG = (
    "The last bus leaves before the late shift ends.",
    "Nobody answers the letters about damp in our block.",
    "People who care for somebody with dementia have no hour of their own.",
    "The charging points near the estate are broken for weeks.",
    "Banks have closed, and the cash machine takes a fee.",
)


class MakeChallenge:
    """The challenge with honest defaults: problems in plain sight, briefs that lack nothing."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def staff(self, *roles: str, **about: Any) -> User:
        """A member of staff (make_accounts)."""
        raise NotImplementedError

    def settled_member(self, **about: Any) -> User:
        """Somebody whose account is a year old (make_discussions)."""
        raise NotImplementedError

    def problem(self, *, by: User | None = None, shown: str = "shown", supporters: int = 0, **about: Any) -> Problem:
        """A problem in English for all London."""
        number = self.number()
        values: dict[str, Any] = {
            "title": f"Problem {number}", "text": f"{WRONG[number % len(WRONG)]} That is what number {number} is about.",
            "for_whom": "Everybody who works late", "borough": "", "theme": "getting_around", "language": "en",
            "now": self.now,
        }  # fmt: skip
        problem = problems.propose(by=by or self.settled_member(), **(values | about))
        for _ in range(supporters):
            problems.support(problem, by=self.settled_member(), now=self.now)
        if shown != problem.shown:
            problem.shown, problem.broke = shown, "" if shown in ("shown", "waiting") else "spam"
        db.session.flush()
        db.session.refresh(problem)
        return problem

    def programme(self, *, status: str = "announced", slug: str = "", **about: Any) -> Programme:
        """A programme, announced unless said."""
        number = self.number()
        by = self.staff("challenge_manager")
        values: dict[str, Any] = {
            "slug": slug or f"programme-{number}", "year": 2026, "title": f"Programme {number}", "summary": "One year.",
            "language": "en", "delivery_partner": "Bethnal Green Ventures", "budget_minor": 25_000_000,
            "decision_number": "MD2286", "is_example": False,
        }  # fmt: skip
        made = programmes.create_programme(by=by, now=self.now, **(values | about))
        for verb in {"draft": (), "announced": ("announce",), "closed": ("announce", "close")}[status]:
            programmes.move_programme(made, verb, by=by, now=self.now)
        return made

    def challenge_partner(self, *, slug: str = "", **about: Any) -> Partner:
        """A partner."""
        number = self.number()
        values: dict[str, Any] = {
            "slug": slug or f"partner-{number}", "name": f"Partner {number}", "kind": "borough", "brings": "Two estates.",
            "language": "en",
        }  # fmt: skip
        return programmes.create_partner(by=self.staff("challenge_manager"), now=self.now, **(values | about))

    def challenge(
        self, status: str = "commenting", *, by: User | None = None, slug: str = "", **about: Any
    ) -> Challenge:
        """A challenge whose brief lacks nothing; one that is final or closed was published by another person."""
        number = self.number()
        values: dict[str, Any] = {
            "slug": slug or f"challenge-{number}", "programme": self.programme(), "partner": self.challenge_partner(),
            "theme": "health", "title": f"Challenge {number}", "statement": "Carers have no hour of their own.",
            "success": "Carers say that they rest.", "adoption": "The council buys it from its care budget in April.",
            "pilot_sites": "Two day centres.", "data_offered": "Referrals by month.", "language": "en",
            "criteria": [("How well it solves the problem", 60), ("Who can use it", 40)],
        }  # fmt: skip
        by, begun = by or self.staff("challenge_manager"), self.now - timedelta(days=20)
        made = briefs.create(by=by, now=begun, **(values | about))
        if status == "draft":
            return made
        closes_at = self.now + timedelta(days=10) if status == "commenting" else self.now - timedelta(days=1)
        briefs.open_for_comment(made, closes_at=closes_at, by=by, now=begun)
        if status in ("final", "closed"):
            briefs.publish(made, by=self.staff("approver"), now=self.now)
        if status == "closed":
            briefs.close(made, by=by, now=self.now)
        return made

    def brief_remark(self, challenge: Challenge, *, by: User | None = None, **about: Any) -> BriefRemark:
        """A comment on a brief."""
        number = self.number()
        values: dict[str, Any] = {
            "text": f"{WRONG[number % len(WRONG)]} So says number {number}.", "language": "en", "now": self.now,
        }  # fmt: skip
        return remarks.remark(challenge, by=by or self.settled_member(), **(values | about))
