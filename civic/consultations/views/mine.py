"""Where did mine go? Each member sees what became of everything they gave."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civic.accounts.access import is_signed_in
from civic.consultations import wording
from civic.consultations.queries import mine, registry
from civic.consultations.rules import dates
from civic.consultations.views import bp
from civic.core import clock
from civic.core.doors import allowed
from civic.core.person import me


@bp.get("/account/contributions")
@allowed(is_signed_in)
def list_contributions() -> ResponseReturnValue:
    """Everything one gave, newest first, with what became of each; one's own and nobody else's."""
    return render_template(
        "consultations/list_contributions.html",
        mine=mine.given_by(me().id, after=request.args.get("after")),
        is_first=not request.args.get("after"),
        kinds={name: kind.label for name, kind in registry.contribution_kinds().items()},
        now=clock.now(),
        words=wording,
        dates=dates,
    )
