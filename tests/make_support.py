"""Builders of startups on their way, plans, mentors, sessions, demo days and outcomes."""

from datetime import timedelta
from typing import Any

from civic.accounts.models import User
from civic.challenge.applying.models import ChallengeApplication, Startup
from civic.challenge.applying.queries.applications import application_by_id
from civic.challenge.models import Programme
from civic.challenge.support.actions import demo, mentors, outcomes
from civic.challenge.support.models import ChallengeOutcome, DemoDay, Mentor, Mentoring, SupportSession
from civic.core.db import db

ACCESS = {
    "place": "City Hall, Kamal Chunchie Way, London E16 1ZE",
    "step_free": "Level from the street; Royal Victoria DLR is step-free.",
    "hearing_loop": "There is a loop in the chamber, and live captions.",
    "sign_language": "Ask for an interpreter two weeks before, when you register.",
}
PROFILE = {
    "title": "Head of Procurement, a London borough", "about": "How councils buy.", "language": "en",
    "topics": ["procurement", "pricing"], "languages": ["en"], "minutes": 600, "way": "online", "borough": None,
    "interests": "",
}  # fmt: skip
ANSWER = {
    "in_use": "yes", "used_by": "Two care teams", "value": "Carers get an hour a day.", "contract_minor": 2_400_000, "jobs": 2,
    "investment_minor": None, "why_not": "", "language": "en",
}  # fmt: skip


class MakeSupport:
    """Support with honest defaults: a startup that was matched, with an owner and a partner's person beside it."""

    now: Any

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def staff(self, *roles: str, **about: Any) -> User:
        """A member of staff (make_accounts)."""
        raise NotImplementedError

    def settled_member(self, **about: Any) -> User:
        """Somebody whose address is confirmed (make_discussions)."""
        raise NotImplementedError

    def journey(
        self, status: str = "matched", *, owner: User | None = None, programme: Programme | None = None, **about: Any
    ) -> ChallengeApplication:
        """A startup on its way in a programme whose match is public."""
        make: Any = self
        programme = programme or make.programme(slug=about.pop("slug", ""))
        call = make.call_of(programme)
        challenge = about.pop("challenge", None) or make.challenge("final", programme=programme)
        startup: Startup = about.pop("startup", None) or make.startup(owner=owner or make.settled_member())
        made: ChallengeApplication = make.challenge_application(
            challenge, call=call, startup=startup, status=status, **about
        )
        db.session.expire(made)
        whole = application_by_id(made.id)
        assert whole is not None
        return whole

    def call_of(self, programme: Programme) -> Any:
        """The programme's call, after its match."""
        from sqlalchemy import select

        from civic.challenge.applying.models import Call

        found = db.session.scalar(select(Call).where(Call.programme_id == programme.id))
        make: Any = self
        return found or make.call(programme, status="matched", shortlisted_at=self.now)

    def programme_of(self, journey: ChallengeApplication) -> Programme:
        """The programme that a journey belongs to."""
        from civic.challenge.applying.models import Call

        return db.session.get_one(Programme, db.session.get_one(Call, journey.call_id).programme_id)

    def mentor(
        self, programme: Programme, *, person: User | None = None, status: str = "active", **about: Any
    ) -> Mentor:
        """A mentor in a programme."""
        conflicts = about.pop("conflicts", ())
        made = mentors.offer(
            programme, conflicts=conflicts, by=person or self.settled_member(), now=self.now, **(PROFILE | about)
        )
        made.status = status
        db.session.flush()
        return made

    def mentoring(
        self, journey: ChallengeApplication, mentor: Mentor | None = None, *, status: str = "active"
    ) -> Mentoring:
        """A mentor who helps a startup, or is asked to."""
        mentor = mentor or self.mentor(self.programme_of(journey))
        agreed = self.now if status == "active" else None
        made = Mentoring(
            mentor_id=mentor.id, application_id=journey.id, status=status, points=15, reasons=["topics"],
            topics=["procurement"], proposed_at=self.now, mentor_agreed_at=agreed, startup_agreed_at=agreed,
        )  # fmt: skip
        db.session.add(made)
        db.session.flush()
        return made

    def support_session(
        self, pair: Mentoring, *, status: str = "booked", hours: float = 24, minutes: int = 60, **about: Any
    ) -> SupportSession:
        """A session of a mentor with their startup, so many hours from now."""
        mentor = db.session.get_one(Mentor, pair.mentor_id)
        journey = db.session.get_one(ChallengeApplication, pair.application_id)
        starts_at = self.now + timedelta(hours=hours)
        free = status == "offered"
        values: dict[str, Any] = {
            "kind": "mentor", "status": status, "mentor_id": mentor.id, "host_id": mentor.person_id,
            "application_id": None if free else journey.id, "startup_id": None if free else journey.startup_id,
            "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes), "place": "https://meet.example/abc",
            "about": "How councils buy", "created_at": self.now, "minutes": minutes if status == "held" else None,
            "missed_by": "startup" if status == "missed" else None,
            "agreed": "Write to the framework’s owner." if status == "held" else "",
        }  # fmt: skip
        made = SupportSession(**(values | about))
        db.session.add(made)
        db.session.flush()
        return made

    def demo_day(self, programme: Programme, *, status: str = "published", days: int = 20, **about: Any) -> DemoDay:
        """A demo day in twenty days, announced unless said."""
        starts_at = self.now + timedelta(days=days)
        values: dict[str, Any] = {
            "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3), "registration_closes_at": starts_at - timedelta(days=2),
            "summary": "What was tried, and what came of it.", "other_access": "", "language": "en", "capacity": None,
            "recording_url": "", "is_captioned": False,
        }  # fmt: skip
        made = demo.write(programme, by=self.staff("challenge_manager"), now=self.now, **(values | ACCESS | about))
        made.status = status
        db.session.flush()
        return made

    def challenge_outcome(
        self, journey: ChallengeApplication, *, months: int = 6, status: str = "", answers: tuple[str, ...] = ()
    ) -> ChallengeOutcome:
        """A question about what came of a test, in any state."""
        planned = {each.months: each for each in outcomes.plan(journey.id, now=self.now)}
        made = planned[months]
        made.ask_on = self.now.date()
        outcomes.ask(made.id, now=self.now)
        for side in answers:
            outcomes.answer(made, side, by=self.settled_member(), now=self.now, **ANSWER)
        if status == "published":
            verified = {
                "in_use": "yes",
                "used_by": "Two teams",
                "text": "The council uses it.",
                "published_at": self.now,
            }
            for name, value in verified.items():
                setattr(made, name, value)
        if status == "closed":
            made.why = "The startup was dissolved."
        made.status = status or made.status
        db.session.flush()
        return made
