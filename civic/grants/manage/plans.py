"""How an award is paid and when its recipient reports: two plans with as many rows as are wanted."""

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.grants import access, wording
from civic.grants.actions import instalments, reports
from civic.grants.actions.editions import ChangedMeanwhile, edition_of
from civic.grants.forms.awards import PlanForm, ScheduleForm
from civic.grants.forms.parts import of_page
from civic.grants.forms.rows import RowsForm
from civic.grants.manage import desk
from civic.grants.manage.doors import again, for_award
from civic.grants.models import Award
from civic.grants.queries import awards as queries
from civic.grants.queries import file


def may_plan(award: Award) -> bool:
    """Those who run its fund, from the decision to the end."""
    return access.may_run(award) and award.status in ("approved", "announced", "due", "agreed")


@desk.get("/awards/<public_id>/instalments")
@for_award(may_plan)
def edit_plan(award: Award) -> ResponseReturnValue:
    """The instalments that are only planned, to change; one row for all of it where there are none."""
    whole = file.file_of(award)
    planned = [each for each in whole.instalments if each.status == "planned"]
    known: dict[str, Any] = {
        f"{part}_{number}": value
        for number, each in enumerate(planned, 1)
        for part, value in {
            "title": each.title,
            "condition": each.condition,
            "capital": each.amounts.capital,
            "revenue": each.amounts.revenue,
            "due_on": each.due_on,
        }.items()
    }
    if not planned:
        rest = award.amounts - whole.fixed
        known = {"capital_1": rest.capital, "revenue_1": rest.revenue}
    known["seen"] = edition_of(planned, instalments.PLANNED)
    return _plan_page(award, whole, PlanForm.empty(max(1, len(planned)), known))


@desk.post("/awards/<public_id>/instalments")
@for_award(may_plan)
def save_plan(award: Award) -> ResponseReturnValue:
    """Set the plan; a row more or less is only shown and not kept yet."""
    form, act = PlanForm.sent()
    if act != "save":
        return _plan_page(award, file.file_of(award), form)
    if form.validate():
        with saving(form) as saved:
            about = {"language": of_page(), "seen": form.seen.data or ""}
            instalments.plan(award, form.parts(), **about, by=me(), now=clock.now())
        if saved.ok:
            flash(_("The plan is saved."), "success")
            return see_other("grant_desk.show_award", public_id=award.public_id, _anchor="instalments")
    award = again(award)
    whole = file.file_of(award)
    return _plan_page(award, whole, form, _stale(form, queries.planned_of(award.id), instalments.PLANNED)), 422


@desk.get("/awards/<public_id>/reports")
@for_award(may_plan)
def edit_schedule(award: Award) -> ResponseReturnValue:
    """The reports that were not sent yet, to change."""
    whole = file.file_of(award)
    due = [each for each in whole.reports if each.status == "due"]
    known: dict[str, Any] = {
        f"{part}_{number}": value
        for number, each in enumerate(due, 1)
        for part, value in {"kind": each.kind, "due_on": each.due_on}.items()
    }
    known = known or {"kind_1": "final"}
    known["seen"] = edition_of(due, reports.SCHEDULED)
    return _schedule_page(award, whole, ScheduleForm.empty(max(1, len(due)), known))


@desk.post("/awards/<public_id>/reports")
@for_award(may_plan)
def save_schedule(award: Award) -> ResponseReturnValue:
    """Set the days; a row more or less is only shown and not kept yet."""
    form, act = ScheduleForm.sent()
    if act != "save":
        return _schedule_page(award, file.file_of(award), form)
    if form.validate():
        with saving(form) as saved:
            reports.schedule(award, form.days(), seen=form.seen.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("The days are saved."), "success")
            return see_other("grant_desk.show_award", public_id=award.public_id, _anchor="reports")
    award = again(award)
    whole = file.file_of(award)
    return _schedule_page(award, whole, form, _stale(form, queries.due_of(award.id), reports.SCHEDULED)), 422


def _stale(form: RowsForm, rows: list[Any], fields: tuple[str, ...]) -> list[Any]:
    """The rows as they stand now, where a colleague changed them meanwhile."""
    if ChangedMeanwhile.sentence not in form.form_errors:
        return []
    form.seen.data, form.seen.raw_data = edition_of(rows, fields), None
    return rows


def _plan_page(award: Award, whole: file.AwardFile, form: PlanForm, stands: Sequence[Any] = ()) -> str:
    return render_template(
        "grants/manage/edit_plan.html",
        award=award,
        form=form,
        stands=stands,
        fixed=[each for each in whole.instalments if each.status not in ("planned", "cancelled")],
        typed=form.sum,
        missing=award.amounts - whole.fixed - form.sum,
        words=wording,
    )


def _schedule_page(award: Award, whole: file.AwardFile, form: ScheduleForm, stands: Sequence[Any] = ()) -> str:
    return render_template(
        "grants/manage/edit_schedule.html",
        award=award,
        form=form,
        stands=stands,
        written_ones=[each for each in whole.reports if each.status != "due"],
        words=wording,
    )
