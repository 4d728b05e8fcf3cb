"""Pictures of the main public pages and their states in one language, on one sheet, for whoever reviews a translation.

Usage: python scripts/screenshots.py LANGUAGE [ADDRESS]

Without an address the site of this folder is started for it, on the demo's database. Writes .build/screenshots/LANGUAGE/index.html.
"""

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from civic.core.i18n import LANGUAGES  # noqa: E402

WIDTHS = (1280, 320)
FIRST = "main .civic-row__title a, main .civic-card a, main li h2 a, main li h3 a"
"""The first thing of a list."""


@dataclass(frozen=True)
class Shot:
    """One page or state: its name, where it begins, and what is done there ("first": open the first thing, "send": send the form empty)."""

    name: str
    path: str
    acts: tuple[str, ...] = ()


SHOTS = (
    Shot("Front page", "/"),
    Shot("Surveys", "/surveys"),
    Shot("A survey", "/surveys", ("first",)),
    Shot("A survey: its first page", "/surveys", ("first", "start")),
    Shot("A survey: nothing answered", "/surveys", ("first", "start", "send")),
    Shot("Results of a survey", "/surveys?show=results", ("first",)),
    Shot("Consultations", "/consultations"),
    Shot("A consultation", "/consultations", ("first",)),
    Shot("Report card", "/report-card"),
    Shot("Discussions", "/discussions"),
    Shot("A topic", "/discussions", ("first",)),
    Shot("A discussion", "/discussions", ("first", "first")),
    Shot("Campaigns", "/campaigns"),
    Shot("A campaign", "/campaigns", ("first",)),
    Shot("Fees", "/fees"),
    Shot("Funds", "/funds"),
    Shot("Challenges", "/challenges"),
    Shot("Problems", "/problems"),
    Shot("A problem", "/problems", ("first",)),
    Shot("Moderation report", "/moderation-report"),
    Shot("Sign in", "/sign-in"),
    Shot("Sign in: nothing typed", "/sign-in", ("send",)),
    Shot("Sign up: nothing typed", "/sign-up", ("send",)),
    Shot("Make this site easier to use", "/preferences"),
    Shot("Accessibility statement", "/accessibility-statement"),
    Shot("Barrier reports", "/barrier-reports"),
    Shot("Report a barrier: nothing typed", "/barrier-reports/new", ("send",)),
    Shot("Privacy", "/privacy"),
    Shot("A page that is not there", "/nothing-here"),
)


def act(page: Page, name: str) -> bool:
    """Do one thing on a page; whether there was anything to do it with."""
    target = {
        "first": page.locator(FIRST),
        "start": page.locator("main a.govuk-button--start, main form button[type=submit]"),
        "send": page.locator("main form[method=post] button[type=submit]"),
    }[name].first
    if not target.count():
        return False
    target.click()
    page.wait_for_load_state("load")
    return True


def take(page: Page, shot: Shot, language: str, folder: Path) -> list[tuple[int, str, bool]]:
    """A picture at each width, as (width, file, whether something runs off the page); none where the state cannot be reached."""
    taken = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.context.clear_cookies()
        page.goto(f"/{language}{shot.path}")
        if not all(act(page, each) for each in shot.acts):
            return []
        file = f"{SHOTS.index(shot) + 1:02}-{width}.jpg"
        page.screenshot(path=folder / file, full_page=True, type="jpeg", quality=70)
        taken.append((width, file, bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))))
    return taken


def sheet(language: str, found: list[tuple[Shot, str, list[tuple[int, str, bool]]]]) -> str:
    """All the pictures on one page."""
    name = LANGUAGES[language].name
    parts = [
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Screenshots: {escape(name)}</title>",
        "<meta name='viewport' content='width=device-width'><style>body{font-family:sans-serif;margin:1rem}",
        "figure{display:inline-block;vertical-align:top;margin:0 1rem 2rem 0}img{border:1px solid;max-width:100%}",
        "img[data-width='1280']{width:50rem}</style></head><body>",
        f"<h1>Screenshots: <span lang='{language}'>{escape(name)}</span></h1><ol>",
        *(f"<li><a href='#s{number}'>{escape(shot.name)}</a></li>" for number, (shot, _, _) in enumerate(found, 1)),
        "</ol>",
    ]
    for number, (shot, address, taken) in enumerate(found, 1):
        parts.append(f"<h2 id='s{number}'>{escape(shot.name)}</h2><p><code>{escape(address)}</code></p>")
        if not taken:
            parts.append("<p>This state could not be reached in the data that is there.</p>")
        for width, file, runs_off in taken:
            warning = " <strong>Something runs off the page.</strong>" if runs_off else ""
            alt = escape(f"{shot.name}, {width} pixels wide", quote=True)
            parts.append(f"<figure><figcaption>{width} pixels.{warning}</figcaption>")
            parts.append(
                f"<a href='{file}'><img src='{file}' alt='{alt}' data-width='{width}' loading='lazy'></a></figure>"
            )
    return "\n".join((*parts, "</body></html>\n"))


@contextmanager
def site() -> Iterator[str]:
    """The site of this folder on a free port, with the demo in its database."""
    from civic.app import create_app
    from civic.seeds import is_planted, plant

    app = create_app(os.environ | {"LOG_LEVEL": "ERROR"})
    with app.app_context():
        app.extensions["migrations"].upgrade()
        if not is_planted():
            sys.stdout.write("Loading the demo, about a minute …\n")
            for _line in plant(1):
                pass
    server = make_server("127.0.0.1", 0, app, threaded=True)
    server.log = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()


def shoot(language: str, address: str) -> Path:
    """Take every picture and write the sheet; gives its file."""
    folder = ROOT / ".build" / "screenshots" / language
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    browser_path = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(base_url=address).new_page()
        found = []
        for shot in SHOTS:
            taken = take(page, shot, language, folder)
            found.append((shot, page.url.removeprefix(address), taken))
            sys.stdout.write(f"  {shot.name}{'' if taken else ': not there'}\n")
        browser.close()
    target = folder / "index.html"
    target.write_text(sheet(language, found), "utf-8")
    return target


def main() -> None:
    """Take pictures of what was asked for."""
    language = sys.argv[1] if len(sys.argv) > 1 else "en"
    if language not in LANGUAGES:
        sys.exit(f"{language} is not one of {', '.join(LANGUAGES)} (civic/core/languages.py).")
    if len(sys.argv) > 2:
        target = shoot(language, sys.argv[2].rstrip("/"))
    else:
        with site() as address:
            target = shoot(language, address)
    sys.stdout.write(f"Open {target.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
