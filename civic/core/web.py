"""Addresses: every room under its language, links that keep the language, files that may be kept for ever."""

import re
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, g, has_request_context, request, send_from_directory, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, ValidationError

from civic.core import i18n
from civic.core.doors import allowed, anyone
from civic.core.errors import CivicError

STATIC = Path(__file__).parent.parent / "static"


# Neither a page's name nor a search holds one; PostgreSQL and XML refuse some of them.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Unreadable(CivicError):
    """An address with characters that nothing here is named by."""

    sentence, status = _l("Something in the address could not be read."), 400


class LanguageConverter(BaseConverter):
    """The first part of an address: a language that is offered here."""

    regex = "[a-z]{2}"

    def to_python(self, value: str) -> str:
        """Only what is offered matches; anything else is no address."""
        if value not in i18n.spoken():
            raise ValidationError()
        return value


def room(name: str, import_name: str, prefix: str = "") -> Blueprint:
    """A blueprint whose every address stands under a language (`/en/…`), which views never see and links never name."""
    blueprint = Blueprint(name, import_name, url_prefix=f"/<lang:lang>{prefix}")
    blueprint.url_value_preprocessor(lambda endpoint, values: values.pop("lang", None) if values else None)
    return blueprint


def external_url(endpoint: str, **values: Any) -> str:
    """An absolute link for mail and feeds, built from the configured address and never from the Host header."""
    base = current_app.config["BASE_URL"].rstrip("/")
    return base + url_for(endpoint, _external=False, **values)


def way_to(endpoint: str, **values: Any) -> str:
    """The address of a view, or nothing where no package of this house has one: then there is no link either."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def link_to(endpoint: str, **values: Any) -> str:
    """The address of a view for a page that is being drawn; nothing in jobs and commands, where nobody would follow it."""
    return url_for(endpoint, **values) if has_request_context() else ""


@lru_cache(512)
def _fingerprint(name: str, modified: float) -> str:
    return blake2b((STATIC / name).read_bytes(), digest_size=6).hexdigest()


@lru_cache(512)
def _asset_url(name: str) -> str:
    return f"/assets/{_fingerprint(name, (STATIC / name).stat().st_mtime)}/{name}"


def asset(name: str) -> str:
    """The address of a static file, with its fingerprint, so that it may be cached for a year."""
    if current_app.debug or current_app.testing:
        _asset_url.cache_clear()
    return _asset_url(name)


def alternates() -> list[tuple[i18n.Language, str]]:
    """This page in every language: (language, path), the same page and the same query kept."""
    query = "?" + request.query_string.decode("ascii", "replace") if request.query_string else ""
    if (
        request.endpoint is None
        or request.view_args is None
        or "lang" not in (request.url_rule.arguments if request.url_rule else ())
    ):
        return [(language, f"/{language.code}/") for language in i18n.enabled().values()]
    rest = request.path.split("/", 2)[2] if request.path.count("/") > 1 else ""
    path = quote(rest if request.method == "GET" else _page_behind_post(rest))
    return [(language, f"/{language.code}/{path}{query}") for language in i18n.enabled().values()]


def _page_behind_post(rest: str) -> str:
    """After a refused POST the same address may have no page of its own; the front page always has."""
    adapter = current_app.url_map.bind("")
    try:
        adapter.match(f"/{g.language.code}/{rest}", method="GET")
    except HTTPException:
        return ""
    return rest


def init_app(app: Flask) -> None:
    """Register the language converter, the static files and the link helpers."""
    app.url_map.converters["lang"] = LanguageConverter

    @app.url_defaults
    def keep_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = i18n.current().code

    @app.before_request
    def read_plainly() -> None:
        if CONTROL.search(request.path) or any(CONTROL.search(text) for text in request.args.values()):
            raise Unreadable()

    @app.get("/assets/<fingerprint>/<path:name>")
    @allowed(anyone)
    def assets(fingerprint: str, name: str) -> Response:
        """A static file under its fingerprint; fonts named by the style sheet come with their sheet's."""
        response = send_from_directory(STATIC, name, max_age=31536000)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    app.jinja_env.globals.update(asset=asset, alternates=alternates, external_url=external_url, way_to=way_to)
