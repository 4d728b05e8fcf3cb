"""What is due next in matching, by whom."""

from __future__ import annotations

from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import Exists, exists, func, select

from civic.accounts.models import Organisation, OrganisationMember
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.due import Due
from civic.challenge.matching.models import Override, Ranking, Run
from civic.challenge.models import Challenge, PartnerMember, Programme
from civic.core.clock import london_today
from civic.core.db import db


def _day(until: datetime | None) -> date | None:
    return london_today(until) if until else None


OPEN = (Call.status == "shortlisted", ChallengeApplication.status == "shortlisted")


def due_for(person_id: int, now: datetime) -> list[Due]:
    """Lists that this person's startups and partners have not sent yet, soonest first; two statements."""
    return sorted(_of_startups(person_id, now) + _of_partners(person_id, now), key=lambda each: str(each.on))


def _of_startups(person_id: int, now: datetime) -> list[Due]:
    sent = exists().where(Ranking.call_id == Call.id, Ranking.startup_id == Startup.id, Ranking.status == "sent")
    rows = db.session.execute(
        select(Startup.id, Organisation.name, Organisation.language, Programme.slug, Call.ranks_close_at)
        .join(Organisation, Organisation.id == Startup.organisation_id)
        .join(OrganisationMember, OrganisationMember.organisation_id == Organisation.id)
        .join(ChallengeApplication, ChallengeApplication.startup_id == Startup.id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .join(Programme, Programme.id == Call.programme_id)
        .where(*OPEN, OrganisationMember.user_id == person_id, Call.ranks_close_at > now, ~sent)
        .distinct()
        .order_by(Call.ranks_close_at, Startup.id)
    )
    return [
        Due(
            "startup", _("Rank the challenges for which you are on the shortlist"), name, language,
            url_for("challenge_matching.rank_challenges", shortlist=slug, startup_id=number), _day(until),
        )
        for number, name, language, slug, until in rows
    ]  # fmt: skip


def _of_partners(person_id: int, now: datetime) -> list[Due]:
    sent = exists().where(Ranking.call_id == Call.id, Ranking.challenge_id == Challenge.id, Ranking.status == "sent")
    rows = db.session.execute(
        select(Challenge.slug, Challenge.title, Challenge.language, Programme.slug, Call.ranks_close_at)
        .join(PartnerMember, PartnerMember.partner_id == Challenge.partner_id)
        .join(ChallengeApplication, ChallengeApplication.challenge_id == Challenge.id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .join(Programme, Programme.id == Call.programme_id)
        .where(*OPEN, PartnerMember.person_id == person_id, Call.ranks_close_at > now, ~sent, ~_conflict(person_id))
        .distinct()
        .order_by(Call.ranks_close_at, Challenge.slug)
    )
    return [
        Due(
            "partner", _("Rank the startups on the shortlist of your challenge"), title, language,
            url_for("challenge_matching.rank_startups", shortlist=programme, slug=slug), _day(until),
        )
        for slug, title, language, programme, until in rows
    ]  # fmt: skip


def _conflict(person_id: int) -> Exists:
    """Whether the person also acts for a startup that applied in the call."""
    other = ChallengeApplication.__table__.alias("other")
    return exists(
        select(other.c.id)
        .join(Startup, Startup.id == other.c.startup_id)
        .join(OrganisationMember, OrganisationMember.organisation_id == Startup.organisation_id)
        .where(other.c.call_id == Call.id, OrganisationMember.user_id == person_id)
        .correlate(Call)
    )


def due_for_manager(now: datetime) -> list[Due]:
    """Calls whose closing minute has passed and that have no match, drafts that nobody proposed, and what waits for a second person."""
    waiting = select(func.count()).where(Override.run_id == Run.id, Override.status == "proposed").scalar_subquery()
    rows = db.session.execute(
        select(
            Programme.slug,
            Programme.title,
            Programme.language,
            Call.ranks_close_at,
            Call.status,
            Run.number,
            Run.status,
            waiting,
        )
        .join(Call, Call.programme_id == Programme.id)
        .outerjoin(Run, (Run.call_id == Call.id) & Run.status.in_(("draft", "proposed")))
        .where(Call.status.in_(("shortlisted", "matched")), Call.ranks_close_at <= now)
        .order_by(Call.ranks_close_at, Run.number)
    )
    return [
        Due("manager", sentence, title, language, url, _day(until))
        for slug, title, language, until, stage, number, status, waits in rows
        if (sentence := _for_manager(stage, status, waits)) and (url := _where(slug, number))
    ]


def _for_manager(stage: str, status: str | None, waits: int) -> str:
    if status == "proposed":
        return _("A match waits for a second person who publishes it")
    if status == "draft":
        return _("An override waits for a second person") if waits else _("Propose the match, or discard it")
    return "" if stage == "matched" else _("The lists are in: compute the match")


def _where(slug: str, number: int | None) -> str:
    if number is None:
        return url_for("manage_challenge_matching.show_call", shortlist=slug)
    return url_for("manage_challenge_matching.show_run", shortlist=slug, run_number=number)


def what_waits() -> int:
    """How many matches and overrides wait for a second person; one statement."""
    runs = select(func.count()).where(Run.status == "proposed").scalar_subquery()
    overrides = (
        select(func.count())
        .select_from(Override)
        .join(Run, Run.id == Override.run_id)
        .where(Override.status == "proposed", Run.status == "draft")
        .scalar_subquery()
    )
    return db.session.scalar(select(runs + overrides)) or 0
