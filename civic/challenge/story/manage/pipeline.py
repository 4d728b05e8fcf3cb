"""From drafts to outcomes, challenge by challenge; and what is due next, by whom."""

from flask import render_template

from civic.challenge import access
from civic.challenge.models import Programme
from civic.challenge.queries.programmes import programme_by_slug
from civic.challenge.story.manage import bp
from civic.challenge.story.queries.due import due_for_manager
from civic.challenge.story.queries.pipeline import pipeline_of
from civic.core import clock
from civic.core.clock import london_today
from civic.core.doors import allowed
from civic.core.person import me


@bp.get("/programmes/<programme>/pipeline")
@allowed(access.may_see_desk, on=programme_by_slug)
def show_pipeline(programme: Programme) -> str:
    """How many stand where; before the deadline drafts and what was sent are counted and never shown."""
    return render_template("challenge/story/show_pipeline.html", programme=programme, pipeline=pipeline_of(programme))


@bp.get("/due")
@allowed(access.may_see_desk)
def list_due() -> str:
    """Everything that somebody must do next in the challenge, overdue first."""
    now = clock.now()
    return render_template("challenge/story/list_due.html", due=due_for_manager(me().id, now), today=london_today(now))
