"""The house rules, and reporting what breaks them."""

from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import saving
from civic.core.pages import etag, see_other
from civic.core.person import me
from civic.core.security import limit
from civic.moderation import wording
from civic.moderation.access import is_my_report, may_moderate, may_report
from civic.moderation.actions import reporting as actions
from civic.moderation.forms import ReportForm
from civic.moderation.models import Report
from civic.moderation.queries.cases import Reportable, report_by_id, reportable
from civic.moderation.views import bp


@bp.get("/house-rules")
@allowed(anyone)
def show_house_rules() -> str:
    """The house rules, and how they are kept."""
    etag("house rules")
    return render_template("moderation/show_house_rules.html", rules=wording.HOUSE_RULES)


@bp.get("/reports/<thing>/new")
@allowed(may_report, on=reportable)
def new_report(found: Reportable) -> ResponseReturnValue:
    """The form to report a text."""
    return _page(found, ReportForm(formdata=None))


@bp.post("/reports/<thing>")
@allowed(may_report, on=reportable)
@limit("30/hour")
def create_report(found: Reportable) -> ResponseReturnValue:
    """Report a text to the moderators."""
    form = ReportForm()
    if form.validate():
        with saving(form) as saved:
            said = actions.report(
                found.thing,
                rule=form.rule.data,
                words=form.words.data or "",
                language=g.language.code,
                by=me(),
                now=clock.now(),
            )
        if saved.ok and may_moderate():
            return see_other("moderation_desk.show_case", case_id=said.case_id)
        if saved.ok:
            flash(_("Thank you. Moderators will look at it, and you will be told what they decide."), "success")
            return redirect(found.text.url, 303)
    return _page(found, form), 422


def _page(found: Reportable, form: ReportForm) -> str:
    return render_template("moderation/new_report.html", found=found, form=form, rules=wording.HOUSE_RULES)


@bp.post("/reports/<int:report_id>/withdrawal")
@allowed(is_my_report, on=report_by_id, hide=True)
def withdraw_report(report: Report) -> ResponseReturnValue:
    """Take a report back."""
    with transaction():
        actions.withdraw(report, by=me(), now=clock.now())
    flash(_("You have taken your report back."), "success")
    return see_other("moderation.list_mine")
