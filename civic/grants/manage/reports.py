"""Reports of recipients: read, accepted, sent back with questions, or done without."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.clock import london_today
from civic.core.db import transaction
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import history
from civic.grants import access, wording
from civic.grants.actions import reports as actions
from civic.grants.actions.papers import name_of
from civic.grants.forms.awards import ReturnForm
from civic.grants.forms.parts import WhyForm
from civic.grants.manage import desk
from civic.grants.manage.doors import again, for_award, must_be_able, part_of
from civic.grants.models import Award, Report
from civic.grants.queries import awards as queries
from civic.grants.queries import people


@desk.get("/awards/<public_id>/reports/<int:report_id>")
@for_award()
def show_report(award: Award, report_id: int) -> ResponseReturnValue:
    """What a recipient reported; nothing of it before it was sent."""
    return _page(part_of(award, Report, report_id))


@desk.post("/awards/<public_id>/reports/<int:report_id>/acceptance")
@for_award(access.may_run)
def accept_report(award: Award, report_id: int) -> ResponseReturnValue:
    """It says what it should."""
    report = part_of(award, Report, report_id)
    with transaction():
        actions.accept(report, by=me(), now=clock.now())
    flash(_("The report is accepted."), "success")
    return see_other("grant_desk.show_award", public_id=award.public_id, _anchor="reports")


@desk.post("/awards/<public_id>/reports/<int:report_id>/return")
@for_award(access.may_run)
def return_report(award: Award, report_id: int) -> ResponseReturnValue:
    """Send it back with questions."""
    report, form = part_of(award, Report, report_id), ReturnForm()
    must_be_able(report, "return")
    if form.validate():
        with saving(form) as saved:
            actions.send_back(report, why=form.missing.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("Sent back. The recipient has your words by email."), "success")
            return see_other("grant_desk.show_award", public_id=award.public_id, _anchor="reports")
    return _page(part_of(again(award), Report, report_id), missing=form), 422


@desk.post("/awards/<public_id>/reports/<int:report_id>/waiver")
@for_award(access.may_run)
def waive_report(award: Award, report_id: int) -> ResponseReturnValue:
    """Do without it, and say why."""
    report, form = part_of(award, Report, report_id), WhyForm()
    must_be_able(report, "waive")
    if form.validate():
        with saving(form) as saved:
            actions.waive(report, why=form.why.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("The report is not asked for any more."), "success")
            return see_other("grant_desk.show_award", public_id=award.public_id, _anchor="reports")
    return _page(part_of(again(award), Report, report_id), waive=form), 422


def _page(report: Report, *, missing: ReturnForm | None = None, waive: WhyForm | None = None) -> str:
    award, moves = report.award, history(report)
    runs = access.may_run(award)
    return render_template(
        "grants/manage/show_report.html",
        award=award,
        report=report,
        papers=queries.papers_of(award).get(name_of(report), []) if report.submitted_at else [],
        paid=queries.paid(award.id),
        today=london_today(clock.now()),
        names=people.names([report.submitted_by_id, report.read_by_id, *(move.actor_id for move in moves)]),
        moves=moves[::-1],
        form=missing or waive,
        missing=missing or ReturnForm(formdata=None),
        waive=waive or WhyForm(formdata=None),
        may_judge=runs and report.status == "submitted",
        may_waive=runs and report.status == "due",
        words=wording,
    )
