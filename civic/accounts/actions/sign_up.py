"""Signing up: an account exists only once its address has been confirmed."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from civic.accounts import passwords
from civic.accounts.actions import links
from civic.accounts.events import EmailConfirmed, SignedUp
from civic.accounts.models import User
from civic.accounts.queries import people
from civic.core.announcements import announce
from civic.core.db import db
from civic.core.errors import Conflict
from civic.core.i18n import as_language
from civic.core.mail import send


class AlreadyConfirmed(Conflict):
    """The address has an account by now."""

    sentence = _l("This email address has already been confirmed. You can sign in.")


def begin(email: str, password: str, *, language: str, now: datetime) -> str:
    """Send a confirmation link to a new address, and a sign-in link to a known one; the same work either way.

    The password waits in the link and not in an account: whoever signs up with another person's address plants nothing there.
    Returns the number of the link, by which this browser will know its own sign-up again.
    """
    password_hash, user = passwords.hashed(password), people.user_by_email(email)
    if user:
        token = links.give_out("sign_in", email=email, user=user, now=now)
        send("accounts/already_member", to=email, language=user.language, person_id=user.id, now=now, token=token)
    else:
        details = {"password_hash": password_hash, "language": as_language(language)}
        token = links.give_out("sign_up", email=email, user=None, now=now, details=details)
        send("accounts/confirm_email", to=email, language=language, now=now, token=token)
    return links.hashed(token)


def confirm(token: str, *, now: datetime) -> User:
    """Make the account that a confirmation link stands for; raises SpentLink or AlreadyConfirmed."""
    link = links.use("sign_up", token, now=now)
    if people.user_by_email(link.email):
        raise AlreadyConfirmed()
    return create_user(
        link.email, password_hash=link.details["password_hash"], language=link.details["language"], now=now
    )


def create_user(email: str, *, password_hash: str | None, language: str = "en", now: datetime) -> User:
    """A confirmed account for a (normalised) address."""
    user = User(email=email, password_hash=password_hash, language=language, created_at=now, email_confirmed_at=now)
    db.session.add(user)
    db.session.flush()
    announce(SignedUp(user.id))
    announce(EmailConfirmed(user.id))
    return user
