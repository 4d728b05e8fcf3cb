"""Sharing the items out evenly: first what would happen, then that it happens."""

from collections import Counter

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from civic.assessment.access import may_conduct, may_run
from civic.assessment.actions import assigning as actions
from civic.assessment.forms.interests import SureForm
from civic.assessment.manage import desk
from civic.assessment.models import Item, Panel
from civic.assessment.queries import interests
from civic.assessment.queries import panels as queries
from civic.core import clock
from civic.core.db import db
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import format_number
from civic.core.pages import see_other
from civic.core.person import me


@desk.get("/panels/<int:panel_id>/sharing")
@allowed(may_run)
@allowed(may_conduct, on=queries.panel_by_id)
def preview_sharing(panel: Panel) -> ResponseReturnValue:
    """Who would get what."""
    return _page(panel, SureForm())


@desk.post("/panels/<int:panel_id>/sharing")
@allowed(may_run)
@allowed(may_conduct, on=queries.panel_by_id)
def share_out(panel: Panel) -> ResponseReturnValue:
    """Ask everybody as it was shown."""
    form = SureForm()
    if form.validate():
        with saving(form) as saved:
            left = actions.balance(panel, by=me(), now=clock.now(), seen=request.form.get("seen", ""))
        if saved.ok:
            flash(_("Shared out. Every assessor finds theirs among their assessments."), "success")
            if left:
                n = len(left)
                told = ngettext(
                    "%(shown)s item still lacks assessors.",
                    "%(shown)s items still lack assessors.",
                    n,
                    shown=format_number(n),
                )
                flash(told, "warning")
            return see_other("assessment.show_panel", panel_id=panel.id)
    return _page(panel, form), 409


def _page(panel: Panel, form: SureForm) -> str:
    shared, before = actions.plan(panel), queries.loads_of(panel)
    given = Counter(user for _item, user in shared.pairs)
    numbers = {item for item, _user in shared.pairs} | set(shared.unfilled)
    items = {each.id: each for each in db.session.query(Item).filter(Item.id.in_(numbers))}
    return render_template(
        "assessment/share_out.html",
        panel=panel,
        form=form,
        shared=shared,
        before=before,
        given=given,
        items=items,
        names=queries.names_of(before),
        hidden=interests.hidden_among((each.subject for each in items.values()), me().id),
        seen=actions.edition_of_plan(shared),
    )
