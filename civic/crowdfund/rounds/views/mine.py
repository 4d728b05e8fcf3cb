"""What somebody has written, alone or for their organisations."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.core import clock
from civic.core.doors import allowed
from civic.core.person import me
from civic.crowdfund.rounds.access import may_apply
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.queries import rounds as round_queries
from civic.crowdfund.rounds.views import bp


@bp.get("/applications")
@allowed(may_apply)
def list_applications() -> ResponseReturnValue:
    """My ideas and applications, what waits for me first."""
    now = clock.now()
    expressions, applications = queries.mine(me())
    return render_template(
        "crowdfund/rounds/list_applications.html",
        expressions=expressions,
        applications=applications,
        open_rounds=round_queries.open_rounds(now),
        now=now,
    )
