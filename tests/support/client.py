"""A reader without a screen: fetches, follows and submits as a browser would, and checks every page it gets."""

import hashlib
import os
import re
from contextlib import nullcontext
from contextvars import Context
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from civic.core.db import db
from tests.support.checks import check_page
from tests.support.page import FormOnPage, Page, words_of
from tests.support.reading import only_reads

VARYING = re.compile(r'value="[^"]{40,}"|\b[0-9a-f]{12,}\b')
LANGUAGES = ("en", "pl", "ar", "xx")


def language_of(page: Page) -> str:
    """The language a page should speak: the one its address begins with, or the one it says itself."""
    first = page.path.lstrip("/").split("/", 1)[0].split("?")[0]
    return first if first in LANGUAGES else {"en-x-long": "xx"}.get(page.language, page.language or "en")


class PageClient:
    """Flask's test client, speaking pages; `checked=False` is for answers that are wrong on purpose."""

    in_order: ClassVar[set[int]] = set()

    def __init__(self, app: Flask, *, checked: bool = True):
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.checked = checked
        self.last: Page | None = None

    def get(self, path: str, **options: Any) -> Page:
        """Fetch an address."""
        return self._open("GET", path, **options)

    def post(self, path: str, data: Any = None, *, token: bool = True, **options: Any) -> Page:
        """Send a form to an address; the token comes by itself (`token=False` leaves it out)."""
        if token and "json" not in options and (data is None or isinstance(data, dict)):
            data = {"csrf_token": self.token(), **(data or {})}
        return self._open("POST", path, data=data, **options)

    def open(self, method: str, path: str, **options: Any) -> Page:
        """Any other method."""
        return self._open(method, path, **options)

    def follow(self) -> Page:
        """Go where the last answer sent the reader, through every redirect."""
        assert self.last is not None
        assert self.last.location, (
            f"{self.last} sends nobody anywhere; errors: {self.last.errors if self.last.is_html else ''}"
        )
        page = self.last
        for _ in range(10):
            page = self.get(urljoin(page.path, page.location or ""))
            if page.location is None:
                return page
        raise AssertionError(f"redirected in circles at {page.path}")

    def click(self, text: str) -> Page:
        """Follow the link with these words on the last page, through redirects."""
        assert self.last is not None
        page = self.get(urljoin(self.last.path, self.last.link(text).href))
        return self.follow() if page.location else page

    def submit(self, button: str | None = None, fields: dict[str, Any] | None = None, /, **more: Any) -> Page:
        """Fill the form that has this button (or the only form of the main part) and press it; the answer is not followed."""
        page, wanted = self._form_page(), {**(fields or {}), **more}
        form, pressed = self._form(page, button, wanted)
        values: dict[str, Any] = dict(form.values())
        for name, value in wanted.items():
            assert name in form.names, f"no field {name!r} in the form of {page.path}; there are {sorted(form.names)}"
            values[name] = _as_sent(form, name, value)
        if pressed is not None and pressed.get("name"):
            values[pressed.get("name", "")] = [pressed.get("value", "")]
        action = (pressed.get("formaction") if pressed is not None else None) or form.action
        target = urljoin(page.path, action)
        if form.method == "get":
            return self._open("GET", target.split("?")[0], query_string=_plain(values))
        return self._open("POST", target, data=_plain(values))

    def _form_page(self) -> Page:
        assert self.last is not None, "fetch a page first"
        assert self.last.is_html, f"{self.last} has no form; follow() it first"
        return self.last

    def _form(self, page: Page, button: str | None, fields: dict[str, Any]) -> tuple[FormOnPage, Any]:
        if button is not None:
            for form in page.forms:
                if button in form.buttons:
                    return form, form.buttons[button]
            raise AssertionError(
                f"no button {button!r} on {page.path}; there are {[list(each.buttons) for each in page.forms]}"
            )
        fitting = [form for form in page.forms if set(fields) <= form.names and form.method == "post"] or page.forms
        main = page.first("main")
        inside = [form for form in fitting if main is not None and form.element in set(main.iter())] or fitting
        assert inside, f"no form on {page.path}"
        return inside[0], next(iter(inside[0].buttons.values()), None)

    def token(self) -> str:
        """A token that a form sent by this reader needs: from the last page, or made as the application makes it."""
        if self.last is not None and self.last.is_html:
            for form in self.last.forms:
                if tokens := form.values().get("csrf_token"):
                    return tokens[0]
        return self._made_token()

    def _made_token(self) -> str:
        raw = Context().run(self._secret_in_session)
        secret = self.app.config.get("WTF_CSRF_SECRET_KEY") or self.app.secret_key
        return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))  # type: ignore[arg-type]

    def _secret_in_session(self) -> str:
        with self.client.session_transaction() as session:
            return str(
                session.setdefault("csrf_token", hashlib.sha1(os.urandom(64), usedforsecurity=False).hexdigest())
            )

    def _open(self, method: str, path: str, *, checked: bool = True, **options: Any) -> Page:
        parts = urlsplit(path)
        if parts.netloc:
            path = parts._replace(scheme="", netloc="").geturl() or "/"
        reading = (
            only_reads(self.app, path)
            if checked and method == "GET" and "sqlalchemy" in self.app.extensions
            else nullcontext()
        )
        with reading:
            page = Page(self._request(path.split("#")[0], method, options), path)
        self.last = page
        if self.checked and checked and page.is_html and method != "HEAD":
            self._check(page)
        return page

    def _check(self, page: Page) -> None:
        """A page that was in order once, but for its tokens and numbers of requests, is not read again."""
        language = language_of(page)
        looks = hash((language, VARYING.sub("", page.html)))
        if looks not in self.in_order:
            check_page(page, language)
            self.in_order.add(looks)

    def _request(self, path: str, method: str, options: dict[str, Any]) -> Any:
        """Each request in a context of its own, as in life: Flask would share the test's `g` and session otherwise."""
        mine = db.session if has_app_context() and "sqlalchemy" in self.app.extensions else None
        if mine is not None:
            mine.flush()
        try:
            return Context().run(self.client.open, path, method=method, **options)
        finally:
            if mine is not None:
                mine.expire_all()

    def __enter__(self) -> "PageClient":
        return self

    def __exit__(self, *error: Any) -> None:
        self.client.__exit__(None, None, None)


def _as_sent(form: FormOnPage, name: str, value: Any) -> list[Any]:
    """The values as a browser sends them; a choice may be given by its value only, and must be on the page."""
    values = (
        list(value) if isinstance(value, list | tuple | set) else ([] if value is None or value is False else [value])
    )
    choices = form.choices(name)
    if choices is not None:
        values = [next(iter(choices)) if each is True and len(choices) == 1 else str(each) for each in values]
        wrong = [each for each in values if each not in choices]
        assert not wrong, f"{wrong} cannot be chosen for {name!r}; choices are {sorted(choices)}"
    return [each if hasattr(each, "read") or isinstance(each, tuple) else str(each) for each in values]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in values.items()
        if value != []
    }


__all__ = ["Page", "PageClient", "language_of", "words_of"]
