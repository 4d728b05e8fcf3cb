"""What was handed in, after the deadline: the list, one application with everything about it, its letter, and the file."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civic.assessment import queries as assessment
from civic.assessment.queries.interests import hidden_among
from civic.core import clock, files
from civic.core.clock import in_london
from civic.core.db import stream
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.pages import page_of
from civic.core.person import me
from civic.core.sheets import lines
from civic.core.states import history
from civic.core.subjects import named
from civic.crowdfund.rounds import access
from civic.crowdfund.rounds.actions import applying
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.manage.doors import on_application
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.queries.rounds import round_alone, round_by_slug
from civic.crowdfund.rounds.rules.choices import SENT
from civic.grants.access import may_see_grants
from civic.grants.queries.awards import of_subject
from civic.grants.queries.decisions import open_of
from civic.grants.queries.people import names

FIXED = (
    "number",
    "state",
    "title",
    "applicant",
    "kind",
    "tier",
    "borough",
    "capital",
    "revenue",
    "total",
    "project cost",
    "sent",
)


def may_list(round_: Round) -> bool:
    """The list itself says before the deadline how many there are, to those who run the round."""
    return access.may_run(round_) or access.may_read_applications(round_)


@desk.get("/<slug>/applications")
@allowed(may_see_grants)
@allowed(may_list, on=round_alone)
def list_applications(round_: Round) -> ResponseReturnValue:
    """Before the deadline their number alone; after it what was handed in, by state."""
    if not access.may_read_applications(round_):
        return render_template("crowdfund/rounds/desk/sealed.html", round=round_, number=queries.how_many_sent(round_))
    show = request.args.get("show", "all")
    states = (show,) if show in SENT else SENT
    page = page_of(queries.listed(round_, states), [Application.id], at=request.args.get("at"), size=50)
    hidden = hidden_among([each.Application.name for each in page.items], me().id)
    return render_template(
        "crowdfund/rounds/desk/list_applications.html",
        round=round_,
        page=page,
        show=show if show in SENT else "all",
        states=("all", *SENT),
        hidden=hidden,
        may_export=access.may_export(round_),
    )


@desk.get("/applications/<int:application_id>")
@on_application(access.may_read)
def show_application(application: Application) -> ResponseReturnValue:
    """All of it, how it was judged, where its award stands, and what can be done."""
    now, award, moves = clock.now(), of_subject(application.name), history(application)
    decision = open_of(award.id) if award is not None else None
    return render_template(
        "crowdfund/rounds/desk/show_application.html",
        application=application,
        round=application.round,
        campaign=application.campaign,
        staff=True,
        letter=url_for("round_desk.show_letter", application_id=application.id),
        now_findings=applying.findings_of(application, now),
        result=assessment.result_of(application.name),
        item=assessment.item_of(application.name),
        award=award,
        decision=decision,
        moves=moves,
        people=names([each.actor_id for each in moves]),
        may_recommend=access.may_recommend(application),
        may_turn_down=access.may_turn_down(application),
        may_reinstate=access.may_reinstate(application),
    )


@desk.get("/applications/<int:application_id>/letter")
@allowed(access.may_read_letter, on=queries.application_by_id, hide=True)
def show_letter(application: Application) -> ResponseReturnValue:
    """The letter of whoever knows an individual applicant, as a download."""
    letter = queries.referee_file(application)
    if letter is None:
        raise NotFound()
    return files.send_private(letter)


@desk.get("/<slug>/applications.csv")
@allowed(may_see_grants)
@allowed(access.may_export, on=round_by_slug)
def export_applications(round_: Round) -> ResponseReturnValue:
    """Everything that was handed in, as a file; of what was given up only the number, of what one may not see nothing."""
    asked = [each for each in round_.questions if each.stage == "application"]
    numbers = queries.numbers_sent(round_)
    hidden = hidden_among([named("application", number) for number in numbers], me().id)
    head = (*FIXED, *(each.text for each in asked))
    response = Response(lines(_rows(stream(queries.sent(round_)), head, asked, hidden)), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=f"{round_.slug}-applications.csv")
    response.headers["Cache-Control"] = "no-store"
    return response


def _rows(
    found: Iterable[Any], head: tuple[str, ...], asked: list[Any], hidden: dict[str, str]
) -> Iterator[tuple[Any, ...]]:
    yield head
    for application, organisation, kind, tier in found:
        if application.name in hidden:
            continue
        if application.status == "withdrawn":
            yield (application.id, application.status, *("" for _column in head[2:]))
            continue
        yield (
            application.id,
            application.status,
            application.title,
            organisation or "An individual",
            kind or "",
            tier or "",
            application.borough or "",
            _pounds(application.capital_minor),
            _pounds(application.revenue_minor),
            _pounds(application.ask.total.minor),
            _pounds(application.cost_minor),
            f"{in_london(application.submitted_at):%Y-%m-%d %H:%M}",
            *(application.answers.get(each.key, "") for each in asked),
        )


def _pounds(minor: int | None) -> str:
    """Pence as pounds for a spreadsheet: "20.50"."""
    return "" if minor is None else f"{minor // 100}.{minor % 100:02d}"
