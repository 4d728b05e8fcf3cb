"""Whom each side may rank, whom it ranks, and who has handed a list in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from civic.accounts.models import Organisation, OrganisationMember
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.matching.models import Choice, Places, Ranking
from civic.challenge.models import Challenge, Partner, PartnerMember, Programme
from civic.core.db import db
from civic.core.i18n import Words

SHORTLISTED = "shortlisted"


@dataclass(frozen=True)
class Offer:
    """Something that can be ranked: an application, by the name of the other side."""

    application_id: int
    name: Words  # the challenge's title, or the startup's name
    of: Words  # the partner's name, or the title of the application
    slug: str = ""  # of the challenge


@dataclass(frozen=True)
class Standing:
    """How far one side is: nothing about whom it ranks."""

    name: Words
    offers: int
    people: int  # who could hand the list in
    status: str  # "", draft or sent
    sent_at: datetime | None


def call_of(programme: str) -> Call | None:
    """The call of a programme that has a shortlist, with the programme."""
    found: Call | None = db.session.scalars(_calls().where(Programme.slug == programme)).one_or_none()
    return found


def calls() -> list[Call]:
    """Every call with a shortlist, latest programme first."""
    return list(db.session.scalars(_calls().order_by(Programme.year.desc(), Call.id.desc())))


def _calls() -> Select[Any]:

    whole = select(Call).join(Programme, Programme.id == Call.programme_id).options(contains_eager(Call.programme))
    return whole.where(Call.status.in_(("shortlisted", "matched", "closed")))


def startup_in(call: Call, startup_id: int) -> Startup | None:
    """A startup that is or was on the shortlist of a call, with its organisation."""

    if not 0 < startup_id < 2**62:
        return None
    chosen = select(ChallengeApplication.id).where(
        ChallengeApplication.call_id == call.id,
        ChallengeApplication.startup_id == startup_id,
        ChallengeApplication.status.in_(("shortlisted", "unmatched", "matched", "lost")),
    )
    found = select(Startup).where(Startup.id == startup_id, chosen.exists())
    return db.session.scalars(found.options(joinedload(Startup.organisation, innerjoin=True))).one_or_none()


def challenge_in(call: Call, slug: str) -> Challenge | None:
    """A challenge of a call's programme."""
    found = select(Challenge).where(Challenge.slug == slug, Challenge.programme_id == call.programme_id)
    return db.session.scalars(found).one_or_none()


def challenges_in(call: Call) -> list[Challenge]:
    """The challenges of a call to which somebody was shortlisted, by title."""
    chosen = select(ChallengeApplication.challenge_id).where(
        ChallengeApplication.call_id == call.id,
        ChallengeApplication.status.in_(("shortlisted", "unmatched", "matched", "lost")),
    )
    found = select(Challenge).where(Challenge.id.in_(chosen)).order_by(Challenge.title, Challenge.id)
    return list(db.session.scalars(found))


def offers_to_startup(call: Call, startup_id: int) -> list[Offer]:
    """The challenges for which a startup is on the shortlist, by title."""
    rows = db.session.execute(
        select(
            ChallengeApplication.id, Challenge.title, Challenge.language, Challenge.slug, Partner.name, Partner.language
        )
        .join(Challenge, Challenge.id == ChallengeApplication.challenge_id)
        .outerjoin(Partner, Partner.id == Challenge.partner_id)
        .where(
            ChallengeApplication.call_id == call.id,
            ChallengeApplication.startup_id == startup_id,
            ChallengeApplication.status == SHORTLISTED,
        )
        .order_by(Challenge.title, ChallengeApplication.id)
    )
    return [
        Offer(number, Words(title, language), Words(partner or "", partner_language or language), slug)
        for number, title, language, slug, partner, partner_language in rows
    ]


def offers_to_challenge(call: Call, challenge_id: int) -> list[Offer]:
    """The startups on the shortlist of a challenge, by name."""
    rows = db.session.execute(
        select(
            ChallengeApplication.id,
            Organisation.name,
            Organisation.language,
            ChallengeApplication.title,
            ChallengeApplication.language,
        )
        .join(Startup, Startup.id == ChallengeApplication.startup_id)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .where(
            ChallengeApplication.call_id == call.id,
            ChallengeApplication.challenge_id == challenge_id,
            ChallengeApplication.status == SHORTLISTED,
        )
        .order_by(Organisation.name, ChallengeApplication.id)
    )
    return [
        Offer(number, Words(name, language), Words(title, spoken)) for number, name, language, title, spoken in rows
    ]


def ranking_of(call: Call, *, startup_id: int | None = None, challenge_id: int | None = None) -> Ranking | None:
    """The list of a startup, or of a challenge's partner."""
    whose = Ranking.startup_id == startup_id if startup_id is not None else Ranking.challenge_id == challenge_id
    return db.session.scalars(select(Ranking).where(Ranking.call_id == call.id, whose)).one_or_none()


def choices_of(ranking: Ranking | None) -> list[int]:
    """The applications in a list, best first."""
    if ranking is None:
        return []
    mine = select(Choice.application_id).where(Choice.ranking_id == ranking.id)
    return list(db.session.scalars(mine.order_by(Choice.place)))


def startups_standing(call: Call) -> list[Standing]:
    """Of each startup on the shortlist: whether its list came in; one statement."""
    people = (
        select(func.count())
        .where(OrganisationMember.organisation_id == Startup.organisation_id)
        .correlate(Startup)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Organisation.name, Organisation.language, func.count(), people, Ranking.status, Ranking.sent_at)
        .select_from(ChallengeApplication)
        .join(Startup, Startup.id == ChallengeApplication.startup_id)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .outerjoin(Ranking, (Ranking.call_id == call.id) & (Ranking.startup_id == Startup.id))
        .where(ChallengeApplication.call_id == call.id, ChallengeApplication.status == SHORTLISTED)
        .group_by(Startup.id, Organisation.id, Ranking.id)
        .order_by(Organisation.name, Startup.id)
    )
    return [Standing(Words(name, lang), n, who, status or "", at) for name, lang, n, who, status, at in rows]


def partners_standing(call: Call) -> list[Standing]:
    """Of each challenge with a shortlist: whether its partner's list came in; one statement."""
    people = (
        select(func.count())
        .where(PartnerMember.partner_id == Challenge.partner_id)
        .correlate(Challenge)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Challenge.title, Challenge.language, func.count(), people, Ranking.status, Ranking.sent_at)
        .select_from(ChallengeApplication)
        .join(Challenge, Challenge.id == ChallengeApplication.challenge_id)
        .outerjoin(Ranking, (Ranking.call_id == call.id) & (Ranking.challenge_id == Challenge.id))
        .where(ChallengeApplication.call_id == call.id, ChallengeApplication.status == SHORTLISTED)
        .group_by(Challenge.id, Ranking.id)
        .order_by(Challenge.title, Challenge.id)
    )
    return [Standing(Words(title, lang), n, who, status or "", at) for title, lang, n, who, status, at in rows]


def places_of(challenge_ids: Iterable[int]) -> dict[int, Places]:
    """How many startups challenges take, of those for which somebody said."""
    found = select(Places).where(Places.challenge_id.in_(list(challenge_ids)))
    return {each.challenge_id: each for each in db.session.scalars(found)}
