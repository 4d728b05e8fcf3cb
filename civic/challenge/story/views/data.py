"""A programme as open data: CSV, JSON, and what every column means."""

import json

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from civic.challenge import access
from civic.challenge.models import Programme
from civic.challenge.queries.briefs import challenges_of
from civic.challenge.queries.programmes import programme_by_slug
from civic.challenge.story import columns, publishing
from civic.challenge.story.queries.whole import Story, story_of
from civic.challenge.story.views import bp
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.pages import etag
from civic.core.sheets import lines
from civic.grants.wording.data import LICENCE


@bp.get("/challenges/programmes/<programme>/data")
@allowed(access.may_see_programme, on=programme_by_slug, hide=True)
def show_data(programme: Programme) -> ResponseReturnValue:
    """The files, their columns, and under which licence they are given."""
    etag("programme data", programme.id, programme.version)
    return render_template(
        "challenge/story/show_data.html",
        programme=programme,
        challenges=columns.CHALLENGES,
        finalists=columns.FINALISTS,
        licence=LICENCE,
    )


@bp.get("/challenges/programmes/<programme>/challenges.csv")
@allowed(access.may_see_programme, on=programme_by_slug, hide=True)
def download_challenges(programme: Programme) -> ResponseReturnValue:
    """One line for each challenge: how many applied and came on."""
    rows = publishing.table(columns.CHALLENGES, publishing.challenges(programme, _told(programme)))
    return _csv(programme, rows, "challenges")


@bp.get("/challenges/programmes/<programme>/finalists.csv")
@allowed(access.may_see_programme, on=programme_by_slug, hide=True)
def download_finalists(programme: Programme) -> ResponseReturnValue:
    """One line for each finalist: its grant, what was paid and reached, and what came of it."""
    rows = publishing.table(columns.FINALISTS, publishing.finalists(programme, _told(programme)))
    return _csv(programme, rows, "finalists")


@bp.get("/challenges/programmes/<programme>/programme.json")
@allowed(access.may_see_programme, on=programme_by_slug, hide=True)
def download_json(programme: Programme) -> ResponseReturnValue:
    """All of it in one document."""
    content = json.dumps(publishing.whole(programme, _told(programme)), ensure_ascii=False, indent=1)
    return _file(Response(content, content_type="application/json; charset=utf-8"), programme, "programme", "json")


def _told(programme: Programme) -> Story:
    """The story, once there is something to tell of it; raises NotFound before the deadline."""
    story = story_of(programme, challenges_of(programme_id=programme.id))
    if not story.tells_counts:
        raise NotFound()
    return story


def _csv(programme: Programme, rows: object, name: str) -> Response:
    return _file(Response("".join(lines(rows)), content_type="text/csv; charset=utf-8"), programme, name, "csv")  # type: ignore[arg-type]


def _file(response: Response, programme: Programme, name: str, ending: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{programme.slug}-{name}.{ending}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
