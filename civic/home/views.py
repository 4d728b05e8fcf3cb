"""The front page, and what machines look for at the door."""

from datetime import timedelta
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, redirect, render_template
from flask.typing import ResponseReturnValue

from civic.core import clock
from civic.core.doors import allowed, anyone
from civic.core.i18n import LANGUAGES
from civic.core.pages import etag
from civic.core.person import maybe_me
from civic.core.web import asset, external_url, room
from civic.home import frame, queries
from civic.places import borough
from civic.surveys.queries.answering import open_surveys

bp = room("home", __name__)
gate = Blueprint("gate", __name__)
OPEN_SHOWN = 4
FOR_ROBOTS = (
    "home.front_page", "surveys.list_surveys", "accessibility.show_statement", "accessibility.list_barriers", "privacy.show_notice",
)  # fmt: skip
NOT_FOR_ROBOTS = ("staff", "account", "outbox", "sign-in", "sign-up", "preferences")


@bp.get("/")
@allowed(anyone)
def front_page() -> str:
    """What is open and how long it takes, what people said, and from where: what one can do here, in ten seconds."""
    now, person = clock.now(), maybe_me()
    surveys = open_surveys(now, person_id=person.id if person else None, size=OPEN_SHOWN)
    latest, totals = queries.latest_results(now), queries.totals(now)
    told = [queries.told_by(row[0], row[1]) for row in latest]
    etag("front", [tuple(map(str, row)) for row in surveys.items], told, totals, now.strftime("%Y-%m-%d %H:%M"))
    heard = queries.heard(latest)
    return render_template(
        "home/front_page.html", surveys=surveys.items, has_more=surveys.next is not None, heard=heard, totals=totals, now=now,
        by_borough=queries.by_borough(heard), ways=frame.ways(), here=borough(person.borough) if person and person.borough else None,
    )  # fmt: skip


@gate.get("/robots.txt")
@allowed(anyone)
def robots() -> Response:
    """What search engines need not read; nothing is hidden by it."""
    lines = ["User-agent: *", *(f"Disallow: /*/{name}" for name in NOT_FOR_ROBOTS), f"Sitemap: {_absolute('/sitemap.xml')}"]
    return _text("\n".join(lines) + "\n")


@gate.get("/sitemap.xml")
@allowed(anyone)
def sitemap() -> Response:
    """Every public page that has a list or a text of its own, in every language, and the surveys that are open."""
    pages: list[tuple[str, dict[str, str]]] = [(endpoint, {}) for endpoint in FOR_ROBOTS if frame.exists(endpoint)]
    if frame.exists("surveys.show_survey"):
        rows = open_surveys(clock.now(), person_id=None, size=500).items
        pages += [("surveys.show_survey", {"slug": row.slug}) for row in rows]
    urls = [external_url(endpoint, lang=code, **values) for endpoint, values in pages for code in LANGUAGES]
    body = "".join(f"<url><loc>{escape(each)}</loc></url>\n" for each in urls)
    whole = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</urlset>\n'
    return _kept(Response(whole, mimetype="application/xml"))


@gate.get("/.well-known/security.txt")
@allowed(anyone)
def security_txt() -> Response:
    """Whom to tell about a weakness (RFC 9116)."""
    until = (clock.now() + timedelta(days=180)).strftime("%Y-%m-01T00:00:00Z")
    told = (
        f"Contact: mailto:{current_app.config['CONTACT_EMAIL']}", f"Expires: {until}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}", f"Canonical: {_absolute('/.well-known/security.txt')}",
    )  # fmt: skip
    return _text("\n".join(told) + "\n")


@gate.get("/favicon.ico")
@allowed(anyone)
def favicon() -> ResponseReturnValue:
    """Where browsers look when nobody told them."""
    return redirect(asset("images/favicon.svg"), 302)


def _absolute(path: str) -> str:
    return current_app.config["BASE_URL"].rstrip("/") + path


def _text(words: str) -> Response:
    return _kept(Response(words, content_type="text/plain; charset=utf-8"))


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
