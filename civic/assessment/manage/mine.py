"""What I am to assess, and what I have sent."""

from itertools import groupby

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from civic.assessment.access import may_assess
from civic.assessment.manage import desk
from civic.assessment.models import Item, Panel
from civic.assessment.queries import items as queries
from civic.core import clock
from civic.core.doors import allowed
from civic.core.pages import page_of
from civic.core.person import me

CHOICES = {
    "to_do": (_l("To do"), queries.TO_DO),
    "sent": (_l("Sent"), ("submitted",)),
}


@desk.get("/mine")
@allowed(may_assess)
def list_my_assessments() -> ResponseReturnValue:
    """My assessments: what is to be done, the next day first; or what I have sent."""
    shown = request.args.get("show", "to_do")
    shown = shown if shown in CHOICES else "to_do"
    found = queries.mine(me().id, CHOICES[shown][1])
    if shown == "to_do":
        found = found.where(Panel.status == "open")
    page = page_of(found, [queries.DUE, Item.panel_id, Item.id], at=request.args.get("at"), scalars=True)
    return render_template(
        "assessment/list_my_assessments.html",
        page=page,
        groups=[(panel, list(mine)) for panel, mine in groupby(page.items, key=lambda each: each.item.panel)],
        shown=shown,
        choices={key: words for key, (words, _states) in CHOICES.items()},
        now=clock.now(),
    )
