"""Agreements of an award."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from civic.core.db import db
from civic.grants.models import Agreement, Award, Pot


def open_of(award_id: int) -> Agreement | None:
    """The version that is being drafted or signed."""
    mine = select(Agreement).where(Agreement.award_id == award_id, Agreement.status.in_(("draft", "offered")))
    return db.session.scalars(mine).one_or_none()


def in_force(award_id: int) -> Agreement | None:
    """The version that both sides have signed and that no later one replaced."""
    mine = select(Agreement).where(Agreement.award_id == award_id, Agreement.status == "in_force")
    return db.session.scalars(mine).one_or_none()


def versions_of(award_id: int) -> list[Agreement]:
    """Every version, the newest first."""
    mine = select(Agreement).where(Agreement.award_id == award_id)
    return list(db.session.scalars(mine.order_by(Agreement.version.desc())))


def version_of(award: Award, version: int) -> Agreement | None:
    """One version of an award's agreement, with the award, its pot and its fund."""
    if not 0 < version < 2**15:
        return None
    mine = select(Agreement).where(Agreement.award_id == award.id, Agreement.version == version)
    whole = joinedload(Agreement.award, innerjoin=True).joinedload(Award.pot, innerjoin=True)
    return db.session.scalars(mine.options(whole.joinedload(Pot.fund, innerjoin=True))).one_or_none()


def waiting_for_authority() -> int:
    """How many agreements the recipient has signed and the authority has not."""
    mine = select(func.count()).where(
        Agreement.status == "offered",
        Agreement.recipient_signed_at.is_not(None),
        Agreement.authority_signed_at.is_(None),
    )
    return db.session.scalar(mine) or 0
