"""How matching works, for everybody: the method in plain words, the ATRS record, and what is known of each published match."""

from __future__ import annotations

from flask import Response, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from civic.challenge.matching.queries import public
from civic.challenge.matching.record import record, settings_of
from civic.challenge.matching.views import bp
from civic.core.doors import allowed, anyone
from civic.core.pages import etag


@bp.get("/challenges/matching")
@allowed(anyone)
def show_method() -> ResponseReturnValue:
    """How startups and challenges are matched, and the record of the algorithm."""
    published = public.published_matches()
    etag("match method", [(each.run_id, each.file_hash) for each in published], settings_of(current_app.config))
    return render_template("challenge/matching/show_method.html", tiers=record(current_app.config), published=published)


@bp.get("/challenges/matching/record.json")
@allowed(anyone)
def show_record() -> Response:
    """The record of the algorithm as data."""
    return jsonify(
        standard="Algorithmic Transparency Recording Standard",
        sections=[
            {
                "tier": section.tier,
                "section": str(section.title),
                "fields": [
                    {"name": str(each.name), "value": str(each.value), "stated": each.is_stated}
                    for each in section.fields
                ],
            }
            for section in record(current_app.config)
        ],
    )
