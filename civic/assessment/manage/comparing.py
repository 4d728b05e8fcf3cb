"""How assessors compare on the same items."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.assessment.access import may_read_results, may_run
from civic.assessment.manage import desk
from civic.assessment.models import Panel
from civic.assessment.queries.comparing import given_in
from civic.assessment.queries.panels import names_of, panel_by_id
from civic.assessment.rules.comparing import FEW, tendencies
from civic.core.doors import allowed
from civic.core.person import me


@desk.get("/panels/<int:panel_id>/comparison")
@allowed(may_read_results)
@allowed(may_read_results, on=panel_by_id)
def show_comparison(panel: Panel) -> ResponseReturnValue:
    """Who gives more or less than those who judged the same items, and whether that changed on the way."""
    found = tendencies(given_in(panel, me()))
    return render_template(
        "assessment/show_comparison.html",
        panel=panel,
        found=found,
        names=names_of(each.user for each in found),
        few=FEW,
        may_run=may_run(),
    )
