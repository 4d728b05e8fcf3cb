"""What staff see of barrier reports."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accessibility import actions, queries, wording
from civic.accessibility.access import may_answer_barriers
from civic.accessibility.forms import AnswerForm, SummaryForm
from civic.accessibility.models import STATUSES, BarrierReport
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import can, history
from civic.core.web import room

bp = room("manage_accessibility", __name__, "/staff/barrier-reports")


@bp.get("")
@allowed(may_answer_barriers)
def list_barriers() -> str:
    """Every report, oldest first, so that nobody waits behind the newest."""
    status = request.args.get("status", "")
    status = status if status in STATUSES else ""
    page = page_of(queries.for_staff(status), [BarrierReport.id], at=request.args.get("at"))
    return render_template(
        "accessibility/manage_barriers.html",
        page=page,
        status=status,
        states=wording.STATES,
        colours=wording.STATE_COLOURS,
    )


@bp.get("/<int:report_id>")
@allowed(may_answer_barriers, on=queries.report_by_id)
def show_barrier(report: BarrierReport) -> str:
    """One report, with what can be done about it."""
    return _page(report, _answer_form(report, formdata=None), _summary_form(report))


@bp.post("/<int:report_id>/answers")
@allowed(may_answer_barriers, on=queries.report_by_id)
def answer_barrier(report: BarrierReport) -> ResponseReturnValue:
    """Move a report on, with a reason that its reporter reads."""
    form = _answer_form(report)
    if form.validate():
        with saving(form) as saved:
            actions.answer(
                queries.locked_report(report.id), form.verb.data, why=form.why.data, by=me(), now=clock.now()
            )
        if saved.ok:
            flash(_("Recorded."), "success")
            return see_other("manage_accessibility.show_barrier", report_id=report.id)
    return _page(report, form, _summary_form(report)), 422


@bp.post("/<int:report_id>/summary")
@allowed(may_answer_barriers, on=queries.report_by_id)
def summarise_barrier(report: BarrierReport) -> ResponseReturnValue:
    """Write what the register says."""
    form = SummaryForm()
    if form.validate():
        with saving(form) as saved:
            actions.summarise(
                queries.locked_report(report.id),
                form.summary.data or "",
                published=bool(form.published.data),
                language=form.language.data,
                criterion=form.criterion.data or "",
                meanwhile=form.meanwhile.data or "",
                fix_by=form.fix_by.data,
                by=me(),
                now=clock.now(),
            )
        if saved.ok:
            flash(_("Recorded."), "success")
            return see_other("manage_accessibility.show_barrier", report_id=report.id)
    return _page(report, _answer_form(report, formdata=None), form), 422


def _answer_form(report: BarrierReport, **more: object) -> AnswerForm:
    form = AnswerForm(**more)
    form.verb.choices = [(verb, words) for verb, words in wording.VERBS.items() if can(report, verb)]
    return form


def _summary_form(report: BarrierReport) -> SummaryForm:
    told = {name: getattr(report, name) for name in ("summary", "criterion", "meanwhile", "fix_by")}
    told |= {"language": report.summary_language, "published": report.summary_published_at is not None}
    return SummaryForm(formdata=None, data=told)


def _page(report: BarrierReport, answering: AnswerForm, summary: SummaryForm) -> str:
    sent = next((each for each in (answering, summary) if each.errors), None)
    return render_template(
        "accessibility/manage_barrier.html", report=report, answering=answering, summary=summary, form=sent,
        moves=history(report), states=wording.STATES, colours=wording.STATE_COLOURS, contacts=wording.CONTACTS,
    )  # fmt: skip
