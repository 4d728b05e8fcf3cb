"""The desk of support: which programmes there are, and who is on the way in one."""

from __future__ import annotations

from flask import render_template, request

from civic.challenge.models import Programme
from civic.challenge.queries.programmes import programme_by_slug, programmes
from civic.challenge.support import access
from civic.challenge.support.manage import bp
from civic.challenge.support.queries import demo, journeys, mentors, outcomes
from civic.challenge.support.queries.due import due_for_manager
from civic.core import clock
from civic.core.doors import allowed


@bp.get("")
@allowed(access.may_run)
def list_programmes() -> str:
    """What is due next, and every programme."""
    now = clock.now()
    return render_template(
        "challenge/support/manage/list_programmes.html",
        programmes=programmes(drafts_too=True),
        due=due_for_manager(now),
        today=clock.london_today(now),
    )


@bp.get("/<programme>")
@allowed(access.may_run, on=programme_by_slug)
def show_desk(programme: Programme) -> str:
    """A programme: its startups on their way, and what came of their tests."""
    return render_template(
        "challenge/support/manage/show_desk.html",
        programme=programme,
        page=journeys.supported_in(programme.id, at=request.args.get("at")),
        mentors=mentors.mentors_in(programme.id, "active"),
        day=demo.day_of(programme.id),
        outcomes=outcomes.in_programme(programme.id),
        today=clock.london_today(clock.now()),
    )
