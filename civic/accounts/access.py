"""Who may: the rules that doors and templates ask. Each answers from the signed-in row, without asking the database again.

A staff role counts only in a session that has passed the second factor.
"""

from civic.accounts.models import Organisation, User
from civic.accounts.queries import organisations as organisation_queries
from civic.accounts.rules.choices import reaches
from civic.core.doors import Rule
from civic.core.person import maybe_me


def is_visitor(*things: object) -> bool:
    """Nobody is signed in."""
    return maybe_me() is None


def is_signed_in(*things: object) -> bool:
    """Somebody is signed in."""
    return maybe_me() is not None


def is_confirmed(*things: object) -> bool:
    """Somebody is signed in whose e-mail address is confirmed."""
    person = maybe_me()
    return person is not None and person.email_confirmed_at is not None


def is_staff(*things: object) -> bool:
    """A member of staff is signed in and has passed the second factor."""
    return bool(acting_roles())


def acting_roles() -> frozenset[str]:
    """The roles that count now: those of the signed-in person, in a session with the second factor."""
    person = maybe_me()
    if person is None or person.session is None or person.session.second_factor_at is None:
        return frozenset()
    return person.roles


def has_role(*roles: str) -> Rule:
    """The rule that one of these roles is held (and the second factor passed)."""
    wanted = frozenset(roles)

    def holds_role(*things: object) -> bool:
        return bool(wanted & acting_roles())

    holds_role.__name__ = "has_role_" + "_or_".join(roles)
    return holds_role


may_manage_people = has_role("administrator")
may_see_people = has_role("administrator", "moderator")
may_verify_organisations = has_role("administrator", "funds_officer")


def may_change_roles_of(user: User) -> bool:
    """An administrator may, of anybody else."""
    person = maybe_me()
    return person is not None and may_manage_people() and person.id != user.id


may_suspend = may_change_roles_of


def is_owed_a_second_factor() -> bool:
    """A member of staff is signed in by password or link alone so far."""
    person = maybe_me()
    return (
        person is not None and person.is_staff and (person.session is None or person.session.second_factor_at is None)
    )


def belongs_to(organisation: Organisation) -> bool:
    """A member of the organisation, in whatever role."""
    person = maybe_me()
    return person is not None and organisation_queries.member_role(organisation, person) is not None


def may_edit_organisation(organisation: Organisation) -> bool:
    """Its members may, while staff are not looking at it."""
    return organisation.may_be_edited and belongs_to(organisation)


def owns(organisation: Organisation) -> bool:
    """An owner of the organisation."""
    person = maybe_me()
    return person is not None and organisation_queries.member_role(organisation, person) == "owner"


def may_decide_about(organisation: Organisation) -> bool:
    """Staff who verify may, of an organisation they do not belong to themselves."""
    return may_verify_organisations() and not belongs_to(organisation)


def level_of(user: User | None) -> str:
    """How much is known about a person: nothing, email_confirmed, borough_given or organisation_verified."""
    if user is None or user.email_confirmed_at is None:
        return "nothing"
    if not user.borough:
        return "email_confirmed"
    return "organisation_verified" if organisation_queries.acts_for_a_verified_one(user) else "borough_given"


def reaches_level(wanted: str) -> Rule:
    """The rule that the person has reached a level ("borough_given")."""

    def has_reached(*things: object) -> bool:
        return reaches(level_of(maybe_me()), wanted)

    return has_reached
