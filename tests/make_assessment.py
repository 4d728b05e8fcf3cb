"""Builders of assessments: panels, things to be judged, and scores, all by the actions that people use."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from civic.accounts.models import User
from civic.assessment.actions import assigning, interests, items, moderating, panels, scoring
from civic.assessment.actions.panels import CriterionPlan
from civic.assessment.models import Assignment, Item, Meeting, Panel
from civic.assessment.queries import criteria_of
from civic.assessment.queries.interests import latest as interest_of
from civic.assessment.queries.panels import assessors_of
from civic.assessment.rules.scoring import Mark
from civic.core.db import db
from civic.core.money import GBP, Money

CRITERIA = (
    CriterionPlan(
        "Benefit to the neighbourhood", 50, "Who is better off, and how many?", {"0": "Nobody", "5": "Everybody near"}
    ),
    CriterionPlan(
        "Deliverability", 30, "Can they do what they say?", {"0": "No plan", "5": "Plan, people and permissions"}
    ),
    CriterionPlan("Value for money", 20),
)


class MakeAssessment:
    """Panels with three criteria and two assessors, open unless said otherwise."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def staff(self, *roles: str, **about: Any) -> User:
        """A member of staff (make_accounts)."""
        return super().staff(*roles, **about)  # type: ignore[misc,no-any-return]

    def runner(self) -> User:
        """The officer who runs the panels of one Make."""
        if not hasattr(self, "_runner"):
            self._runner = self.staff("funds_officer")
        return self._runner

    def panel(
        self,
        status: str = "open",
        *,
        criteria: Sequence[CriterionPlan] = CRITERIA,
        assessors: int | Sequence[User] = 2,
        due_at: datetime | None = None,
        publishes_scores: bool = False,
        **facts: Any,
    ) -> Panel:
        """A panel in a state, with so many new assessors, or with these people."""
        number, by = self.number(), self.runner()
        told = {"owner": f"round:{900_000 + number}", "title": f"Round {number}", "language": "en"} | facts
        panel = panels.make(**told, by=by, now=self.now)
        panel.due_at, panel.publishes_scores = due_at, publishes_scores
        panels.set_criteria(panel, list(criteria), by=by, now=self.now)
        people = [self.staff("assessor") for _ in range(assessors)] if isinstance(assessors, int) else assessors
        for person in people:
            panels.seat(panel, person, by=by, now=self.now)
        if status != "draft":
            panels.open(panel, by=by, now=self.now)
        if status == "closed":
            panels.close(panel, by=by, now=self.now)
        return panel

    def item(self, panel: Panel, subject: str = "", *, asked: tuple[Money, Money] | None = None, **facts: Any) -> Item:
        """Something to be judged, without assessors yet; asks for £1,000 capital and £500 revenue unless said."""
        number = self.number()
        told = {
            "title": f"A bandstand for Clissold Park {number}",
            "language": "en",
            "recipient": f"Friends of the Bandstand {number}",
        }
        asked = asked if asked is not None else (GBP(1000), GBP(500))
        return items.enter(panel, subject or f"demo:{number}", asked=asked, **(told | facts), now=self.now)

    def assignment(self, item: Item, user: User, status: str = "reading") -> Assignment:
        """Somebody asked to judge an item, and as far as said: assigned, reading or recused."""
        made = assigning.assign(item, user, by=self.runner(), now=self.now)
        if status != "assigned":
            words = "I know them well." if status == "recused" else ""
            interests.declare(item.subject, user=user, has_interest=status == "recused", words=words, now=self.now)
        db.session.refresh(made)
        return made

    def marks(
        self, panel: Panel, *values: int, words: str = "They say who gains, and I believe them."
    ) -> dict[int, Mark]:
        """Scores for the criteria of a panel in their order; of one value for all of them."""
        criteria = criteria_of(panel)
        each = values if len(values) > 1 else values * len(criteria)
        return {criterion.id: Mark(value, words) for criterion, value in zip(criteria, each, strict=True)}

    def send(self, assignment: Assignment, *values: int, at: datetime | None = None, **more: Any) -> Assignment:
        """Send scores of an assignment that is being read."""
        item = db.session.get_one(Item, assignment.item_id)
        panel, by = db.session.get_one(Panel, item.panel_id), db.session.get_one(User, assignment.user_id)
        scoring.submit(assignment, self.marks(panel, *(values or (3,)), **more), by=by, now=at or self.now)
        return assignment

    def assessed(
        self,
        panel: Panel,
        *values: int,
        agreed: bool = False,
        item: Item | None = None,
        words: Sequence[str] = (),
        **facts: Any,
    ) -> Item:
        """An item that every assessor of the panel (as many as values) has scored, each with one value for all criteria."""
        item = item if item is not None else self.item(panel, **facts)
        people = [db.session.get_one(User, row.user_id) for row in assessors_of(panel)]
        for at, (person, value) in enumerate(zip(people, values or (3,) * len(people), strict=False)):
            more = {"words": words[at]} if words else {}
            self.send(self.assignment(item, person), value, **more)
        db.session.refresh(item)
        if agreed:
            moderating.let_mean_stand(item, by=self.runner(), now=self.now)
        return item

    def places_of_assessment(self, demo: Any) -> dict[str, list[Any]]:
        """Something real for the places in addresses: panels in each stage, items that wait, are far apart and are agreed."""
        draft, panel, closed = self.panel("draft"), self.panel(assessors=3), self.panel("closed")
        waiting, apart, agreed = self.item(panel), self.assessed(panel, 5, 1), self.assessed(panel, 3, 3, agreed=True)
        officer, member = self.staff("approver", name="Approver With Interest"), self.member(name="Somebody Behind It")
        interests.declare(waiting.subject, user=officer, has_interest=True, words="A friend runs it.", now=self.now)
        demo.parties[int(apart.subject.partition(":")[2])] = {member.id}
        people = [db.session.get_one(User, row.user_id) for row in assessors_of(panel)]
        given = [
            self.assignment(waiting, person, status)
            for person, status in zip(people, ("assigned", "reading"), strict=False)
        ]
        return {
            "panel_id": [panel.id, draft.id, closed.id],
            "item_id": [apart.id, waiting.id, agreed.id],
            "assignment_id": [each.id for each in given],
            "criterion_id": [each.id for each in criteria_of(draft)[:1]],
            "assessor_id": [row.id for row in assessors_of(panel)[:1]],
            "meeting_id": [self.meeting(panel).id],
            "declaration_id": [interest_of(waiting.subject, officer.id).id],
            "subject": [apart.subject, "demo:404"],
        }

    def meeting(self, panel: Panel, **facts: Any) -> Meeting:
        """A meeting of the panel's assessors."""
        people = [(row.user_id, row.name) for row in assessors_of(panel)]
        told = {"held_on": date(2026, 11, 20), "people": people, "notes": "Everything was talked about."} | facts
        return moderating.hold_meeting(panel, **told, by=self.runner(), now=self.now)
