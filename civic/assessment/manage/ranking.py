"""The ranked list, against the money there is."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civic.assessment.access import may_read_results, may_run
from civic.assessment.forms.moderating import MoneyLeftForm
from civic.assessment.manage import desk
from civic.assessment.models import Panel
from civic.assessment.queries.panels import panel_by_id
from civic.assessment.queries.ranking import ranked
from civic.core.doors import allowed
from civic.core.person import me


@desk.get("/panels/<int:panel_id>/ranking")
@allowed(may_read_results)
@allowed(may_read_results, on=panel_by_id)
def show_ranking(panel: Panel) -> ResponseReturnValue:
    """Every item by its result; with amounts typed in, where the money ends."""
    form = MoneyLeftForm(request.args)
    asked, left = form.was_asked(), None
    if asked and form.judge():
        left = form.capital.data, form.revenue.data
    page = render_template(
        "assessment/show_ranking.html",
        panel=panel,
        rows=ranked(panel, me()),
        left=left,
        money=form,
        has_errors=bool(asked and form.errors),
        may_run=may_run(),
    )
    return page, 422 if asked and form.errors else 200
