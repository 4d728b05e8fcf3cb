"""A person at a real browser: sees the site as served, and is looked over the shoulder after every step."""

import os
import re
import shutil
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, got_request_exception
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Request,
    Response,
    expect,
    sync_playwright,
)
from playwright.sync_api import Page as BrowserPage
from werkzeug.serving import make_server

from tests.support import seen
from tests.support.checks import Fault, faults_of
from tests.support.client import language_of
from tests.support.page import Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--no-default-browser-check",
    "--no-pings",
]
GOLDEN = Path(__file__).parent.parent / "journeys" / "golden"
PATIENCE = 10_000  # milliseconds


def chromium_path() -> str:
    """Where the system's Chromium is; `scripts/browser` puts one there."""
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), ""
    )
    assert found, "There is no Chromium on this machine: run scripts/browser."
    return found


# What broke in the application while it was served; told to whoever looks next.
SURPRISES: list[str] = []


def _surprised(sender: Flask, exception: Exception, **about: Any) -> None:
    where = traceback.extract_tb(exception.__traceback__)[-1]
    SURPRISES.append(f"{type(exception).__name__}: {exception} ({Path(where.filename).name}:{where.lineno})"[:1000])


@contextmanager
def chromium() -> Iterator[Browser]:
    """One running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine, in threads of this process; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    got_request_exception.connect(_surprised, app)
    server.log = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        got_request_exception.disconnect(_surprised, app)
        server.shutdown()
        thread.join()


class Person:
    """Somebody who visits, clicks and types; every step is followed by `check()`."""

    seen_already: set[str] = set()

    def __init__(self, browser: Browser, address: str, *, script: bool = True, phone: bool = False, **options: Any):
        self.address, self.script = address, script
        self.errors: list[str] = []
        self.answer: Response | None = None
        self.expected = 200
        size = {"width": 390, "height": 844} if phone else seen.WIDE
        self.context: BrowserContext = browser.new_context(base_url=address, viewport=size, has_touch=phone, **options)
        self.context.set_default_timeout(PATIENCE)
        self.page: BrowserPage = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(f"script error: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)
        self._debugger = None if script else self.context.new_cdp_session(self.page)
        self._let_scripts_run(False)

    # --- steps ---------------------------------------------------------------------------------------------------

    def visit(self, path: str, status: int = 200) -> "Person":
        """Open an address."""
        self.expected = status
        self.page.goto(path)
        return self._done()

    def click(self, name: str, *, within: str = "", status: int | None = None, nth: int = 0) -> "Person":
        """Press the button or follow the link with this name."""
        element = self.find(name, within=within, nth=nth)
        self.expected = 200 if status is None else status
        if self._leads_away(element):
            with self.page.expect_navigation(wait_until="load"):
                element.click()
        else:
            element.click()
        return self._done()

    def refused(self, name: str, **more: Any) -> "Person":
        """Press the button; the same page comes back with its errors."""
        return self.click(name, status=422, **more)

    def fill(self, label: str, value: str, *, within: str = "") -> "Person":
        """Type into the field with this label; `within` names its group."""
        self._labelled(label, within).fill(value)
        return self

    def choose(self, label: str, *, within: str = "") -> "Person":
        """Choose the radio button or tick the box with this label; `within` names its group."""
        self._labelled(label, within).check(force=True)
        return self._maybe_changed()

    def unchoose(self, label: str, *, within: str = "") -> "Person":
        """Clear the box with this label."""
        self._labelled(label, within).uncheck(force=True)
        return self._maybe_changed()

    def select(self, label: str, option: str, *, within: str = "") -> "Person":
        """Choose an option of a list."""
        self._labelled(label, within).select_option(label=option)
        return self._maybe_changed()

    def _labelled(self, label: str, group: str) -> Locator:
        """The control with this label, or with a label that begins so ("… (optional)")."""
        scope = self.page.get_by_role("group", name=group).last if group else self.page.locator("main")
        for name in (re.compile(f"^\\s*{re.escape(label)}\\s*$"), re.compile(f"^\\s*{re.escape(label)}")):
            found = scope.get_by_label(name)
            if found.count():
                assert found.count() == 1, (
                    f"{found.count()} fields are called {label!r} on {self.path}; name their group"
                )
                return found
        there = [" ".join(each.inner_text().split()) for each in scope.locator("label").all()]
        raise AssertionError(f"no field called {label!r} on {self.path}; there are {there}")

    def upload(self, label: str, name: str, content: bytes, kind: str = "application/octet-stream") -> "Person":
        """Give a file to the field with this label."""
        self.page.get_by_label(label, exact=True).set_input_files({"name": name, "mimeType": kind, "buffer": content})
        return self

    def press(self, key: str) -> "Person":
        """Press a key."""
        self.page.keyboard.press(key)
        return self

    def download(self, name: str) -> bytes:
        """Follow a link to a file; gives the file."""
        with self.page.expect_download() as waiting:
            self.find(name).click()
        return Path(waiting.value.path()).read_bytes()

    def as_in(self, language: str) -> "Person":
        """The same page in another language."""
        here = urlsplit(self.page.url)
        return self.visit(f"/{language}/{here.path.split('/', 2)[2]}" + (f"?{here.query}" if here.query else ""))

    # --- reading -------------------------------------------------------------------------------------------------

    def find(self, name: str, *, within: str = "", nth: int = 0) -> Locator:
        """The button or link with this accessible name: exact, else containing it."""
        scope = self._scope(within)
        for exact in (True, False):
            for role in ("button", "link", "tab"):
                found = scope.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]
                if found.count() > nth:
                    return found.nth(nth)
        offered = [each.inner_text().strip() for each in scope.locator("main a[href], main button").all()]
        raise AssertionError(f"nothing called {name!r} to click on {self.path}; in the main part there are {offered}")

    def _scope(self, within: str) -> Any:
        return self.page.locator(within) if within else self.page

    @property
    def path(self) -> str:
        """The address of the page, without the host."""
        return self.page.url.removeprefix(self.address)

    @property
    def h1(self) -> str:
        """The page's heading."""
        return self.page.locator("h1").inner_text().strip()

    @property
    def text(self) -> str:
        """The words of the page."""
        return " ".join(self.page.locator("body").inner_text().split())

    def sees(self, words: str) -> "Person":
        """Assert that words stand on the page."""
        expect(self.page.locator("body")).to_contain_text(words, timeout=2000)
        return self

    def snapshot(self, name: str, selector: str = "main") -> "Person":
        """Compare what a screen reader is told with tests/journeys/golden/<name>.yaml; UPDATE_GOLDEN=1 writes it."""
        told = self.page.locator(selector).aria_snapshot().strip() + "\n"
        file = GOLDEN / f"{name}.yaml"
        if os.environ.get("UPDATE_GOLDEN") or not file.exists():
            assert os.environ.get("UPDATE_GOLDEN"), (
                f"no golden file {file.name}; write it with UPDATE_GOLDEN=1 and read it"
            )
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(told, encoding="utf-8")
        assert told == file.read_text(encoding="utf-8"), (
            f"a screen reader is told something else than {file.name}:\n{told}"
        )
        return self

    # --- looking over the shoulder -------------------------------------------------------------------------------

    def check(self) -> "Person":
        """Fail, naming everything, unless the page as it stands now is in order."""
        self._raise(self.faults())
        return self

    def look_closely(self, *checks: seen.Look) -> "Person":
        """The deep checks of this page, or some of them: keyboard, narrow window, grown and widened text, forced colours, stillness."""
        with self._scripts():
            chosen = checks or seen.DEEP
            looks = self._looks() + ",".join(each.__name__ for each in chosen)
            if looks not in self.seen_already:
                self._raise([*self._noise(), *seen.deep_faults(self.page, chosen)])
                self.seen_already.add(looks)
        return self

    def wears(self, display: str) -> "Person":
        """Have pages shown in a certain way from now on: "theme:dark", "text:200.spacing:wide"."""
        self.context.add_cookies([{"name": "display", "value": display, "url": self.address}])
        return self

    def faults(self) -> list[Fault]:
        """What is wrong with the page as it stands now; what was found in order once is not looked at again."""
        found = self._noise()
        with self._scripts():
            looks = self._looks()
            if looks in self.seen_already:
                return found
            found += self._markup() + seen.axe_faults(self.page)
            if self.page.locator(".govuk-error-summary").count():
                found += seen.summary_faults(self.page)
        if not found:
            self.seen_already.add(looks)
        return found

    def close(self) -> None:
        """Leave."""
        self.context.close()

    def _noise(self) -> list[Fault]:
        found = [Fault("broke", each) for each in SURPRISES] + [Fault("noise", each) for each in self.errors]
        SURPRISES.clear()
        self.errors = []
        if self.answer is not None and self.answer.status != self.expected:
            found.append(Fault("status", f"{self.answer.status} instead of {self.expected} at {self.path}"))
        return found

    def _markup(self) -> list[Fault]:
        """The same checks as the page client's, on the document as scripts left it."""
        page = Page(
            _Answer(self.page.content(), self.answer.status if self.answer else 200), urlsplit(self.page.url).path
        )
        return faults_of(page, language_of(page))

    def _looks(self) -> str:
        html = re.sub(r'value="[^"]{40,}"|\b[0-9a-f]{16,}\b', "", self.page.content())
        media = self.page.evaluate(
            "() => [innerWidth, ...['dark', 'light'].map((each) => matchMedia(`(prefers-color-scheme: ${each})`).matches)].join()"
        )
        return blake2b(f"{media}{self.script}{html}".encode(), digest_size=16).hexdigest()

    def _raise(self, faults: list[Fault]) -> None:
        if faults:
            raise AssertionError(f"{self.path} ({self.page.title()!r}):\n  " + "\n  ".join(map(str, faults)))

    def _done(self) -> "Person":
        self.page.wait_for_load_state("load")
        return self.check()

    def _maybe_changed(self) -> "Person":
        """A choice may reveal more of the form; only then is there something new to look at."""
        return (
            self.check() if self.script and self.page.locator("[data-aria-controls],[aria-controls]").count() else self
        )

    def _leads_away(self, element: Locator) -> bool:
        return bool(
            element.evaluate(
                """(element) => { const link = element.closest('a[href]');
                  if (link) return !link.getAttribute('href').startsWith('#') && !link.hasAttribute('download');
                  const button = element.closest('button,input[type=submit]');
                  return Boolean(button && button.form && (button.type === 'submit')); }"""
            )
        )

    @contextmanager
    def _scripts(self) -> Iterator[None]:
        """Our own checks need scripts for a moment, where the person's browser runs none."""
        self._let_scripts_run(True)
        yield
        self._let_scripts_run(False)

    def _let_scripts_run(self, may: bool) -> None:
        if self._debugger is not None:
            self._debugger.send("Emulation.setScriptExecutionDisabled", {"value": not may})

    # --- what the browser complains about ------------------------------------------------------------------------

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if message.text.startswith("Failed to load resource") and message.location.get("url") == self.page.url:
            return  # the page's own status is judged by `expected`
        self.errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _failed(self, request: Request) -> None:
        unwanted = not self.script and request.failure == "csp"  # a script fetched ahead by a browser that runs none
        if "ERR_ABORTED" not in (request.failure or "") and not unwanted:
            self.errors.append(f"request failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            if not 300 <= response.status < 400:
                self.answer = response
        elif response.status >= 400:
            self.errors.append(f"{response.status} for {response.url}")


class _Answer:
    """A document as the page reader wants it."""

    mimetype, headers = "text/html", {}

    def __init__(self, html: str, status: int):
        self.status_code, self.html = status, html

    def get_data(self, *, as_text: bool) -> str:
        return self.html
