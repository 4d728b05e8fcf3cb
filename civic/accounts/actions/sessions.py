"""Coming in and going out: each browser has a session row, and deleting the row is what signs it out."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from civic.accounts import passwords
from civic.accounts.actions import links
from civic.accounts.events import EmailConfirmed, SignedIn
from civic.accounts.models import User, UserSession
from civic.accounts.queries import people
from civic.accounts.rules.links import SESSION_DAYS, STAFF_SESSION_HOURS
from civic.core.announcements import announce
from civic.core.db import db
from civic.core.errors import CivicError, Forbidden
from civic.core.mail import send
from civic.core.tokens import hashed, secret_token


class WrongSignIn(CivicError):
    """No such address, or not its password; which of the two is not said."""

    sentence, status = (
        _l("That email address and password do not belong together. Check both, or ask for a sign-in link."),
        422,
    )


class Suspended(Forbidden):
    """The account may not be used for the time being."""

    sentence = _l("This account is suspended. We wrote to you to say why, and how to ask us to look again.")


def by_password(email: str | None, password: str) -> User:
    """The person with this (normalised) address and password; raises WrongSignIn, after the same time for whatever reason."""
    user = people.user_by_email(email) if email else None
    if not passwords.matches(user.password_hash if user else None, password) or user is None:
        raise WrongSignIn()
    if user.password_hash and passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hashed(password)
    return user


def send_sign_in_link(email: str, *, language: str, now: datetime) -> None:
    """Send a one-time link to whoever has this address; somebody without an account is told so there, and nowhere else."""
    user = people.user_by_email(email)
    token = links.give_out("sign_in", email=email, user=user, now=now)
    if user:
        send("accounts/sign_in_link", to=email, language=user.language, person_id=user.id, now=now, token=token)
    else:
        send("accounts/no_account", to=email, language=language, now=now)


def by_link(token: str, *, now: datetime) -> User:
    """The person to whom this link was sent; it works once. Raises SpentLink."""
    link = links.use("sign_in", token, now=now)
    user = people.user_by_id(link.user_id) if link.user_id else None
    if user is None or user.email != link.email:
        raise links.SpentLink()
    if user.email_confirmed_at is None:
        user.email_confirmed_at = now
        announce(EmailConfirmed(user.id))
    return user


def start(user: User, *, device: str, now: datetime, second_factor: bool = False) -> str:
    """Let a person in: the token of a new session, for the browser to keep. Raises Suspended."""
    if not user.is_active:
        raise Suspended()
    token = secret_token()
    life = timedelta(hours=STAFF_SESSION_HOURS) if user.is_staff else timedelta(days=SESSION_DAYS)
    user.session = UserSession(
        user_id=user.id,
        token_hash=hashed(token),
        created_at=now,
        seen_at=now,
        expires_at=now + life,
        device=device[:120],
        second_factor_at=now if second_factor else None,
    )
    user.signed_in_at = now
    db.session.add(user.session)
    db.session.flush()
    announce(SignedIn(user.id))
    return token


def replace(user: User, *, device: str, now: datetime) -> str:
    """A new token after the second factor: who saw the old one has nothing."""
    old = user.session
    token = start(user, device=device, now=now, second_factor=True)
    if old is not None:
        _forget(old)
    return token


def end(session: UserSession) -> None:
    """Sign one browser out."""
    _forget(session)


def end_all(user: User, *, but: UserSession | None = None) -> None:
    """Sign a person out everywhere, here excepted where said."""
    theirs = delete(UserSession).where(UserSession.user_id == user.id)
    db.session.execute(theirs.where(UserSession.id != but.id) if but is not None else theirs)


def note_seen(session: UserSession, *, now: datetime) -> None:
    """Remember that a session is in use, to the hour."""
    session.seen_at = now.replace(minute=0, second=0, microsecond=0)


def _forget(session: UserSession) -> None:
    """Delete a session, which another window may have done a moment ago."""
    db.session.execute(delete(UserSession).where(UserSession.id == session.id))
