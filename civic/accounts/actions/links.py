"""Links by e-mail: given out, used once, forgotten."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from civic.accounts.models import EmailLink, OrganisationInvitation, User, UserSession
from civic.accounts.rules.links import PURPOSES
from civic.core.db import db
from civic.core.errors import Gone
from civic.core.tokens import hashed, secret_token


class SpentLink(Gone):
    """The link was used, is too old, or never was one of ours."""

    sentence = _l("This link no longer works. It may have been used already, or be too old. Ask for a new one.")


def give_out(
    purpose: str, *, email: str, user: User | None, now: datetime, details: dict[str, Any] | None = None
) -> str:
    """The token of a new link for one purpose, to be sent to `email`; only its hash is kept."""
    token = secret_token()
    db.session.add(
        EmailLink(
            purpose=purpose,
            user_id=user.id if user else None,
            email=email,
            token_hash=hashed(token),
            details=details or {},
            created_at=now,
            expires_at=now + timedelta(minutes=PURPOSES[purpose]),
            used_at=None,
        )
    )
    db.session.flush()
    return token


def use(purpose: str, token: str, *, now: datetime) -> EmailLink:
    """Use a link up: of any number at once one succeeds, the others raise SpentLink."""
    mine = (EmailLink.token_hash == hashed(token), EmailLink.purpose == purpose)
    fresh = update(EmailLink).where(*mine, EmailLink.used_at.is_(None), EmailLink.expires_at > now)
    link = db.session.scalars(fresh.values(used_at=now).returning(EmailLink)).one_or_none()
    if link is None:
        raise SpentLink()
    return link


def end_all(user: User) -> None:
    """End every unused link of a person: whoever held one holds it in vain."""
    db.session.execute(delete(EmailLink).where(EmailLink.user_id == user.id, EmailLink.used_at.is_(None)))


def sweep(now: datetime) -> None:
    """Forget links and invitations a week after they stopped working, and sessions that have ended."""
    week_ago = now - timedelta(days=7)
    db.session.execute(delete(EmailLink).where(EmailLink.expires_at < week_ago))
    db.session.execute(delete(OrganisationInvitation).where(OrganisationInvitation.expires_at < week_ago))
    db.session.execute(delete(UserSession).where(UserSession.expires_at < now))
