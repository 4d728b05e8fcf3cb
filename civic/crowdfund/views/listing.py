"""The list of campaigns."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.core.doors import allowed, anyone
from civic.crowdfund.views import bp


@bp.get("/campaigns")
@allowed(anyone)
def list_campaigns() -> ResponseReturnValue:
    """Campaigns that everybody may see."""
    return render_template("crowdfund/list_campaigns.html")
