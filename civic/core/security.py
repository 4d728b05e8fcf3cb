"""Safety of every answer: headers without any unsafe-, hosts by list, limits by address, cookies for us alone."""

import ipaddress
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect
from markupsafe import Markup, escape
from werkzeug.middleware.proxy_fix import ProxyFix

from civic.core.person import maybe_me

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def address() -> str:
    """Whose request this is, for limits: an IPv4 address, or the /64 an IPv6 subscriber owns."""
    given = request.remote_addr or "0.0.0.0"  # noqa: S104 - a name for nobody, not a place to listen
    try:
        parsed = ipaddress.ip_address(given)
    except ValueError:
        return "unreadable"
    if parsed.version == 6:
        return str(parsed.ipv4_mapped or ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed)


limiter = Limiter(key_func=address, headers_enabled=False, strategy="moving-window")
csrf = CSRFProtect()


def limit(rate: str, key: Callable[[], str] | None = None, **options: Any) -> Callable[[Callable], Callable]:
    """At most `rate` ("5/minute") for one address, or for one `key()`; more is answered with 429.

    Stands below the door; POSTs only, so that reading is never limited by what was sent.
    """
    return limiter.limit(rate, key_func=key or address, methods=["POST"], **options)


def takes_uploads(most: int) -> Callable[[Callable], Callable]:
    """A view that takes a form of up to `most` bytes from somebody who is signed in; every other form stays below 8 MB."""

    def with_room(view: Callable) -> Callable:
        view.max_upload = most  # type: ignore[attr-defined]
        return view

    return with_room


def csrf_input() -> Markup:
    """The hidden input that every form of ours carries."""
    from flask_wtf.csrf import generate_csrf

    # Put together plainly: a page may hold five, and to format markup takes ten times as long.
    return Markup(f'<input type="hidden" name="csrf_token" value="{escape(generate_csrf())}">')  # noqa: S704 - escaped


def init_app(app: Flask) -> None:
    """Protect every form, limit by address, and seal every answer."""

    @app.before_request
    def make_room() -> None:  # before the token is looked for, which reads the whole form
        most = getattr(app.view_functions.get(request.endpoint or ""), "max_upload", None)
        if most and maybe_me() is not None:
            request.max_content_length = most

    csrf.init_app(app)
    limiter.init_app(app)
    hops = app.config["PROXY_HOPS"]
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0, x_prefix=0)  # type: ignore[method-assign]

    @app.after_request
    def seal(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if app.config["PRODUCTION"]:
            response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        return response

    app.jinja_env.globals["csrf"] = csrf_input
