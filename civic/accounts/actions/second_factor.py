"""The second factor: set up, passed, replaced, and removed by an administrator when phone and codes are lost."""

import secrets
from datetime import datetime

import pyotp
from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from civic.accounts.actions import sessions
from civic.accounts.models import RecoveryCode, SecondFactor, User
from civic.accounts.queries import people
from civic.accounts.rules import second_factor as rules
from civic.core import audit, clock
from civic.core.db import db
from civic.core.errors import CivicError, Conflict
from civic.core.mail import send
from civic.core.tokens import ALPHABET, hashed

DEMO_SALT = "the demo's staff"


class WrongCode(CivicError):
    """Not the present code, or one that has been used."""

    sentence, status, field = (
        _l("This code is not right, or was used already. Wait for the next one and type it again."),
        422,
        "code",
    )


class AlreadySetUp(Conflict):
    """There is a second factor already."""

    sentence = _l("Your second step is set up already.")


def begin(user: User, *, now: datetime) -> SecondFactor:
    """Start to set up an app; a half-finished attempt is taken up again. Raises AlreadySetUp."""
    factor = people.second_factor_of(user)
    if factor and factor.confirmed_at:
        raise AlreadySetUp()
    if factor is None:
        factor = SecondFactor(user_id=user.id, salt=secrets.token_urlsafe(24), created_at=now)
        db.session.add(factor)
        db.session.flush()
    return factor


def secret_of(factor: SecondFactor) -> str:
    """The secret that the app needs, in base32."""
    return rules.secret_from(current_app.config["SECRET_KEY"].encode(), factor.salt)


def address_of(factor: SecondFactor, user: User) -> str:
    """The otpauth:// address that the QR code carries."""
    return pyotp.TOTP(secret_of(factor)).provisioning_uri(name=user.email, issuer_name=current_app.config["SITE_NAME"])


def confirm(user: User, *, code: str, now: datetime) -> list[str]:
    """Finish the set-up with a first code; returns ten recovery codes, which are shown once. Raises WrongCode or AlreadySetUp."""
    factor = _locked(user)
    if factor is None or factor.confirmed_at:
        raise AlreadySetUp()
    if not _accept(factor, code, now):
        raise WrongCode()
    factor.confirmed_at = now
    audit.record("second_factor.set_up", on=user, by=user, now=now)
    return new_recovery_codes(user)


def new_recovery_codes(user: User) -> list[str]:
    """Ten new recovery codes in place of the old ones; only their hashes are kept."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
        for _ in range(rules.RECOVERY_CODES)
    ]
    db.session.add_all(RecoveryCode(user_id=user.id, code_hash=hashed(plain(code)), used_at=None) for code in codes)
    db.session.flush()
    return codes


def check(user: User, *, code: str, now: datetime) -> None:
    """Accept a code of the app, or a recovery code, once; raises WrongCode."""
    factor = _locked(user)
    if factor is None or not factor.confirmed_at:
        raise WrongCode()
    if not _accept(factor, code, now) and not _use_recovery_code(user, code, now):
        raise WrongCode()


def remove(user: User, *, by: User, why: str, now: datetime) -> None:
    """Take the second factor away so that it can be set up anew, and sign the person out everywhere."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.execute(delete(SecondFactor).where(SecondFactor.user_id == user.id))
    sessions.end_all(user)
    audit.record("second_factor.removed", on=user, by=by, now=now, why=why)


def set_up_for_demo(user: User, *, now: datetime) -> None:
    """A second step for a made-up member of staff, whose codes the demo shows; never in production."""
    assert not current_app.config["PRODUCTION"]
    db.session.add(SecondFactor(user_id=user.id, salt=DEMO_SALT, created_at=now, confirmed_at=now))
    db.session.flush()


def demo_code(factor: SecondFactor | None, now: datetime) -> str | None:
    """The next code that would be accepted, for the demo's own staff only; None for everybody else, and always in production."""
    if factor is None or factor.salt != DEMO_SALT or current_app.config["PRODUCTION"]:
        return None
    step = max(_phone_seconds(now) // rules.STEP_SECONDS, factor.last_step + 1)
    return pyotp.TOTP(secret_of(factor)).at(step * rules.STEP_SECONDS)


def plain(code: str) -> str:
    """A code without what people type around it."""
    return "".join(c for c in code.upper() if c.isalnum())[:40]


def _locked(user: User) -> SecondFactor | None:
    mine = (
        select(SecondFactor)
        .where(SecondFactor.user_id == user.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(mine).one_or_none()


def _accept(factor: SecondFactor, code: str, now: datetime) -> bool:
    generator = pyotp.TOTP(secret_of(factor))
    step = rules.accepted_step(plain(code), generator.at, seconds=_phone_seconds(now), last_step=factor.last_step)
    factor.last_step = step or factor.last_step
    return step is not None


def _phone_seconds(now: datetime) -> int:
    """What a phone's clock shows at `now`: it knows nothing of the demo's virtual one."""
    return int(clock.real(now).timestamp())


def _use_recovery_code(user: User, code: str, now: datetime) -> bool:
    mine = (
        RecoveryCode.user_id == user.id,
        RecoveryCode.code_hash == hashed(plain(code)),
        RecoveryCode.used_at.is_(None),
    )
    used = db.session.scalar(update(RecoveryCode).where(*mine).values(used_at=now).returning(RecoveryCode.id))
    if used is None:
        return False
    left = people.recovery_codes_left(user)
    send("accounts/recovery_code_used", to=user.email, language=user.language, person_id=user.id, now=now, left=left)
    return True
