"""Offering test grants to matched applications, and what becomes of an offer that comes to nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from civic.accounts.models import Organisation
from civic.challenge.applying.actions import outcomes
from civic.challenge.applying.models import ChallengeApplication, Startup
from civic.challenge.models import Challenge, Programme
from civic.challenge.testing.actions.holding import held
from civic.challenge.testing.actions.telling import tell_side
from civic.challenge.testing.models import SubsidyNotice, TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.queries.subsidy import notice_of
from civic.challenge.testing.refusals import AlreadyOffered, NoPot, NotMatched
from civic.core import audit, subjects
from civic.core.db import db, locked
from civic.core.money import Money
from civic.core.states import advance, can
from civic.grants.actions import awards, decisions, funds
from civic.grants.models import Allotment, Award, Fund, Pot
from civic.grants.proposing import Proposed, Terms
from civic.grants.queries.funds import pot_by_owner
from civic.grants.rules.amounts import Amounts


@dataclass(frozen=True)
class Offer:
    """On which terms a test grant is recommended."""

    amount: Money
    spending: str
    rationale: str
    conditions: str = ""
    expires_at: datetime | None = None
    language: str = "en"


def owner_of(programme: Programme) -> str:
    """By what grants know the money of a programme."""
    return subjects.named("programme", programme.id)


def pot_of(programme: Programme) -> Pot | None:
    """What is set aside for a programme."""
    return pot_by_owner(owner_of(programme))


def set_aside(programme: Programme, fund: Fund, amounts: Amounts, *, why: str, by: Any, now: datetime) -> Allotment:
    """Set money of a fund aside for a programme; raises NotEnough, NotAnAmount, FundClosed."""
    about = {"title": programme.title, "language": programme.language}
    pot = funds.pot_for(fund, owner_of(programme), **about, now=now)
    return funds.allot(pot, amounts, why=why, by=by, now=now)


def offer(application: ChallengeApplication, terms: Offer, *, by: Any, now: datetime) -> TestGrant:
    """Recommend a test grant through grants, and notify the startup in writing as section 37(1) of the Subsidy Control Act wants it.

    Raises NotMatched, AlreadyOffered, NoPot, and what grants have against it.
    """
    subjects.hold(application.name)
    application = locked(ChallengeApplication, application.id)
    if application.status != "matched":
        raise NotMatched()
    known = queries.of_application(application.id)
    if known is not None and not can(known, "renew"):
        raise AlreadyOffered()
    challenge = db.session.get_one(Challenge, application.challenge_id)
    with_organisation = select(Startup).where(Startup.id == application.startup_id)
    whole = with_organisation.options(joinedload(Startup.organisation)).execution_options(populate_existing=True)
    startup = db.session.scalars(whole).one()
    pot = pot_of(challenge.programme)
    if pot is None:
        raise NoPot()
    decision = decisions.recommend(_proposed(application, challenge, startup, pot), _terms(terms), by=by, now=now)
    test = _kept(known, application, decision.award, terms, by=by, now=now)
    notice = SubsidyNotice(
        test_id=test.id, award_id=test.award_id, startup_id=startup.id, gross_minor=terms.amount.minor,
        notified_by_id=by.id, notified_at=now,
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    audit.record("test_grant.offered", on=test, by=by, now=now, after={"gross_minor": terms.amount.minor})
    tell_side(test, "startup", "subsidy", now=now, what="notification")
    return test


def offer_together(
    applications: Sequence[ChallengeApplication], terms: Offer, *, by: Any, now: datetime
) -> list[TestGrant]:
    """Recommend grants for several, on the same terms: all of them, or none."""
    return [offer(each, terms, by=by, now=now) for each in sorted(applications, key=lambda one: one.id)]


def decline(test: TestGrant, *, words: str, by: Any, now: datetime) -> None:
    """The startup does not want it: the money goes back, and the application is lost. Raises IllegalMove once it is agreed."""
    award, test = held(test)
    if award.is_public:
        awards.decline(award, words=words, by=by, now=now)
        return
    decisions.decline_early(award, words=words, by=by, now=now)
    lose(test, words or "declined", now=now, by=by)


def end(test: TestGrant, why: str, *, now: datetime, by: Any | None = None) -> None:
    """Nothing comes of this offer; another may follow. The notification is void."""
    test.ended_at = now
    advance(test, "end", by=by, now=now, why=why)
    found = notice_of(test.award_id)
    notice = locked(SubsidyNotice, found.id) if found else None
    if notice is not None and can(notice, "drop"):
        advance(notice, "drop", by=by, now=now, why=why)


def lose(test: TestGrant, why: str, *, now: datetime, by: Any | None = None) -> None:
    """The match comes to nothing with it."""
    application = db.session.get_one(ChallengeApplication, test.application_id)
    if can(application, "lose"):
        outcomes.lose(application, why, now=now, by=by)


def _proposed(application: ChallengeApplication, challenge: Challenge, startup: Startup, pot: Pot) -> Proposed:
    organisation: Organisation = startup.organisation
    return Proposed(
        pot=pot,
        subject=application.name,
        title=challenge.title,
        summary=application.title,
        language=challenge.language,
        recipient=organisation.name,
        organisation_id=organisation.id,
        place=startup.borough,
        needs_target=False,
    )


def _terms(terms: Offer) -> Terms:
    amounts = Amounts.only(terms.spending, terms.amount)
    return Terms(amounts, terms.rationale, terms.conditions, terms.expires_at, terms.language)


def _kept(
    known: TestGrant | None, application: ChallengeApplication, award: Award, terms: Offer, *, by: Any, now: datetime
) -> TestGrant:
    if known is not None:
        test: TestGrant = locked(TestGrant, known.id)
        test.award_id, test.ended_at = award.id, None
        test.award = award
        test.offered_minor, test.spending = terms.amount.minor, terms.spending
        advance(test, "renew", by=by, now=now)
        return test
    test = TestGrant(
        application_id=application.id,
        challenge_id=application.challenge_id,
        startup_id=application.startup_id,
        award_id=award.id,
        spending=terms.spending,
        offered_minor=terms.amount.minor,
        created_by_id=by.id,
        created_at=now,
    )
    db.session.add(test)
    db.session.flush()
    return test
