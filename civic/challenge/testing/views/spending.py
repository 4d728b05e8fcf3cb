"""Reports on spending: what was done, and what was spent of each budget line so far."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm.attributes import set_committed_value

from civic.challenge.testing import access, wording
from civic.challenge.testing.actions import spending as actions
from civic.challenge.testing.forms.acts import SpendForm
from civic.challenge.testing.models import TestGrant
from civic.challenge.testing.queries import spending
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.views import bp
from civic.challenge.testing.views.doors import for_test
from civic.core import clock
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove
from civic.grants.actions import reports
from civic.grants.actions.editions import ChangedMeanwhile, edition
from civic.grants.forms.parts import of_page
from civic.grants.models import Report
from civic.grants.queries import awards
from civic.grants.wording import REPORT_KINDS, REPORT_STATES


@bp.get("/<int:test_id>/reports/<int:report_id>")
@for_test()
def show_report(test: TestGrant, report_id: int) -> ResponseReturnValue:
    """One report, to write or to read."""
    report = _here(test, report_id)
    known: dict[str, Any] = {"text": report.text, "seen": edition(report, reports.WRITTEN)}
    told = spending.of_reports([report.id]).get(report.id, {})
    known |= {f"spent_{number}": money for number, money in told.items()}
    return _page(test, report, SpendForm.of(queries.lines_of(test.id), formdata=None, data=known))


@bp.post("/<int:test_id>/reports/<int:report_id>")
@for_test(access.is_startup)
def save_report(test: TestGrant, report_id: int) -> ResponseReturnValue:
    """Keep what is written, or send it."""
    report, lines = _here(test, report_id), queries.lines_of(test.id)
    if report.status != "due":
        raise IllegalMove()
    form = SpendForm.of(lines)
    if form.validate():
        said = {"text": form.text.data or "", "language": of_page()}
        sends = form.act.data == "send"
        with saving(form) as saved:
            if sends:
                actions.send(test, report, form.spent(lines), **said, by=me(), now=clock.now())
            else:
                actions.keep(test, report, form.spent(lines), **said, seen=form.seen.data or "")
        if saved.ok:
            flash(_("Your report is with us.") if sends else _("Saved. Nothing is sent yet."), "success")
            if sends:
                return see_other("testing.show_test", test_id=test.id)
            return see_other("testing.show_report", test_id=test.id, report_id=report_id)
    test = queries.fresh(test.id)
    report = _here(test, report_id)
    stands = ""
    if ChangedMeanwhile.sentence in form.form_errors:
        form.seen.data, form.seen.raw_data = edition(report, reports.WRITTEN), None
        stands = report.text or "–"
    return _page(test, report, form, stands), 409 if stands else 422


def _here(test: TestGrant, report_id: int) -> Report:
    found = awards.part_of(test.award, Report, report_id)
    if found is None:
        raise NotFound()
    set_committed_value(found, "award", test.award)
    report: Report = found
    return report


def _page(test: TestGrant, report: Report, form: SpendForm, stands: str = "") -> str:
    is_open = report.status == "due" and test.status in ("running", "stopped")
    return render_template(
        "challenge/testing/show_report.html",
        test=test,
        report=report,
        lines=queries.lines_of(test.id),
        spent=spending.standing(test, report),
        paid=awards.paid(test.award_id).total,
        spend=form,
        form=form if form.is_submitted() else None,
        stands_now=stands,
        may_write=is_open and access.is_startup(test),
        kinds=REPORT_KINDS,
        states=REPORT_STATES,
        words=wording,
    )
