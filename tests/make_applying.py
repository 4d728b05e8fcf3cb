"""Builders of calls, startups and their applications."""

from datetime import timedelta
from typing import Any

from civic.accounts.models import User
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.models import Challenge, Partner, PartnerMember, Programme
from civic.core.db import db

# By which steps an application comes to a state.
_SENT = ("submitted", "ineligible", "not_shortlisted", "shortlisted", "unmatched", "matched", "lost")


class MakeApplying:
    """The way from a call to a match, with honest defaults; rows of a state are made as they stand then."""

    now: Any

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def staff(self, *roles: str, **about: Any) -> User:
        """A member of staff (make_accounts)."""
        raise NotImplementedError

    def member(self, **about: Any) -> User:
        """A member (make_accounts)."""
        raise NotImplementedError

    def organisation(self, **about: Any) -> Any:
        """An organisation (make_accounts)."""
        raise NotImplementedError

    def programme(self, **about: Any) -> Programme:
        """A programme (make_challenge)."""
        raise NotImplementedError

    def challenge(self, status: str = "commenting", **about: Any) -> Challenge:
        """A challenge (make_challenge)."""
        raise NotImplementedError

    def partner_member(self, partner: Partner, *, person: User | None = None) -> User:
        """Somebody who acts for a partner."""
        person = person or self.member()
        db.session.add(
            PartnerMember(partner_id=partner.id, person_id=person.id, title="Head of Innovation", added_at=self.now)
        )
        db.session.flush()
        return person

    def call(self, programme: Programme | None = None, *, status: str = "open", **about: Any) -> Call:
        """A call that opened ten days ago and, while it is open, closes in ten; later states closed a day ago."""
        is_open = status in ("draft", "open")
        closes_at = self.now + timedelta(days=10) if is_open else self.now - timedelta(days=1)
        values: dict[str, Any] = {
            "programme_id": (programme or self.programme()).id, "status": status, "opens_at": self.now - timedelta(days=10),
            "closes_at": closes_at, "unsealed_at": None if is_open else closes_at, "grant_minor": 1_500_000,
            "shortlisted_at": self.now if status in ("shortlisted", "matched", "closed") else None,
            "created_at": self.now - timedelta(days=20),
        }  # fmt: skip
        made = Call(**(values | about))
        db.session.add(made)
        db.session.flush()
        return made

    def startup(self, *, owner: User | None = None, **about: Any) -> Startup:
        """A startup whose organisation is verified and has one owner."""
        number = self.number()
        organisation = self.organisation(
            owner=owner or self.member(), status="verified", name=f"Startup {number} Ltd", kind="company"
        )
        values: dict[str, Any] = {
            "organisation_id": organisation.id, "summary": "We help carers find an hour.", "team": "Four people in Hackney.",
            "stage": "first_users", "capabilities": ["software", "care"], "borough": "E09000012",
            "accessibility": "Tested with disabled people.", "data_protection": "Names and addresses only.", "created_at": self.now,
        }  # fmt: skip
        made = Startup(**(values | about))
        db.session.add(made)
        db.session.flush()
        return made

    def challenge_application(
        self, challenge: Challenge | None = None, *, call: Call | None = None, startup: Startup | None = None,
        status: str = "submitted", **about: Any,
    ) -> ChallengeApplication:  # fmt: skip
        """An application in any state, of a startup of its own unless said."""
        number = self.number()
        if challenge is None:
            programme = self.programme()
            call = call or self.call(programme, status="open" if status in ("draft", "submitted") else "assessing")
            challenge = self.challenge("final", programme=programme)
        assert call is not None, "give the call of its programme"
        sent = status in _SENT
        values: dict[str, Any] = {
            "call_id": call.id, "challenge_id": challenge.id, "startup_id": (startup or self.startup()).id, "status": status,
            "title": f"Application {number}", "created_at": self.now - timedelta(days=5), "answers": {},
            "submitted_at": self.now - timedelta(days=4) if sent else None,
            "feedback": "Thank you. Tell us more about the test." if status in ("ineligible", "not_shortlisted") else "",
            "matched_at": self.now if status in ("matched", "lost") else None,
        }  # fmt: skip
        made = ChallengeApplication(**(values | about))
        db.session.add(made)
        db.session.flush()
        return made
