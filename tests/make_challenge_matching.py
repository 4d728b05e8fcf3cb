"""Builders of shortlists whose both sides rank each other, and of the matches that come of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from civic.accounts.models import OrganisationMember, User
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.applying.queries.seats import people_of_startup
from civic.challenge.matching.actions import publishing, runs
from civic.challenge.matching.actions.places import set_places
from civic.challenge.matching.actions.ranking import save_for_partner, save_for_startup
from civic.challenge.matching.models import Run
from civic.challenge.models import Challenge, Partner, Programme
from civic.challenge.queries.seats import people_of_partner
from civic.core.db import db


@dataclass
class Shortlist:
    """A call whose every startup is on the shortlist of every challenge."""

    call: Call
    challenges: list[Challenge]
    startups: list[Startup]
    applications: dict[tuple[int, int], ChallengeApplication]  # by startup and challenge

    def of(self, startup: int, challenge: int) -> ChallengeApplication:
        """The application of a startup, by its place, to a challenge, by its place."""
        return self.applications[self.startups[startup].id, self.challenges[challenge].id]

    def founder(self, startup: int) -> User:
        """Somebody of a startup."""
        return db.session.get_one(User, people_of_startup(self.startups[startup].id)[0])

    def partner(self, challenge: int) -> User:
        """Somebody of a challenge's partner."""
        return db.session.get_one(User, people_of_partner(self.challenges[challenge].partner_id or 0)[0])


class MakeChallengeMatching:
    """Everything from a shortlist to a published match, with honest defaults."""

    now: Any

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def staff(self, *roles: str, **about: Any) -> User:
        """A member of staff (make_accounts)."""
        raise NotImplementedError

    def programme(self, **about: Any) -> Programme:
        """A programme (make_challenge)."""
        raise NotImplementedError

    def challenge(self, status: str = "commenting", **about: Any) -> Challenge:
        """A challenge (make_challenge)."""
        raise NotImplementedError

    def partner_member(self, partner: Partner, **about: Any) -> User:
        """Somebody who acts for a partner (make_applying)."""
        raise NotImplementedError

    def call(self, programme: Programme | None = None, **about: Any) -> Call:
        """A call (make_applying)."""
        raise NotImplementedError

    def startup(self, **about: Any) -> Startup:
        """A startup (make_applying)."""
        raise NotImplementedError

    def challenge_application(self, challenge: Challenge | None = None, **about: Any) -> ChallengeApplication:
        """An application (make_applying)."""
        raise NotImplementedError

    def shortlist(
        self,
        startups: int = 3,
        challenges: int = 2,
        *,
        programme: Programme | None = None,
        closes_in: timedelta | None = None,
    ) -> Shortlist:
        """A call in which lists can be sent for a week, unless said; each partner has one person."""
        programme = programme or self.programme()
        closes_at = self.now + (closes_in or timedelta(days=7))
        call = self.call(
            programme, status="shortlisted", shortlisted_at=self.now - timedelta(hours=1), ranks_close_at=closes_at
        )
        owned = [self.challenge("final", programme=programme) for _ in range(challenges)]
        for each in owned:
            assert each.partner is not None
            self.partner_member(each.partner)
        made = [self.startup() for _ in range(startups)]
        applications = {
            (startup.id, challenge.id): self.challenge_application(
                challenge, call=call, startup=startup, status="shortlisted"
            )
            for startup in made
            for challenge in owned
        }
        return Shortlist(call, owned, made, applications)

    def ranked(
        self, wanted: Sequence[Sequence[int]], chosen: Sequence[Sequence[int]], places: Sequence[int] = (), **about: Any
    ) -> Shortlist:
        """A shortlist with every list sent: of each startup the places of its challenges, of each challenge those of its startups."""
        made = self.shortlist(len(wanted), len(chosen), **about)
        for startup, list_ in enumerate(wanted):
            numbers = [made.of(startup, challenge).id for challenge in list_]
            save_for_startup(
                made.call, made.startups[startup].id, numbers, send=True, by=made.founder(startup), now=self.now
            )
        for challenge, list_ in enumerate(chosen):
            numbers = [made.of(startup, challenge).id for startup in list_]
            save_for_partner(
                made.call, made.challenges[challenge].id, numbers, send=True, by=made.partner(challenge), now=self.now
            )
        if places:
            wish = {challenge.id: (n, 0) for challenge, n in zip(made.challenges, places, strict=True)}
            set_places(made.call, wish, by=self.staff("challenge_manager"), now=self.now)
        return made

    def joins(self, startup: Startup, person: User) -> User:
        """Somebody becomes one of a startup."""
        db.session.add(
            OrganisationMember(
                organisation_id=startup.organisation_id, user_id=person.id, role="editor", joined_at=self.now
            )
        )
        db.session.flush()
        return person

    def later(self, made: Shortlist) -> Any:
        """The moment at which lists are closed, to the second."""
        return made.call.ranks_close_at

    def match_run(self, made: Shortlist, status: str = "draft", **about: Any) -> Run:
        """A computed match, in any state; published by a second person."""
        now = max(self.now, self.later(made))
        by = self.staff("challenge_manager")
        run = runs.make_run(made.call, by=by, now=now, **about)
        if status == "discarded":
            runs.discard(run, by=by, now=now)
        if status in ("proposed", "published"):
            runs.propose(run, why="It is the best that there is.", by=by, now=now)
        if status == "published":
            publishing.publish(run, by=self.staff("approver"), now=now)
        return run
