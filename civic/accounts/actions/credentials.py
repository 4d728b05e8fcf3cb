"""Passwords and addresses: changed, forgotten, reset. Every change signs the other browsers out."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from civic.accounts import passwords
from civic.accounts.actions import links, sessions
from civic.accounts.events import EmailConfirmed
from civic.accounts.models import User
from civic.accounts.queries import people
from civic.core.announcements import announce
from civic.core.db import db
from civic.core.errors import CivicError, Conflict
from civic.core.mail import send


class WrongPassword(CivicError):
    """The present password was not typed right."""

    sentence, status, field = _l("This is not your present password."), 422, "current_password"


class AddressTaken(Conflict):
    """Somebody confirmed the same address in the meantime."""

    sentence = _l("This email address cannot be used. Nothing was changed.")


def check_password(user: User, password: str) -> None:
    """Make sure that the person at the keyboard is the person signed in; raises WrongPassword."""
    if not passwords.matches(user.password_hash, password):
        raise WrongPassword()


def change_password(user: User, *, current: str, new: str, now: datetime) -> None:
    """Change a password that is known, and sign every other browser out; raises WrongPassword."""
    check_password(user, current)
    _set_password(user, new, now=now)
    sessions.end_all(user, but=user.session)


def send_reset_link(email: str, *, language: str, now: datetime) -> None:
    """Send a link to choose a new password to whoever has this address; the same work where nobody has."""
    user = people.user_by_email(email)
    token = links.give_out("reset_password", email=email, user=user, now=now)
    if user:
        send("accounts/reset_password", to=email, language=user.language, person_id=user.id, now=now, token=token)
    else:
        send("accounts/no_account", to=email, language=language, now=now)


def reset_password(token: str, *, new: str, now: datetime) -> User:
    """Choose a new password by a link, once, and sign every browser out; raises SpentLink."""
    link = links.use("reset_password", token, now=now)
    user = people.user_by_id(link.user_id) if link.user_id else None
    if user is None or user.email != link.email:
        raise links.SpentLink()
    user.email_confirmed_at = user.email_confirmed_at or now
    _set_password(user, new, now=now)
    sessions.end_all(user)
    return user


def begin_email_change(user: User, *, new_email: str, password: str, now: datetime) -> None:
    """Send a link to the new address; it becomes theirs when it is used. A taken one gets a note instead. Raises WrongPassword."""
    check_password(user, password)
    owner = people.user_by_email(new_email)
    if owner:
        token = links.give_out("sign_in", email=new_email, user=owner, now=now)
        send("accounts/already_member", to=new_email, language=owner.language, person_id=owner.id, now=now, token=token)
    else:
        token = links.give_out("change_email", email=new_email, user=user, now=now)
        send("accounts/change_email", to=new_email, language=user.language, person_id=user.id, now=now, token=token)


def confirm_email_change(token: str, *, now: datetime) -> User:
    """Make the new address the account's and tell the old one; raises SpentLink or AddressTaken."""
    link = links.use("change_email", token, now=now)
    user = people.user_by_id(link.user_id) if link.user_id else None
    if user is None or not user.is_active:
        raise links.SpentLink()
    if people.user_by_email(link.email):
        raise AddressTaken()
    old, user.email, user.email_confirmed_at = user.email, link.email, now
    db.session.flush()
    links.end_all(user)
    send("accounts/email_changed", to=old, language=user.language, person_id=user.id, now=now)
    announce(EmailConfirmed(user.id))
    return user


def _set_password(user: User, new: str, *, now: datetime) -> None:
    user.password_hash = passwords.hashed(new)
    links.end_all(user)
    send("accounts/password_changed", to=user.email, language=user.language, person_id=user.id, now=now)
