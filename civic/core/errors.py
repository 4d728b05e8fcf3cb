"""Saying no: an expected refusal is a sentence for a person; a surprise is logged and shown as our fault."""

from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from civic.core.db import db, transaction

log = structlog.get_logger()


class CivicError(Exception):
    """An expected refusal: a translatable sentence, an HTTP status, and the field it belongs to where there is one."""

    sentence: Any = _l("That could not be done.")
    status: int = 400
    field: str | None = None
    location: str | None = None  # where a person can do something about it; GET is sent there

    def __init__(self, sentence: Any = None, *, field: str | None = None, location: str | None = None):
        self.sentence = self.sentence if sentence is None else sentence
        self.field = field or self.field
        self.location = location or self.location
        super().__init__(str(self.field or type(self).__name__))


class NotFound(CivicError):
    """There is no such thing, or not for this person."""

    sentence, status = _l("There is nothing at this address."), 404


class Forbidden(CivicError):
    """The thing exists, and this person may not do that with it."""

    sentence, status = _l("You do not have permission to do this."), 403


class Gone(CivicError):
    """It was here and has ended."""

    sentence, status = _l("This has ended."), 410


class Conflict(CivicError):
    """Somebody or something else changed it first."""

    sentence, status = _l("This was changed while you were working. Nothing was overwritten."), 409


class Unusable(CivicError):
    """A value that no column can hold: a number beyond all numbers, a character that is none."""

    sentence, status = _l("Something that was sent could not be read. Nothing was saved."), 400


def from_constraint(error: IntegrityError) -> CivicError | None:
    """The refusal that a violated constraint stands for, as the manifests declare it; None for a surprise."""
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    known = current_app.extensions["civic"].constraints.get(name or "")
    return Conflict(known[1], field=known[0]) if known else None


def form_errors(form: Any, error: CivicError) -> None:
    """Put a refusal where the person can mend it: at its field, or on top of the form."""
    field = getattr(form, error.field, None) if error.field else None
    if field is not None:
        field.errors = [*field.errors, error.sentence]
    else:
        form.form_errors = [*form.form_errors, error.sentence]


class saving:  # noqa: N801 - reads as a word: `with saving(form) as saved:`
    """A transaction whose expected refusals become errors of `form`; afterwards `saved.ok` tells whether it was kept.

    `saved.refused` is the refusal itself, for pages that say more about it than its sentence.
    """

    refused: CivicError | None = None

    def __init__(self, form: Any):
        self.form, self.ok, self._transaction = form, False, transaction()

    def __enter__(self) -> "saving":
        self._transaction.__enter__()
        return self

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> bool:
        try:
            # What the body raised comes back as False, not as an exception; only the commit itself can raise here.
            self._transaction.__exit__(kind, error, trace)
        except (CivicError, IntegrityError, StaleDataError) as refused:
            error = refused
        self.ok = error is None
        if isinstance(error, (CivicError, IntegrityError, StaleDataError)):
            self._refuse(error)
            return True
        return False

    def _refuse(self, error: CivicError | IntegrityError | StaleDataError) -> None:
        if isinstance(error, StaleDataError):
            error = Conflict()
        if isinstance(error, IntegrityError):
            known = from_constraint(error)
            if known is None:
                raise error
            error = known
        if error.status in (403, 404) or error.location:
            raise error
        self.refused = error
        form_errors(self.form, error)


def register(app: Flask) -> None:
    """Give every refusal and every accident its page."""
    app.register_error_handler(CivicError, _refused)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(StaleDataError, lambda error: _refused(Conflict()))
    app.register_error_handler(IntegrityError, _violated)
    app.register_error_handler(DataError, lambda error: _refused(Unusable()))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _surprise)


def error_page(status: int, sentence: Any = None) -> tuple[str, int]:
    """The page of this status, which says what happened, that nothing was lost, and what to do."""
    known = status if status in (400, 403, 404, 409, 410, 413, 429, 500) else (500 if status >= 500 else 400)
    name = 404 if known == 410 and sentence is None else (409 if known == 410 else known)
    page = render_template(f"errors/{name}.html", sentence=sentence, request_id=g.get("request_id", ""))
    return page, status


def _refused(error: CivicError) -> ResponseReturnValue:
    db.session.rollback()
    if error.location and request.method == "GET":
        return redirect(error.location, 303)
    return error_page(error.status, error.sentence)


def forged(error: CSRFError) -> ResponseReturnValue:
    """A form without its token, or with one that is too old."""
    sentence = _l("This page was open for too long, or was sent from somewhere else. Go back, reload it and try again.")
    return error_page(400, sentence)


def _violated(error: IntegrityError) -> ResponseReturnValue:
    known = from_constraint(error)
    return _refused(known) if known else _surprise(error)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    if isinstance(error, SecurityError):  # a host that is not ours: there are no addresses to draw a page with
        return "This host is not served here.", 400, {"Content-Type": "text/plain; charset=utf-8"}
    if error.code == 404 and (elsewhere := _with_language()):
        return redirect(elsewhere, 302)
    status = error.code or 500
    page, status = error_page(status)
    headers = {name: value for name, value in error.get_headers() if name in ("Retry-After", "Allow")}
    return page, status, headers


def _with_language() -> str | None:
    """The same address under the reader's language, where an address without one was asked for and exists."""
    if request.method not in ("GET", "HEAD") or request.routing_exception is None:
        return None
    prefixed = f"/{g.language.code}{request.path}"
    adapter = current_app.url_map.bind("", url_scheme=request.scheme)
    try:
        adapter.match(prefixed, method="GET")
    except HTTPException:
        return None
    query = request.query_string.decode("ascii", "replace")
    return f"{prefixed}?{query}" if query else prefixed


def _surprise(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    if current_app.testing and current_app.config.get("PROPAGATE_SURPRISES", True):
        raise error
    log.exception("surprise", request_id=g.get("request_id"), kind=type(error).__name__)
    return error_page(500)


Handler = Callable[..., ResponseReturnValue]
