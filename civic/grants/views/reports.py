"""Reports for their writer: written in as many sittings as it takes, with evidence, then sent."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.core import clock
from civic.core.clock import london_today
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit, takes_uploads
from civic.core.states import IllegalMove
from civic.grants import wording
from civic.grants.actions import papers
from civic.grants.actions import reports as actions
from civic.grants.actions.editions import ChangedMeanwhile, edition
from civic.grants.forms.parts import of_page
from civic.grants.forms.recipients import ReportForm
from civic.grants.models import Award, Report
from civic.grants.queries import awards as queries
from civic.grants.views import bp
from civic.grants.views.claims import PAPER
from civic.grants.views.doors import for_recipients, found

FIELDS = {"capital": "spent_capital", "revenue": "spent_revenue"}


@bp.get("/awards/<public_id>/reports/<int:report_id>")
@for_recipients
def show_report(award: Award, report_id: int) -> ResponseReturnValue:
    """One report, to write or to read."""
    report = found(award, Report, report_id)
    return _page(report, _form(report))


@bp.post("/awards/<public_id>/reports/<int:report_id>")
@for_recipients
@takes_uploads(PAPER)
@limit("120/hour", key=person)
def save_report(award: Award, report_id: int) -> ResponseReturnValue:
    """Keep what is written, add or remove a paper, or send the report; a paper that was chosen is kept with any of these."""
    report, form = found(award, Report, report_id), ReportForm()
    if not _may_write(report):
        raise IllegalMove()
    act, _dash, number = (form.act.data or "").partition("-")
    act = act if act in TOLD else "save"
    if form.validate():
        with saving(form) as saved:
            _keep(report, form)
            if act == "remove":
                _take_away(report, number)
            if act == "send":
                said = {"text": form.text.data or "", "language": of_page(), "spent": form.spent}
                _send(report, said)
        if saved.ok:
            flash(TOLD[act](), "success")
            if act == "send":
                return see_other("grants.show_desk", public_id=award.public_id)
            return see_other("grants.show_report", public_id=award.public_id, report_id=report_id)
    again = queries.public_award(award.public_id)
    if again is None:
        raise NotFound()
    report = found(again, Report, report_id)
    stands = _stale(form, report)
    return _page(report, form, stands=stands), 409 if stands else 422


TOLD = {
    "save": lambda: _("Saved. Nothing is sent yet."),
    "paper": lambda: _("The paper is added."),
    "remove": lambda: _("The paper is removed."),
    "send": lambda: _("Thank you. Your report is with us."),
}


def _take_away(report: Report, number: str) -> None:
    paper = queries.paper_of(report.award, int(number) if number.isdecimal() and len(number) < 16 else 0)
    if paper is None:
        raise NotFound()
    papers.remove(report.award, report, paper, by=me(), now=clock.now())


def _send(report: Report, said: dict[str, Any]) -> None:
    try:
        actions.submit(report, **said, by=me(), now=clock.now())
    except actions.MoreThanPaid as refused:
        raise actions.MoreThanPaid(field=FIELDS.get(refused.field or "", "spent_capital")) from refused


def _keep(report: Report, form: ReportForm) -> None:
    """Whatever is asked for, nothing that was typed or chosen is lost."""
    if form.paper.data:
        about = {"title": form.paper_title.data or "", "language": of_page()}
        papers.add(report.award, report, form.paper.data, **about, by=me(), now=clock.now())
    said: dict[str, Any] = {"text": form.text.data or "", "language": of_page(), "spent": form.spent}
    actions.write(report, **said, seen=form.seen.data or "")


def _form(report: Report) -> ReportForm:
    known: dict[str, Any] = {"text": report.text, "seen": edition(report, actions.WRITTEN)}
    if report.spent:
        known |= {"spent_capital": report.spent.capital, "spent_revenue": report.spent.revenue}
    return ReportForm(formdata=None, data=known)


def _may_write(report: Report) -> bool:
    """While the award is agreed or was stopped, until it is sent."""
    return report.status == "due" and report.award.status in actions.REPORTING


def _stale(form: ReportForm, report: Report) -> str:
    """How the words stand now, where a colleague changed them meanwhile."""
    if ChangedMeanwhile.sentence not in form.form_errors:
        return ""
    form.seen.data, form.seen.raw_data = edition(report, actions.WRITTEN), None
    return report.text or "–"


def _page(report: Report, form: ReportForm, stands: str = "") -> str:
    award = report.award
    return render_template(
        "grants/recipient/show_report.html",
        award=award,
        report=report,
        papers=queries.papers_of(award).get(papers.name_of(report), []),
        paid=queries.paid(award.id),
        today=london_today(clock.now()),
        form=form if request.method == "POST" else None,
        written_form=form,
        stands_now=stands,
        may_write=_may_write(report),
        words=wording,
    )
