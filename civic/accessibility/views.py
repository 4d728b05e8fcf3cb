"""What everybody sees: preferences, the statement, reporting a barrier, the register of reports."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accessibility import actions, display, queries, statement, wording
from civic.accessibility.forms import BarrierForm, PreferencesForm, same_site
from civic.accessibility.models import OPEN, BarrierReport
from civic.accessibility.rules import answer_by, display_of
from civic.core import clock
from civic.core.clock import london_today
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.feeds import atom
from civic.core.i18n import speaking
from civic.core.pages import etag, see_other
from civic.core.person import maybe_me
from civic.core.security import limit
from civic.core.web import room

bp = room("accessibility", __name__)


@bp.get("/preferences")
@allowed(anyone)
def show_preferences() -> str:
    """Make this site easier to use: one's own device first, then ours."""
    chosen = display.shown()
    form = PreferencesForm(formdata=None, language=g.language.code, next=same_site(request.args.get("next")))
    for name in display_of({}).__slots__:
        form[name].data = getattr(chosen, name)
    return render_template("accessibility/show_preferences.html", form=form)


@bp.post("/preferences")
@allowed(anyone)
@limit("30/minute")
def save_preferences() -> ResponseReturnValue:
    """Keep the choices with the account, or in this browser where nobody is signed in."""
    form = PreferencesForm()
    if not form.validate():
        return render_template("accessibility/show_preferences.html", form=form), 422
    chosen, language, person = display_of(form.data), str(form.language.data), maybe_me()
    back = same_site(form.next.data) or url_for("accessibility.show_preferences")
    response = redirect(_in_language(back, language), 303)
    if person is not None:
        with transaction():
            actions.keep_preferences(person, chosen, language=language)
    else:
        display.keep(response, chosen, language)
    with speaking(language):
        flash(_("Saved. From now on we show you the site like this."), "success")
    return response


def _in_language(path: str, language: str) -> str:
    first, _slash, rest = path.removeprefix("/").partition("/")
    return f"/{language}/{rest}" if first == g.language.code else path


@bp.get("/accessibility-statement")
@allowed(anyone)
def show_statement() -> str:
    """What works, what does not yet, how to tell us, and who sees to it that we listen."""
    figures, known = queries.figures(), queries.known_problems()
    etag("statement", figures, known, statement.REVIEWED_ON)
    return render_template(
        "accessibility/show_statement.html",
        facts=statement,
        waiting=figures.shown("open"),
        figures=figures,
        known=known,
    )


@bp.get("/barrier-reports")
@allowed(anyone)
def list_barriers() -> str:
    """Every report with its state: that we were told, and what came of it."""
    status = request.args.get("status", "")
    status = status if status in queries.SHOWS else ""
    page, figures = queries.register(status, request.args.get("at")), queries.figures()
    today = london_today(clock.now())
    etag("barriers", status, [tuple(row) for row in page.items], figures, today)
    return render_template(
        "accessibility/list_barriers.html",
        page=page,
        status=status,
        figures=figures,
        shows=wording.SHOWS,
        states=wording.STATES,
        colours=wording.STATE_COLOURS,
        answer_by=answer_by,
        is_open=lambda row: row.status in OPEN,
        today=today,
    )


@bp.get("/barrier-reports/feed")
@allowed(anyone)
def barriers_feed() -> ResponseReturnValue:
    """What happened to reports, the newest first, as an Atom feed."""
    rows = queries.latest()
    etag("barriers feed", [tuple(row) for row in rows])
    entries = [
        (
            f"{_('Barrier report %(number)s', number=row.id)}: {wording.STATES[row.status]}",
            "accessibility.show_barrier",
            {"report_id": row.id},
            row.at,
            row.summary or str(wording.STATES_EXPLAINED[row.status]),
            row.summary_language if row.summary else g.language.code,
        )
        for row in rows
    ]
    return atom("accessibility.list_barriers", {}, entries, title=_("Barriers people told us about"))


@bp.get("/barrier-reports/new")
@allowed(anyone)
def new_barrier() -> str:
    """A form for telling us what stood in the way."""
    form = BarrierForm(formdata=None, page=same_site(request.args.get("page")))
    if (person := maybe_me()) is not None:
        form.email.data = person.email
    return render_template("accessibility/new_barrier.html", form=form)


@bp.post("/barrier-reports")
@allowed(anyone)
@limit("10/hour")
def report_barrier() -> ResponseReturnValue:
    """Take a report from anybody; what a machine typed is thanked for and forgotten."""
    form = BarrierForm()
    if not form.validate():
        return render_template("accessibility/new_barrier.html", form=form), 422
    thanks = _("Thank you. Your report has arrived, and somebody will look into it.")
    if form.came_from_a_machine:
        flash(thanks, "success")
        return see_other("accessibility.list_barriers")
    with transaction():
        report = actions.report_barrier(
            happened=form.happened.data, wanted=form.wanted.data or "", page=form.page.data or "",
            contact_by=form.contact_by.data, email=form.email.data or "", phone=form.phone.data or "",
            language=g.language.code, by=maybe_me(), now=clock.now(),
        )  # fmt: skip
    flash(thanks, "success")
    return see_other("accessibility.show_barrier", report_id=report.id)


@bp.get("/barrier-reports/<int:report_id>")
@allowed(anyone, on=queries.report_by_id)
def show_barrier(report: BarrierReport) -> str:
    """What everybody may know of one report: when it came, where it stands, and the published summary."""
    moves, today = queries.moves_of(report), london_today(clock.now())
    etag("barrier", report.id, moves, report.public_summary, report.summary_language, today)
    return render_template(
        "accessibility/show_barrier.html", report=report, states=wording.STATES, explained=wording.STATES_EXPLAINED,
        colours=wording.STATE_COLOURS, days=statement.ANSWER_DAYS, moves=moves, today=today,
    )  # fmt: skip
