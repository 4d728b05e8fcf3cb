"""Rounds for everybody: the list, one round with its dates, conditions and pledges, and a project that got one."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civic.assessment import queries as assessment
from civic.core import clock
from civic.core.doors import allowed, anyone
from civic.core.pages import etag
from civic.core.person import maybe_me
from civic.core.states import history
from civic.crowdfund.rounds.access import may_run, may_see_round
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries import applications as application_queries
from civic.crowdfund.rounds.queries import parts as queries
from civic.crowdfund.rounds.queries import rounds as round_queries
from civic.crowdfund.rounds.rules.dates import has_come, in_order, takes_applications, takes_expressions
from civic.crowdfund.rounds.translating import lay_round, lay_rounds
from civic.crowdfund.rounds.views import bp
from civic.grants.models import Award

GROUPS = (
    ("open", ("expressions", "between", "applications")),
    ("coming", ("coming",)),
    ("judged", ("assessment",)),
    ("past", ("decided", "over", "cancelled")),
)


@bp.get("/rounds")
@allowed(anyone)
def list_rounds() -> ResponseReturnValue:
    """Every round: open now, coming, being assessed, past."""
    now = clock.now()
    rounds = round_queries.public_rounds()
    sums = queries.sums_of(rounds)
    said = lay_rounds(rounds)
    etag("rounds", [(each.id, each.version) for each in rounds], list(sums.items()), said, _minute(now))
    placed = [(each.place(now), each) for each in rounds]
    groups = [(name, [(at, each) for at, each in placed if at in places]) for name, places in GROUPS]
    return render_template(
        "crowdfund/rounds/list_rounds.html", groups=[group for group in groups if group[1]], sums=sums, now=now
    )


@bp.get("/rounds/<slug>")
@allowed(may_see_round, on=round_queries.round_alone, hide=True)
def show_round(round_: Round) -> ResponseReturnValue:
    """One round: what it is for, where it stands, who can apply, every date, how it is judged, and its pledges."""
    now = clock.now()
    parts, panel = queries.parts(round_), assessment.panel_of(round_.name)
    criteria = assessment.criteria_of(panel) if panel is not None else []
    pledges = queries.pledges_of(round_, at=request.args.get("at")) if round_.announced_at is not None else None
    told = [(each.id, each.title, each.weight, each.guidance) for each in criteria]
    shown = (
        [(each.id, each.status, each.capital_minor + each.revenue_minor) for each in pledges.items] if pledges else []
    )
    said = lay_round(round_)
    if round_.is_public():
        etag("round", round_.id, round_.version, parts.told, told, shown, said, _minute(now))
    moves = history(round_) if round_.status == "cancelled" else []
    return render_template(
        "crowdfund/rounds/show_round.html",
        round=round_,
        parts=parts,
        panel=panel,
        criteria=criteria,
        pledges=pledges,
        called_off=moves[-1] if moves else None,
        place=round_.place(now),
        dates=[(name, value, has_come(value, now)) for name, value in in_order(round_.dates)],
        takes_ideas=round_.status == "open" and takes_expressions(round_.dates, now),
        takes=round_.status == "open" and takes_applications(round_.dates, now),
        may_run=maybe_me() is not None and may_run(round_),
        now=now,
    )


@bp.get("/rounds/<slug>/projects/<int:application_id>")
@allowed(anyone, on=application_queries.public_application)
def show_project(found: tuple[Application, Award]) -> ResponseReturnValue:
    """A project that got a pledge, with the answers that everybody may read; nothing of any other."""
    application, award = found
    etag(
        "project", application.id, application.status, award.id, award.status, award.capital_minor, award.revenue_minor
    )
    public = [each for each in application.round.questions if each.stage == "application" and each.is_public]
    page: dict[str, Any] = {"application": application, "round": application.round, "award": award, "public": public}
    return render_template("crowdfund/rounds/show_project.html", **page, campaign=application.campaign)


def _minute(now: Any) -> str:
    return str(now.strftime("%Y-%m-%d %H:%M"))
