"""A startup that was a finalist, as everybody sees it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.challenge.applying.models import Startup
from civic.challenge.story.queries.finalists import finalists_of
from civic.challenge.story.queries.startups import finalist_startup
from civic.challenge.story.views import bp
from civic.core.doors import allowed, anyone
from civic.core.pages import etag


@bp.get("/challenges/startups/<int:startup_id>")
@allowed(anyone, on=finalist_startup)
def show_startup(startup: Startup) -> ResponseReturnValue:
    """What it does, for which challenges it was a finalist, and what came of it."""
    finals = finalists_of(startup_id=startup.id)
    etag("startup", startup.id, startup.version, startup.organisation.name, finals)
    return render_template("challenge/story/show_startup.html", startup=startup, finals=finals)
