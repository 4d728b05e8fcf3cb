"""Expressions and applications: one with all that belongs to it, one's own, and those that wait."""

from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import Organisation, OrganisationMember, User
from civic.accounts.queries.organisations import role_in
from civic.core.db import db
from civic.core.files import StoredFile
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds.models import Application, Expression, Round


def whole() -> Select[Any]:
    """Applications with their round (fund, tiers, questions), tier, campaign and organisation."""
    round_ = joinedload(Application.round, innerjoin=True)
    return select(Application).options(
        round_.joinedload(Round.fund, innerjoin=True),
        round_.selectinload(Round.tiers),
        round_.selectinload(Round.questions),
        joinedload(Application.tier),
        joinedload(Application.campaign).joinedload(Campaign.organisation),
        joinedload(Application.organisation),
    )


def application_by_id(application_id: int) -> Application | None:
    """The application with this number."""
    found = whole().where(Application.id == application_id)
    return db.session.scalars(found).one_or_none() if 0 < application_id < 2**62 else None


def expression_by_id(expression_id: int) -> Expression | None:
    """The expression of interest with this number, with its round."""
    if not 0 < expression_id < 2**62:
        return None
    round_ = joinedload(Expression.round, innerjoin=True)
    found = select(Expression).where(Expression.id == expression_id)
    whole_round = (round_.joinedload(Round.fund, innerjoin=True), round_.selectinload(Round.questions))
    return db.session.scalars(found.options(*whole_round, joinedload(Expression.organisation))).one_or_none()


def mine(person: User) -> tuple[list[Expression], list[Application]]:
    """What somebody has written, alone or for their organisations; the newest first."""
    organisations = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person.id)

    def of(model: Any) -> Select[Any]:
        theirs = or_(model.organisation_id.in_(organisations), model.person_id == person.id)
        return (
            select(model)
            .where(theirs)
            .options(joinedload(model.round, innerjoin=True))
            .order_by(model.id.desc())
            .limit(200)
        )

    return list(db.session.scalars(of(Expression))), list(db.session.scalars(of(Application)))


def acts_for(thing: Expression | Application, person: User) -> bool:
    """Whether somebody may write it: a member of the organisation, or the person who applies."""
    if thing.organisation_id is not None:
        return role_in(thing.organisation_id, person) is not None
    return thing.person_id == person.id


def parties(application_id: int) -> frozenset[int]:
    """Everybody behind an application: the organisation's members (of its campaign too), and who started, edited or sent it."""
    row = db.session.execute(
        select(
            Application.organisation_id,
            Campaign.organisation_id.label("of_campaign"),
            Campaign.created_by_id,
            Application.person_id,
            Application.started_by_id,
            Application.edited_by_id,
            Application.submitted_by_id,
        )
        .outerjoin(Campaign, Campaign.id == Application.campaign_id)
        .where(Application.id == application_id)
    ).one_or_none()
    if row is None:
        return frozenset()
    bodies = [each for each in row[:2] if each is not None]
    members = select(OrganisationMember.user_id).where(OrganisationMember.organisation_id.in_(bodies))
    return frozenset(each for each in (*row[2:], *db.session.scalars(members)) if each is not None)


def of_campaign(campaign_id: int) -> list[Application]:
    """The applications of a campaign that were not taken back, with their rounds."""
    found = select(Application).where(Application.campaign_id == campaign_id, Application.status != "withdrawn")
    return list(
        db.session.scalars(found.options(joinedload(Application.round, innerjoin=True)).order_by(Application.id))
    )


def listed(round_: Round, states: tuple[str, ...]) -> Select[Any]:
    """Applications of a round in these states, with organisation and tier, for staff."""
    found = select(Application).where(Application.round_id == round_.id, Application.status.in_(states))
    return found.options(joinedload(Application.organisation), joinedload(Application.tier))


def expressions(round_: Round, states: tuple[str, ...]) -> Select[Any]:
    """Expressions of interest of a round in these states, for staff."""
    found = select(Expression).where(Expression.round_id == round_.id, Expression.status.in_(states))
    return found.options(joinedload(Expression.organisation))


def submitted(round_id: int) -> list[Application]:
    """Everything that was handed in and stands, for the assessment."""
    found = whole().where(Application.round_id == round_id, Application.status == "submitted")
    return list(db.session.scalars(found.order_by(Application.id)))


def waiting_expressions() -> int:
    """How many expressions of interest wait for an officer's answer."""
    return db.session.scalar(select(func.count()).where(Expression.status == "submitted")) or 0


def referee_file(application: Application) -> StoredFile | None:
    """The referee's letter."""
    return db.session.get(StoredFile, application.referee_file_id) if application.referee_file_id else None


def campaigns_for(person: User, round_: Round) -> list[Campaign]:
    """Campaigns that somebody may apply with: of their organisations, not over yet, and without an application to this round."""
    bodies = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person.id)
    used = select(Application.campaign_id).where(
        Application.round_id == round_.id, Application.status != "withdrawn", Application.campaign_id.is_not(None)
    )
    found = select(Campaign).where(
        Campaign.organisation_id.in_(bodies),
        Campaign.status.in_(("draft", "in_review", "live")),
        Campaign.id.not_in(used),
    )
    return list(db.session.scalars(found.options(joinedload(Campaign.organisation)).order_by(Campaign.id.desc())))


def bodies_of(person: User) -> list[Organisation]:
    """The organisations somebody may apply for."""
    found = select(Organisation).join(OrganisationMember, OrganisationMember.organisation_id == Organisation.id)
    return list(db.session.scalars(found.where(OrganisationMember.user_id == person.id).order_by(Organisation.name)))
