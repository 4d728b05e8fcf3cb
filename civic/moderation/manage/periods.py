"""The times before elections."""

from flask import flash, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.moderation import wording
from civic.moderation.access import may_moderate, may_set_election_periods
from civic.moderation.actions import periods as actions
from civic.moderation.forms import PeriodForm
from civic.moderation.manage import bp
from civic.moderation.models import ElectionPeriod
from civic.moderation.queries import periods as queries


@bp.get("/election-periods")
@allowed(may_set_election_periods)
def list_periods() -> str:
    """The times in which new posts wait, past and coming, and the form for another."""
    return _page(PeriodForm(formdata=None, holds_back="everybody"))


@bp.post("/election-periods")
@allowed(may_set_election_periods)
def set_period() -> ResponseReturnValue:
    """Let new posts wait for a time."""
    form = PeriodForm()
    if form.validate():
        with saving(form) as saved:
            actions.set_period(
                starts_at=form.starts_at.data, ends_at=form.ends_at.data, holds_back=form.holds_back.data,
                why=form.why.data, language=g.language.code, by=me(), now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            flash(_("Set. People are told where they can post something."), "success")
            return see_other("moderation_desk.list_periods")
    return _page(form), 422


@bp.post("/election-periods/<int:period_id>/ending")
@allowed(may_set_election_periods, on=queries.period_by_id)
def end_period(period: ElectionPeriod) -> ResponseReturnValue:
    """End a period now."""
    with transaction():
        actions.end_period(period, by=me(), now=clock.now())
    flash(_("Ended."), "success")
    return see_other("moderation_desk.list_periods")


def _page(form: PeriodForm) -> str:
    return render_template(
        "moderation/manage/list_periods.html",
        form=form,
        periods=queries.periods(),
        now=clock.now(),
        wording=wording,
        moderates=may_moderate(),
    )
