"""A call with everybody in it: managers, assessors, a challenge with its partner, startups that write and send."""

from datetime import timedelta
from typing import Any

from civic.accounts.models import OrganisationMember
from civic.assessment import queries as assessment
from civic.assessment.actions import assigning, interests, panels, scoring
from civic.assessment.queries.items import assignment_on, item_of
from civic.assessment.rules.scoring import Mark
from civic.challenge.applying.actions import applying, calls
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.applying.names import hearing_owner, panel_owner
from civic.challenge.applying.queries.applications import application_by_id
from civic.challenge.applying.rules.eligibility import DECLARED
from civic.challenge.applying.rules.questions import QUESTIONS
from civic.core.db import db
from civic.core.money import GBP

SECRET = "Zanzibar-Heliotrope"
PROFILE = {
    "summary": "We help carers find an hour.", "team": "Four people in Hackney.", "stage": "first_users",
    "capabilities": ["software", "care"], "borough": "E09000012", "accessibility": "Tested with disabled people.",
    "data_protection": "Names and addresses only.",
}  # fmt: skip


class Ground:
    """A call that opened ten days ago and closes in ten; `now` is the moment at which everything happens."""

    def __init__(self, make: Any, now: Any):
        self.make, self.now = make, now
        self.manager, self.other = make.staff("challenge_manager"), make.staff("challenge_manager")
        self.assessors = [make.staff("assessor", name=f"Assessor {name}") for name in ("One", "Two")]
        self.programme = make.programme()
        self.partner = make.challenge_partner()
        self.challenge = make.challenge(
            "final", programme=self.programme, partner=self.partner, slug=f"carers-{self.programme.id}"
        )
        begun = now - timedelta(days=11)
        self.call: Call = calls.make(
            self.programme, grant=GBP(15_000), by=self.manager, now=begun, opens_at=now - timedelta(days=10),
            closes_at=now + timedelta(days=10),
        )  # fmt: skip
        calls.open_call(self.call, by=self.manager, now=now)

    def startup(self, owner: Any = None, **about: Any) -> Startup:
        """A startup that tells everything of itself."""
        return self.make.startup(owner=owner, **(PROFILE | about))  # type: ignore[no-any-return]

    def join(self, startup: Startup, person: Any = None) -> Any:
        """Somebody who joins a startup's organisation."""
        person = person or self.make.member()
        about = {"organisation_id": startup.organisation_id, "user_id": person.id, "role": "editor"}
        db.session.add(OrganisationMember(**about, joined_at=self.now))
        db.session.flush()
        return person

    def drafted(self, startup: Startup | None = None, *, by: Any = None, **answers: str) -> ChallengeApplication:
        """A draft that lacks nothing."""
        by = by or self.make.member()
        startup = startup or self.startup(owner=by)
        begun = applying.begin(
            self.call, self.challenge, startup, declared=list(DECLARED), language="en", by=by, now=self.now
        )
        begun.title = answers.pop("title", f"Application {begun.id}")
        begun.answers = {each.key: f"Our words about {each.key}." for each in QUESTIONS} | answers
        db.session.flush()
        return self.again(begun)

    def sent(self, startup: Startup | None = None, *, by: Any = None, **answers: str) -> ChallengeApplication:
        """One that was sent."""
        draft = self.drafted(startup, by=by, **answers)
        sender = by or db.session.get_one(type(self.manager), draft.started_by_id)
        applying.submit(draft, by=sender, now=self.now)
        return self.again(draft)

    def after_the_deadline(self) -> None:
        """The deadline passes, and what was sent is given to the assessors."""
        self.now = self.call.closes_at + timedelta(minutes=1)
        calls.unseal(self.call.id, now=self.now)

    def seat(self) -> Any:
        """Both assessors sit on the challenge's panel, which opens."""
        panel = assessment.panel_of(panel_owner(self.challenge.id))
        for each in self.assessors:
            panels.seat(panel, each, by=self.manager, now=self.now)
        panels.open(panel, by=self.manager, now=self.now)
        return panel

    def score(self, subject: str, *values: int) -> None:
        """Each assessor gives every criterion the same."""
        item = item_of(subject)
        panel = db.session.get_one(assessment.panel_of(panel_owner(self.challenge.id)).__class__, item.panel_id)
        for assessor, value in zip(self.assessors, values, strict=False):
            there = assignment_on(item.id, assessor.id)
            assignment = there or assigning.assign(item, assessor, by=self.manager, now=self.now)
            if assignment.status == "assigned":
                interests.declare(subject, user=assessor, has_interest=False, words="", now=self.now)
            db.session.refresh(assignment)
            words = "It says clearly how it would be tested."
            marks = {each.id: Mark(value, words) for each in assessment.criteria_of(panel)}
            scoring.submit(assignment, marks, by=assessor, now=self.now)

    def judged(self, *values: tuple[int, int]) -> list[ChallengeApplication]:
        """Applications after the deadline, each with its two scores."""
        sent = [self.sent(title=f"Number {place}") for place, _pair in enumerate(values, 1)]
        self.seat()
        self.after_the_deadline()
        for application, pair in zip(sent, values, strict=True):
            self.score(application.name, *pair)
        return [self.again(each) for each in sent]

    def hearing(self) -> Any:
        """The panel that scores interviews."""
        return assessment.panel_of(hearing_owner(self.challenge.id))

    def again(self, application: ChallengeApplication) -> ChallengeApplication:
        """The same, read afresh with all that belongs to it."""
        db.session.flush()
        db.session.expire_all()
        found = application_by_id(application.id)
        assert found is not None
        return found
