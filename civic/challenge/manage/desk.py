"""The desk of the challenge: what waits, and every programme, partner and challenge."""

from flask import render_template, request

from civic.challenge import access
from civic.challenge.manage import bp
from civic.challenge.queries import briefs, problems, programmes
from civic.core.doors import allowed


@bp.get("")
@allowed(access.may_see_desk)
def show_desk() -> str:
    """What waits for a decision, and everything that can be worked on."""
    return render_template(
        "challenge/manage/show_desk.html",
        page=briefs.all_challenges(at=request.args.get("at")),
        programmes=programmes.programmes(drafts_too=True),
        partners=programmes.partners(),
        waiting=problems.how_many_wait(),
        unanswered=briefs.unanswered(),
        may_manage=access.may_manage(),
    )
