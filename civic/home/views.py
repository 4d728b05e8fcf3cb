"""The front page, and what machines look for at the door."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, g, redirect, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from civic.core import clock
from civic.core.doors import allowed, anyone
from civic.core.i18n import PSEUDO, enabled
from civic.core.pages import etag
from civic.core.person import maybe_me
from civic.core.translatable import laid_tag
from civic.core.web import asset, external_url, room
from civic.crowdfund.queries import listing as campaigns
from civic.crowdfund.translating import listed_campaigns
from civic.crowdfund.wording.public import STAGE_TAGS
from civic.discussions.queries.threads import ListedThread, Wish, threads
from civic.discussions.translating import listed_threads
from civic.discussions.views.showing import address_of
from civic.home import frame, queries
from civic.places import BOROUGHS, Borough, borough
from civic.surveys.queries.answering import open_surveys
from civic.translation.reading import lay

bp = room("home", __name__)
gate = Blueprint("gate", __name__)
OPEN_SHOWN = 4
PROJECTS_SHOWN = 3
THREADS_SHOWN = 3
MIDDLE = "E09000001"  # the City shines for those whose borough we do not know
FOR_ROBOTS = (
    "home.front_page", "consultations.list_consultations", "consultations.show_report_card", "surveys.list_surveys",
    "discussions.list_topics",
    "crowdfund.list_campaigns", "crowdfund.show_fees", "accessibility.show_statement", "accessibility.list_barriers",
    "privacy.show_notice", "moderation.show_house_rules", "moderation.show_report",
)  # fmt: skip
NOT_FOR_ROBOTS = ("staff", "account", "outbox", "sign-in", "sign-up", "preferences")


@bp.get("/")
@allowed(anyone)
def front_page() -> str:
    """What is open and how long it takes, what people said, and from where: what one can do here, in ten seconds."""
    now, person = clock.now(), maybe_me()
    surveys = open_surveys(now, person_id=person.id if person else None, size=OPEN_SHOWN)
    so_far = queries.so_far(now)
    projects = campaigns.near(person.borough if person else None, now, PROJECTS_SHOWN)
    talk = threads(Wish(), size=THREADS_SHOWN).items
    shown = [tuple(map(str, row)) for row in surveys.items]
    laid = lay({**listed_campaigns(projects), **listed_threads(talk)})
    etag(
        "front", shown, projects, talk, laid, so_far.sent, so_far.published, so_far.told, now.strftime("%Y-%m-%d %H:%M")
    )
    here = borough(person.borough) if person and person.borough else None
    begun = [each for each in surveys.items if not each.opens_at or each.opens_at <= now]
    coming = [each for each in surveys.items if each not in begun]
    return render_template(
        "home/front_page.html", surveys=begun, coming=coming, has_more=surveys.next is not None, so_far=so_far, now=now, here=here,
        ways=frame.ways(), said=_said(so_far, here), projects=_projects(projects, now), talk=_talk(talk),
        tiles=_tiles(here.gss if here else MIDDLE),
    )  # fmt: skip


_drawn: dict[tuple[Any, ...], str] = {}
MOST_DRAWN = 128


def _drawn_once(key: tuple[Any, ...], draw: Callable[[], str]) -> str:
    """A part of the page that is the same for all who share this key, drawn for the first of them."""
    if key not in _drawn:
        if len(_drawn) >= MOST_DRAWN:
            _drawn.clear()
        _drawn[key] = draw()
    return Markup(_drawn[key])  # noqa: S704 - our own template drew it


def _projects(rows: list[campaigns.Listed], now: datetime) -> str:
    """Campaigns that are open: drawn once a minute for all who see the same in the same language."""
    if not rows:
        return ""
    key = ("projects", tuple(map(repr, rows)), now.strftime("%Y-%m-%d %H:%M"), g.language.code, laid_tag())
    return _drawn_once(key, lambda: render_template("home/_projects.html", rows=rows, now=now, tags=STAGE_TAGS))


def _talk(rows: Sequence[ListedThread]) -> str:
    """What people are talking about, by the last thing that was said."""
    if not rows:
        return ""
    key = ("talk", tuple(map(repr, rows)), g.language.code, laid_tag())
    return _drawn_once(key, lambda: render_template("home/_talk.html", rows=rows, address_of=address_of))


def _said(so_far: queries.SoFar, here: Borough | None) -> str:
    """What people said and from where: the same for all who share a language and a borough, so it is drawn once for them."""

    def draw() -> str:
        heard = queries.heard(so_far.latest)
        return render_template("home/_said.html", heard=heard, by_borough=queries.by_borough(heard), here=here)

    return _drawn_once((so_far.told, g.language.code, here), draw)


@lru_cache(64)
def _tiles(heart: str) -> tuple[str, str]:
    """London as tiles, as two SVG paths: everywhere, and the one place that shines."""
    drawn = {each.gss: f"M{each.x * 100} {each.y * 100}h92v92h-92z" for each in BOROUGHS}
    return "".join(path for gss, path in drawn.items() if gss != heart), drawn[heart]


@gate.get("/robots.txt")
@allowed(anyone)
def robots() -> Response:
    """What search engines need not read; nothing is hidden by it."""
    lines = [
        "User-agent: *",
        *(f"Disallow: /*/{name}" for name in NOT_FOR_ROBOTS),
        f"Sitemap: {_absolute('/sitemap.xml')}",
    ]
    return _text("\n".join(lines) + "\n")


@gate.get("/sitemap.xml")
@allowed(anyone)
def sitemap() -> Response:
    """Every public page that has a list or a text of its own, in every language, the surveys that are open and the newest campaigns."""
    pages: list[tuple[str, dict[str, str]]] = [(endpoint, {}) for endpoint in FOR_ROBOTS if frame.exists(endpoint)]
    if frame.exists("surveys.show_survey"):
        rows = open_surveys(clock.now(), person_id=None, size=500).items
        pages += [("surveys.show_survey", {"slug": row.slug}) for row in rows]
    if frame.exists("crowdfund.show_campaign"):
        pages += [("crowdfund.show_campaign", {"slug": row.slug}) for row in campaigns.newest(500, clock.now())]
    urls = [external_url(endpoint, lang=code, **values) for endpoint, values in pages for code in _offered()]
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
        f"Preferred-Languages: {', '.join(_offered())}", f"Canonical: {_absolute('/.well-known/security.txt')}",
    )  # fmt: skip
    return _text("\n".join(told) + "\n")


@gate.get("/favicon.ico")
@allowed(anyone)
def favicon() -> ResponseReturnValue:
    """Where browsers look when nobody told them."""
    return redirect(asset("images/favicon.svg"), 302)


def _offered() -> list[str]:
    """The languages that others may be led to."""
    return [code for code in enabled() if code != PSEUDO]


def _absolute(path: str) -> str:
    return current_app.config["BASE_URL"].rstrip("/") + path


def _text(words: str) -> Response:
    return _kept(Response(words, content_type="text/plain; charset=utf-8"))


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
