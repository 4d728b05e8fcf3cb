"""The list of campaigns, and its feed."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from civic.core import clock
from civic.core.doors import allowed, anyone
from civic.core.feeds import atom
from civic.core.i18n import format_number
from civic.core.pages import Page, etag
from civic.crowdfund.forms.listing import FilterForm, wish_of
from civic.crowdfund.queries import listing as queries
from civic.crowdfund.translating import listed_campaigns
from civic.crowdfund.views import bp
from civic.crowdfund.views.drawing import drawn
from civic.crowdfund.wording.public import SHOW_NAMES, STAGE_TAGS
from civic.places import BOROUGHS
from civic.translation.reading import lay


@bp.get("/campaigns")
@allowed(anyone)
def list_campaigns() -> ResponseReturnValue:
    """Campaigns as calm rows, by stage, borough, kind and words, beside a map of where they are."""
    now, wish = clock.now(), wish_of(request.args)
    page = queries.campaigns(wish, now, g.language.code, at=request.args.get("at"))
    boroughs = queries.by_borough(wish, now, g.language.code)
    rows, said = tuple(map(queries.told_by, page.items)), lay(listed_campaigns(page.items))
    told = (wish, rows, page.next, page.previous, _told(boroughs), said, _minute(now))
    etag("campaigns", told)
    return render_template(
        "crowdfund/list_campaigns.html",
        listed=drawn("crowdfund/public/_listed.html", *told, **_shown(wish, page, boroughs, now)),
    )


def _told(boroughs: dict[str, int] | None) -> tuple[tuple[str, int], ...]:
    return tuple(boroughs.items()) if boroughs else ()


def _minute(now: datetime) -> str:
    """What is left is told in minutes at the end."""
    return now.strftime("%Y-%m-%d %H:%M")


def _shown(wish: queries.Wish, page: Page, boroughs: dict[str, int] | None, now: datetime) -> dict[str, Any]:
    """What the list is drawn from."""
    asked = {name: value for name, value in asdict(wish).items() if value and (name, value) != ("show", "open")}
    return {
        "page": page,
        "wish": wish,
        "asked": asked,
        "narrow": {name: value for name, value in asked.items() if name in ("words", "borough", "kind")},
        "boroughs_of": boroughs or {},
        "borough_links": _borough_links(asked),
        "found_words": _found(wish, boroughs),
        "search": FilterForm(formdata=None, data=asdict(wish)),
        "tags": STAGE_TAGS,
        "show_names": SHOW_NAMES,
        "now": now,
    }


def _found(wish: queries.Wish, boroughs: dict[str, int] | None) -> str:
    """How many there are, where they could be counted."""
    if boroughs is None:
        return "" if wish.borough else _("More than %(most)s campaigns", most=format_number(queries.MOST_COUNTED))
    found = boroughs[wish.borough] if wish.borough else sum(boroughs.values())
    return ngettext("%(shown)s campaign", "%(shown)s campaigns", found, shown=format_number(found))


def _borough_links(asked: dict[str, Any]) -> dict[str, str]:
    """The address of the same list in each borough; one address is made and 33 written."""
    stem = url_for("crowdfund.list_campaigns", **{name: value for name, value in asked.items() if name != "borough"})
    joint = "&" if "?" in stem else "?"
    return {each.gss: f"{stem}{joint}borough={each.gss}" for each in BOROUGHS}


@bp.get("/campaigns/feed")
@allowed(anyone)
def campaigns_feed() -> ResponseReturnValue:
    """The newest campaigns as an Atom feed."""
    rows = queries.newest(30, clock.now())
    etag("campaigns feed", [(row.slug, row.title, row.summary) for row in rows])
    entries = [
        (row.title, "crowdfund.show_campaign", {"slug": row.slug}, row.opened_at, row.summary, row.language)
        for row in rows
    ]
    return atom("crowdfund.list_campaigns", {}, entries)
