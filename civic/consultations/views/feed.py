"""What happens in consultations, as Atom feeds."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from civic.consultations import wording
from civic.consultations.models import Consultation
from civic.consultations.queries import consultations as queries
from civic.consultations.views import bp
from civic.core import clock
from civic.core.doors import allowed, anyone
from civic.core.feeds import Entry, atom
from civic.core.pages import etag

LINE = 300  # characters


@bp.get("/consultations/feed")
@allowed(anyone)
def list_feed() -> Response:
    """Consultations that were announced or answered, and their news."""
    now = clock.now()
    rows, news = queries.announced(now), queries.news(now)
    etag("consultations.feed", [tuple(map(str, row)) for row in (*rows, *news)])
    entries = [*(_announced(row) for row in rows), *(_answered(row) for row in rows if row.answered_at)]
    return _feed("consultations.list_consultations", {}, [*entries, *map(_update, news)], title=_("Consultations"))


@bp.get("/consultations/<slug>/feed")
@allowed(anyone, on=queries.public_by_slug)
def show_feed(consultation: Consultation) -> Response:
    """The news of one consultation."""
    news = queries.news(clock.now(), consultation)
    etag("consultation.feed", consultation.id, consultation.version_id, str(consultation.touched_at))
    parts = {"slug": consultation.slug}
    entries = [_answered(consultation)] if consultation.status == "answered" else []
    return _feed("consultations.show_consultation", parts, [*entries, *map(_update, news)], title=consultation.question)


def _feed(page: str, parts: dict[str, Any], entries: list[Entry], title: str) -> Response:
    newest = sorted(entries, key=lambda each: each[3], reverse=True)[: queries.NEWEST]
    return atom(page, parts, newest, title=title)


def _announced(row: Any) -> Entry:
    endpoint = "consultations.show_consultation"
    return row.question, endpoint, {"slug": row.slug}, row.announced_at, row.summary[:LINE], row.language


def _answered(row: Any) -> Entry:
    line = str(wording.STAGES["answered"])
    return row.question, "consultations.show_outcome", {"slug": row.slug}, row.answered_at, line, row.language


def _update(row: Any) -> Entry:
    parts = {"slug": row.slug, "_anchor": f"update-{row.id}"}
    return row.title, "consultations.show_consultation", parts, row.at, row.text[:LINE], row.language
