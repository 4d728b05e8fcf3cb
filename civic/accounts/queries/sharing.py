"""Questions about what a person told for equality monitoring; only the person asks them."""

from sqlalchemy import select

from civic.accounts.models import Consent, EqualityAnswer, User
from civic.accounts.rules.equality import QUESTION_KEYS
from civic.core.db import db


def equality_answers(user: User) -> dict[str, EqualityAnswer]:
    """A person's answers by question, in the order of the questions."""
    rows = db.session.scalars(select(EqualityAnswer).where(EqualityAnswer.user_id == user.id))
    return dict(sorted(((row.question, row) for row in rows), key=lambda pair: QUESTION_KEYS.index(pair[0])))


def standing_consent(user: User, purpose: str) -> Consent | None:
    """The consent to a purpose that has not been taken back."""
    mine = select(Consent).where(Consent.user_id == user.id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None))
    return db.session.scalars(mine).one_or_none()
