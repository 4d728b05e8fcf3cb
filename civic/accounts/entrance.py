"""The browser's side of signing in: the cookie holds a random token, and everything else is asked of the database."""

import re

from flask import Flask, Request, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import login_user, logout_user

from civic.accounts import access
from civic.accounts.actions import sessions
from civic.accounts.models import User
from civic.accounts.queries import people
from civic.accounts.rules import links
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import refuse
from civic.core.errors import Forbidden
from civic.core.person import maybe_me

SEEN_EVERY_SECONDS = 3600
# What somebody must still reach who has not passed the second step: the step itself, the way out, help with reading, files.
OPEN_BEFORE_SECOND_STEP = frozenset(
    (
        "assets",
        "accounts.second_step",
        "accounts.pass_second_step",
        "accounts.set_up_second_step",
        "accounts.begin_second_step",
        "accounts.confirm_second_step",
        "accounts.sign_out",
        "privacy.show_notice",
        "privacy.show_cookies",
    )
)
STAFF_ROOM = re.compile(r"/<lang:lang>/staff(/|$)")
OPEN_ROOMS = frozenset(("accessibility", "health"))


class SecondStepFirst(Forbidden):
    """A member of staff has not finished signing in."""

    sentence = _l("Finish signing in first: we need the code from your authenticator app.")


def init_app(app: Flask) -> None:
    """Teach the application who is signed in, and keep unfinished staff sessions from everything else."""
    app.login_manager.user_loader(lambda token: people.signed_in(token, clock.now()))  # type: ignore[attr-defined]
    app.before_request(ask_for_second_step)
    app.before_request(keep_staff_rooms)
    app.before_request(note_seen)
    app.jinja_env.globals["account_links"] = account_links


def enter(user: User, token: str) -> None:
    """Make this browser the person's: a new session, and a new form token, so that nothing fixed beforehand is of use."""
    session.pop("csrf_token", None)
    session.pop("sent_to", None)
    session.permanent = not user.is_staff
    user.session_token = token
    login_user(user)


def leave() -> None:
    """Sign this browser out and forget everything it kept."""
    logout_user()
    session.clear()


def device(asked: Request) -> str:
    """What is kept of a browser's description of itself: "Firefox/Windows"; wording.device_words() says it in words."""
    return "/".join(links.device(asked.headers.get("User-Agent", "")[:500]))


def next_or(endpoint: str) -> str:
    """Where the person wanted to go, if that is an address of ours; otherwise the endpoint."""
    return links.safe_next(request.values.get("next")) or url_for(endpoint)


def after_entering(user: User) -> str:
    """Where to go on to: staff to the second step first, everybody else to where they wanted to go."""
    wanted = links.safe_next(request.values.get("next"))
    if user.is_staff and (user.session is None or user.session.second_factor_at is None):
        return url_for("accounts.second_step", next=wanted)
    return wanted or url_for("accounts.show_account")


def ask_for_second_step() -> None:
    """Send staff who came in by password or link alone to the second step, whatever they ask for."""
    if "_user_id" not in session or request.endpoint in OPEN_BEFORE_SECOND_STEP or request.blueprint in OPEN_ROOMS:
        return
    if request.endpoint and access.is_owed_a_second_factor():
        here = request.full_path.rstrip("?") if request.method == "GET" else None
        raise SecondStepFirst(location=url_for("accounts.second_step", next=here))


def keep_staff_rooms() -> None:
    """Nobody but staff learns at a staff address whether there is something behind it; each door then asks for the role."""
    if request.url_rule is not None and STAFF_ROOM.match(request.url_rule.rule) and not access.is_staff():
        refuse()


def note_seen() -> None:
    """Note, once an hour and only when something is sent, that a session is in use."""
    if request.method != "POST" or "_user_id" not in session:
        return
    person = maybe_me()
    if person is None or (clock.now() - person.session.seen_at).total_seconds() < SEEN_EVERY_SECONDS:
        return
    with transaction():
        sessions.note_seen(person.session, now=clock.now())


def account_links() -> list[tuple[str, str, str]]:
    """The links about oneself in the header of every page: (words, address, "get" or "post")."""
    if maybe_me() is None:
        return [(_("Sign in"), url_for("accounts.sign_in"), "get"), (_("Sign up"), url_for("accounts.sign_up"), "get")]
    return [
        (_("Your account"), url_for("accounts.show_account"), "get"),
        (_("Sign out"), url_for("accounts.sign_out"), "post"),
    ]
