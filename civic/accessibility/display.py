"""How this request's pages are shown: the account's choice, else the cookie's; written on `<html>`, with no script and no flash."""

from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from civic.accessibility.rules import Display, display_from
from civic.core import i18n
from civic.core.person import maybe_me

COOKIE = "display"
PREFERENCE = "display"  # its name among the account's preferences
A_YEAR = 365 * 24 * 3600
WITHOUT_A_PAGE = frozenset(("assets", "health.live", "health.ready"))


def shown() -> Display:
    """How pages of this request are shown."""
    if not has_request_context():
        return Display()
    if "display" not in g:
        g.display = Display()  # an error page is drawn plainly where finding out is what failed
        g.display = _chosen()
    return g.display


display = LocalProxy(shown)


def _chosen() -> Display:
    # The account's row was read for the door anyway: no statement is added.
    of_account = (getattr(maybe_me(), "preferences", None) or {}).get(PREFERENCE)
    return display_from(request.cookies.get(COOKIE) if of_account is None else of_account)


def choose() -> None:
    """Before each request: find out how it is to be shown, and make that part of its ETag."""
    if request.endpoint not in WITHOUT_A_PAGE:
        g.display_key = str(shown())


def keep(response: Response, chosen: Display, language: str) -> None:
    """Keep the choices in this browser, in cookies that say nothing about the person; no choice leaves no cookie."""
    _cookie(response, COOKIE, str(chosen))
    _cookie(response, i18n.COOKIE, language)


def _cookie(response: Response, name: str, value: str) -> None:
    rules: dict[str, Any] = {
        "secure": current_app.config["PRODUCTION"],
        "httponly": True,
        "samesite": "Lax",
        "path": "/",
    }
    if value:
        response.set_cookie(name, value, max_age=A_YEAR, **rules)
    elif name in request.cookies:
        response.delete_cookie(name, **rules)


def init_app(app: Flask) -> None:
    """Let every page know how it is to be shown."""
    app.before_request(choose)
