"""What the pages of a draft's parts share: finding a part, and asking whether it is really to go."""

from typing import Any

from flask import render_template

from civic.core.errors import NotFound
from civic.crowdfund.forms.budget import RemovalForm
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.views.writing import must_be_a_draft


def found(campaign: Campaign, kind: Any, part_id: int) -> Any:
    """One cost, funding or milestone of this campaign; raises NotFound."""
    part = queries.part_of(campaign, kind, part_id)
    if part is None:
        raise NotFound()
    return part


def removal_page(campaign: Campaign, step: str, what: str) -> str:
    """Whether something is really to go."""
    must_be_a_draft(campaign)
    page = {"campaign": campaign, "step": step, "what": what, "form": RemovalForm()}
    return render_template("crowdfund/writing/confirm_removal.html", **page)
