"""“Check this page”: what could be better about a thing, in which words, and where to mend it."""

from flask import render_template, request

from civic.authoring import queries, wording
from civic.authoring.access import may_check
from civic.authoring.actions import LONGEST_REASON
from civic.authoring.queries import Thing
from civic.core.doors import allowed
from civic.core.web import room

bp = room("authoring", __name__, "/check")


@bp.get("/<checked>")
@allowed(may_check, on=queries.thing, hide=True)
def show_report(thing: Thing) -> str:
    """Every remark about a thing, by the text it stands in."""
    return render_template(
        "authoring/show_report.html",
        thing=thing,
        report=queries.report(thing.name),
        overrides=queries.overrides(thing.name) if thing.checked.by_staff else [],
        reasons=wording.REASONS,
    )


def typed_reason() -> str:
    """The reason to publish something all the same, as it was typed in this request's form."""
    return request.form.get("advice_why", "")[:LONGEST_REASON].replace("\x00", "")
