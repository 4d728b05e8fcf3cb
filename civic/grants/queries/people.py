"""Who is told, and by which name people are shown to colleagues."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, func, select

from civic.accounts.models import OrganisationMember, RoleGrant, User
from civic.accounts.queries.organisations import role_in
from civic.core.db import db
from civic.grants.models import Award

_COLUMNS = (User.id, User.email, User.language)


def recipients(award: Award) -> list[Row[Any]]:
    """The people of an award's recipient as mail needs them: (id, email, language)."""
    people = select(*_COLUMNS).where(User.status == "active")
    if award.organisation_id is not None:
        people = people.join(OrganisationMember, OrganisationMember.user_id == User.id).where(
            OrganisationMember.organisation_id == award.organisation_id
        )
    else:
        people = people.where(User.id == award.person_id)
    return list(db.session.execute(people.order_by(User.id)))


def consultees(*, besides: int | None) -> list[Row[Any]]:
    """Everybody with the role Consultee, but for one person: (id, email, language)."""
    people = select(*_COLUMNS).join(RoleGrant, RoleGrant.user_id == User.id)
    mine = people.where(RoleGrant.role == "consultee", User.status == "active", User.id.is_distinct_from(besides))
    return list(db.session.execute(mine.order_by(User.id)))


def role_for(award: Award, user: User) -> str | None:
    """What somebody is to the recipient of an award: "owner", who may sign (also the person themselves), or another role; None else."""
    if award.organisation_id is not None:
        return role_in(award.organisation_id, user)
    return "owner" if award.person_id == user.id else None


def names(ids: Iterable[int | None]) -> dict[int, str]:
    """The names of people by their numbers; their address where they have none."""
    wanted = {number for number in ids if number is not None}
    if not wanted:
        return {}
    found = select(User.id, func.coalesce(User.display_name, User.email)).where(User.id.in_(wanted))
    return dict(db.session.execute(found).all())  # type: ignore[arg-type]
