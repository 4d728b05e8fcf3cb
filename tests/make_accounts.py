"""Builders of people and organisations."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from flask import Flask

from civic.accounts import passwords
from civic.accounts.actions import organisations, profile, second_factor
from civic.accounts.actions.sign_up import create_user
from civic.accounts.models import Organisation, RoleGrant, SecondFactor, User, UserSession
from civic.core.db import db
from civic.core.tokens import hashed, secret_token

PASSWORD = "kestrel-over-deptford-creek"


@cache
def password_hash() -> str:
    """The hash of PASSWORD, made once."""
    return passwords.hashed(PASSWORD)


class MakeAccounts:
    """People with honest defaults: confirmed, named, in Hackney, with PASSWORD."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def member(
        self,
        *,
        email: str = "",
        name: str | None = "",
        borough: str | None = "E09000012",
        language: str = "en",
        **about: Any,
    ) -> User:
        """A member; `name=None` for somebody who has not chosen one yet."""
        number = self.number()
        user = create_user(
            email or f"member{number}@example.org", password_hash=password_hash(), language=language, now=self.now
        )
        profile.tell(user, borough=borough, **about)
        if name is not None:
            profile.name(user, name or f"Member {_letters(number)}")
        return user

    def staff(self, *roles: str, second_step: bool = True, **about: Any) -> User:
        """A member of staff with these roles (researcher unless said), the second step set up."""
        user = self.member(**about)
        for role in roles or ("researcher",):
            db.session.add(
                RoleGrant(user_id=user.id, role=role, granted_by_id=None, granted_at=self.now, why="for a test")
            )
        if second_step:
            db.session.add(
                SecondFactor(user_id=user.id, salt=f"salt {user.id}", created_at=self.now, confirmed_at=self.now)
            )
        db.session.flush()
        db.session.refresh(user, ["role_list"])
        return user

    def administrator(self, **about: Any) -> User:
        """Somebody who gives roles."""
        return self.staff("administrator", **about)

    def session(
        self, user: User, *, second_step: bool | None = None, device: str = "Firefox/Linux"
    ) -> tuple[UserSession, str]:
        """A session of this person and the token of its cookie; staff have passed the second step unless said otherwise."""
        from civic.core import clock

        token, now = secret_token(), clock.now()
        passed = user.is_staff if second_step is None else second_step
        row = UserSession(
            user_id=user.id,
            token_hash=hashed(token),
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(days=1),
            device=device,
            second_factor_at=now if passed else None,
        )
        db.session.add(row)
        db.session.flush()
        return row, token

    def sign_in(self, client: Any, user: User, **options: Any) -> None:
        """Make a page client (or Flask's own test client) be signed in as this person."""
        _, token = self.session(user, **options)
        db.session.commit()
        with getattr(client, "client", client).session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True

    def organisation(self, *, owner: User | None = None, status: str = "unverified", **facts: str) -> Organisation:
        """An organisation of `owner`, in whatever state; taken there without asking the actions."""
        defaults = {
            "name": f"Friends of Clapton Pond {_letters(self.number())}",
            "kind": "registered_charity",
            "registration_number": str(1_100_000 + self.number()),
            "governance": "Five trustees, elected every spring by the members.",
        }
        made = organisations.found(**(defaults | facts), language="en", by=owner or self.member(), now=self.now)
        made.status = status
        db.session.flush()
        return made


def code_of(user: User, app: Flask, at: datetime) -> str:
    """The code that this person's app shows at a moment."""
    import pyotp

    factor = db.session.get(SecondFactor, user.id)
    return pyotp.TOTP(second_factor.secret_of(factor)).at(int(at.timestamp()))


def _letters(number: int) -> str:
    word = ""
    while number:
        number, digit = divmod(number, 19)
        word = "abcdefghjkmnopqstuv"[digit] + word  # no r: before an n it looks like an m
    return word.capitalize()
