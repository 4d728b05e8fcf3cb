"""Organisations: founded, described, joined by invitation, and verified by staff."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from civic.accounts.actions.links import SpentLink
from civic.accounts.models import Organisation, OrganisationInvitation, OrganisationMember, User
from civic.accounts.queries import organisations as queries
from civic.accounts.rules.choices import REGISTERED_KINDS
from civic.accounts.rules.links import INVITATION_DAYS
from civic.core import audit
from civic.core.db import db, locked
from civic.core.errors import CivicError, Conflict, Forbidden
from civic.core.mail import send
from civic.core.states import advance
from civic.core.tokens import hashed, secret_token

FACTS = ("name", "kind", "registration_number", "governance")


class NumberNeeded(CivicError):
    """This kind of organisation stands in a public register."""

    sentence, status, field = (
        _l("Enter the number under which it is registered. We check it in the public register."),
        422,
        "registration_number",
    )


class GovernanceNeeded(CivicError):
    """Without saying who decides, nothing can be verified."""

    sentence, status, field = _l("Say how it is run: who decides, and how they are chosen."), 422, "governance"


class LastOwner(Conflict):
    """An organisation is never without an owner."""

    sentence = _l("This is the only owner. Make somebody else an owner first.")


class ForSomebodyElse(Forbidden):
    """The invitation was sent to another address than this account's."""

    sentence = _l(
        "This invitation was sent to another email address. Sign in with that address, or ask for an invitation to yours."
    )


def found(
    *, name: str, kind: str, registration_number: str, governance: str, language: str, by: User, now: datetime
) -> Organisation:
    """A new organisation, not yet verified, owned by whoever describes it."""
    organisation = Organisation(
        name=name,
        kind=kind,
        registration_number=registration_number,
        governance=governance,
        language=language,
        created_at=now,
    )
    db.session.add(organisation)
    db.session.flush()
    db.session.add(OrganisationMember(organisation_id=organisation.id, user_id=by.id, role="owner", joined_at=now))
    db.session.flush()
    return organisation


def describe(organisation: Organisation, *, by: User, now: datetime, **facts: str) -> None:
    """Change what an organisation says of itself; a verified one has to be verified again."""
    assert set(facts) <= set(FACTS), facts
    locked(Organisation, organisation.id)
    if not organisation.may_be_edited:
        raise Conflict()
    changed = [fact for fact, value in facts.items() if getattr(organisation, fact) != value]
    for fact in changed:
        setattr(organisation, fact, facts[fact])
    if changed and organisation.is_verified:
        advance(organisation, "amend", by=by, now=now)
    db.session.flush()


def submit(organisation: Organisation, *, by: User, now: datetime) -> None:
    """Ask staff to verify; raises NumberNeeded or GovernanceNeeded where there is nothing to look at."""
    locked(Organisation, organisation.id)
    if organisation.kind in REGISTERED_KINDS and not organisation.registration_number:
        raise NumberNeeded()
    if not organisation.governance:
        raise GovernanceNeeded()
    advance(organisation, "submit", by=by, now=now)


def recall(organisation: Organisation, *, by: User, now: datetime) -> None:
    """Take back what was sent, to change it."""
    locked(Organisation, organisation.id)
    advance(organisation, "recall", by=by, now=now)


def decide(organisation: Organisation, verb: str, *, by: User, why: str, now: datetime) -> None:
    """Staff verify, return or withdraw, with the evidence or the reason; the owners are told, and the act is on record."""
    assert verb in ("verify", "return", "withdraw"), verb
    locked(Organisation, organisation.id)
    before = organisation.status
    advance(organisation, verb, by=by, now=now, why=why)
    db.session.flush()  # a second verified body with this number is refused here
    told = {"before": {"status": before}, "after": {"status": organisation.status}}
    audit.record(f"organisation.{verb}", on=organisation, by=by, now=now, why=why, **told)
    message = "accounts/organisation_verified" if verb == "verify" else "accounts/organisation_returned"
    for owner in _owners(organisation):
        send(
            message,
            to=owner.email,
            language=owner.language,
            person_id=owner.id,
            now=now,
            organisation=organisation,
            why=why,
        )


def invite(organisation: Organisation, *, email: str, role: str, by: User, language: str, now: datetime) -> None:
    """Send an invitation to an address, whoever is behind it; a second one to the same address replaces the first."""
    mine = (OrganisationInvitation.organisation_id == organisation.id, OrganisationInvitation.email == email)
    db.session.execute(delete(OrganisationInvitation).where(*mine))
    token = secret_token()
    db.session.add(
        OrganisationInvitation(
            organisation_id=organisation.id,
            invited_by_id=by.id,
            email=email,
            role=role,
            token_hash=hashed(token),
            created_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS),
        )
    )
    db.session.flush()
    send(
        "accounts/invitation",
        to=email,
        language=language,
        now=now,
        token=token,
        organisation=organisation,
        inviter=by.name,
    )


def accept(token: str, *, by: User, now: datetime) -> Organisation:
    """Join by an invitation that was sent to one's own address; it works once. Raises SpentLink or ForSomebodyElse."""
    mine = select(OrganisationInvitation).where(OrganisationInvitation.token_hash == hashed(token)).with_for_update()
    invitation = db.session.scalars(mine).one_or_none()
    if invitation is None or invitation.expires_at <= now:
        raise SpentLink()
    if invitation.email != by.email:
        raise ForSomebodyElse()
    organisation = locked(Organisation, invitation.organisation_id)
    if queries.member_role(organisation, by) is None:
        member = OrganisationMember(organisation_id=organisation.id, user_id=by.id, role=invitation.role, joined_at=now)
        db.session.add(member)
    db.session.delete(invitation)
    db.session.flush()
    return organisation


def take_back(organisation: Organisation, invitation_id: int) -> None:
    """End an invitation that nobody has accepted."""
    mine = (OrganisationInvitation.id == invitation_id, OrganisationInvitation.organisation_id == organisation.id)
    db.session.execute(delete(OrganisationInvitation).where(*mine))


def change_member(member: OrganisationMember, *, role: str) -> None:
    """Make an editor an owner or an owner an editor; raises LastOwner."""
    locked(Organisation, member.organisation_id)
    if member.role == "owner" and role != "owner":
        _another_owner_than(member)
    member.role = role
    db.session.flush()


def remove_member(member: OrganisationMember) -> None:
    """End a membership, one's own too; raises LastOwner."""
    locked(Organisation, member.organisation_id)
    if member.role == "owner":
        _another_owner_than(member)
    db.session.delete(member)
    db.session.flush()


def _another_owner_than(member: OrganisationMember) -> None:
    owners = select(func.count()).where(
        OrganisationMember.organisation_id == member.organisation_id,
        OrganisationMember.role == "owner",
        OrganisationMember.id != member.id,
    )
    if not db.session.scalar(owners):
        raise LastOwner()


def _owners(organisation: Organisation) -> list[User]:
    owning = select(User).join(OrganisationMember, OrganisationMember.user_id == User.id)
    mine = owning.where(OrganisationMember.organisation_id == organisation.id, OrganisationMember.role == "owner")
    return list(db.session.scalars(mine.order_by(User.id)))
