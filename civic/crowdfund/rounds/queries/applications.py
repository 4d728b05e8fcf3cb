"""Expressions and applications: one with all that belongs to it, one's own, and those that wait."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from civic.accounts.models import Organisation, OrganisationMember, User
from civic.accounts.queries.organisations import role_in
from civic.core.db import db
from civic.core.files import StoredFile
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds.models import Application, Expression, Round, RoundTier
from civic.crowdfund.rounds.rules.choices import SENT
from civic.grants.models import Award, Fund
from civic.grants.rules.choices import IN_USE


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


def behind(person_id: int) -> frozenset[int]:
    """Every application that somebody stands behind, by the same rule as parties()."""
    bodies = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person_id)
    theirs = or_(
        Application.organisation_id.in_(bodies),
        Campaign.organisation_id.in_(bodies),
        Campaign.created_by_id == person_id,
        *(
            column == person_id
            for column in (
                Application.person_id,
                Application.started_by_id,
                Application.edited_by_id,
                Application.submitted_by_id,
            )
        ),
    )
    found = select(Application.id).outerjoin(Campaign, Campaign.id == Application.campaign_id).where(theirs)
    return frozenset(db.session.scalars(found))


def of_campaign(campaign_id: int) -> list[Application]:
    """The applications of a campaign that were not taken back, with their rounds."""
    found = select(Application).where(Application.campaign_id == campaign_id, Application.status != "withdrawn")
    return list(
        db.session.scalars(found.options(joinedload(Application.round, innerjoin=True)).order_by(Application.id))
    )


def listed(round_: Round, states: Sequence[str]) -> Select[Any]:
    """(Application, status of its award or None) of a round in these states, with organisation and tier, for staff."""
    found: Any = select(Application, Award.status.label("award")).outerjoin(Award, _award_of_it())
    found = found.where(Application.round_id == round_.id, Application.status.in_(states))
    return found.options(joinedload(Application.organisation), joinedload(Application.tier))  # type: ignore[no-any-return]


def unanswered(round_: Round) -> list[int]:
    """The numbers of those that stand, and for which no money is recommended or decided: they wait for an answer."""
    found = select(Application.id).outerjoin(Award, _award_of_it())
    mine = found.where(Application.round_id == round_.id, Application.status == "submitted", Award.id.is_(None))
    return list(db.session.scalars(mine.order_by(Application.id)))


def _award_of_it() -> Any:
    name = func.concat("application:", Application.id)
    return (Award.subject == name) & Award.status.in_(IN_USE) & (Award.basis == "decision")


def expressions(round_: Round, states: Sequence[str]) -> Select[Any]:
    """Expressions of interest of a round in these states, for staff."""
    found = select(Expression).where(Expression.round_id == round_.id, Expression.status.in_(states))
    return found.options(joinedload(Expression.organisation))


def ideas_behind(person_id: int, round_: Round) -> frozenset[int]:
    """The expressions of interest in a round that somebody stands behind: nobody answers their own."""
    bodies = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person_id)
    written_by = (Expression.person_id, Expression.started_by_id, Expression.edited_by_id)
    theirs = or_(Expression.organisation_id.in_(bodies), *(column == person_id for column in written_by))
    return frozenset(db.session.scalars(select(Expression.id).where(Expression.round_id == round_.id, theirs)))


def submitted(round_id: int) -> list[Application]:
    """Everything that was handed in and stands, for the assessment."""
    found = whole().where(Application.round_id == round_id, Application.status == "submitted")
    return list(db.session.scalars(found.order_by(Application.id)))


def chosen(round_: Round, numbers: Sequence[int]) -> list[Application]:
    """Those of these applications that belong to a round and may be recommended, whole, by number."""
    wanted = [each for each in numbers if 0 < each < 2**62][:200]
    found = whole().where(Application.round_id == round_.id, Application.id.in_(wanted))
    found = found.where(Application.status.in_(("submitted", "unsuccessful")))
    return list(db.session.scalars(found.order_by(Application.id)))


def sent(round_: Round) -> Select[Any]:
    """(Application, name and kind of its organisation, title of its tier) for a file: all that were sent, with those given up."""
    found: Any = (
        select(Application, Organisation.name, Organisation.kind, RoundTier.title)
        .outerjoin(Organisation, Organisation.id == Application.organisation_id)
        .outerjoin(RoundTier, RoundTier.id == Application.tier_id)
        .where(Application.round_id == round_.id, _was_sent())
    )
    return found.order_by(Application.id)  # type: ignore[no-any-return]


def waiting_expressions(managed_by: Sequence[str]) -> int:
    """How many expressions of interest wait for an answer of those who run their fund."""
    found = select(func.count()).select_from(Expression).join(Round, Round.id == Expression.round_id)
    mine = found.join(Fund, Fund.id == Round.fund_id).where(Fund.managed_by.in_(list(managed_by)))
    return db.session.scalar(mine.where(Expression.status == "submitted", Round.status == "open")) or 0


def public_application(slug: str, application_id: int) -> tuple[Application, Award] | None:
    """A project of this round that got a pledge, with the pledge, once it was announced."""
    application = application_by_id(application_id)
    if application is None or application.round.slug != slug or application.status not in ("awarded", "lost"):
        return None
    pledge = select(Award).where(Award.subject == application.name, Award.announced_at.is_not(None))
    award = db.session.scalars(pledge.order_by(Award.id.desc()).limit(1)).first()
    return (application, award) if award is not None else None


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


def answered_expressions(person: User, round_: Round) -> list[Expression]:
    """The expressions of interest in a round that somebody, or an organisation of theirs, sent and that were answered."""
    bodies = select(OrganisationMember.organisation_id).where(OrganisationMember.user_id == person.id)
    theirs = or_(Expression.organisation_id.in_(bodies), Expression.person_id == person.id)
    found = select(Expression).where(Expression.round_id == round_.id, Expression.status == "answered", theirs)
    return list(db.session.scalars(found.order_by(Expression.id.desc())))


def bodies_of(person: User) -> list[Organisation]:
    """The organisations somebody may apply for."""
    found = select(Organisation).join(OrganisationMember, OrganisationMember.organisation_id == Organisation.id)
    return list(db.session.scalars(found.where(OrganisationMember.user_id == person.id).order_by(Organisation.name)))


def _was_sent() -> Any:
    """Handed in at some time, also where it was given up since; a draft that was given up is nobody's business."""
    given_up = (Application.status == "withdrawn") & Application.submitted_at.is_not(None)
    return Application.status.in_(SENT) | given_up


def how_many_sent(round_: Round) -> int:
    """How many applications were handed in; all that is known of them before the deadline."""
    mine = select(func.count()).where(Application.round_id == round_.id, Application.status.in_(SENT))
    return db.session.scalar(mine) or 0


def numbers_sent(round_: Round) -> list[int]:
    """Their numbers, with those that were given up."""
    mine = select(Application.id).where(Application.round_id == round_.id, _was_sent())
    return list(db.session.scalars(mine))


def states_of(round_: Round) -> dict[int, str]:
    """Where each application of a round stands, by number."""
    rows = select(Application.id, Application.status).where(Application.round_id == round_.id)
    return dict(db.session.execute(rows).all())  # type: ignore[arg-type]


def by_numbers(numbers: Sequence[int]) -> list[Application]:
    """These applications with organisation and tier, by number."""
    found = select(Application).where(Application.id.in_(numbers)).order_by(Application.id)
    return list(db.session.scalars(found.options(joinedload(Application.organisation), joinedload(Application.tier))))
