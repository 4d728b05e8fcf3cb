"""One's own page: what moderators decided about my words, what came of my reports, warnings and suspensions."""

from flask import flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.moderated import published
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.moderation import wording
from civic.moderation.access import is_my_case, is_my_suspension
from civic.moderation.actions import appealing as actions
from civic.moderation.forms import AppealForm, SuspensionAppealForm
from civic.moderation.models import Case, Suspension
from civic.moderation.queries import cases as queries
from civic.moderation.queries import people
from civic.moderation.views import bp


@bp.get("/account/moderation")
@allowed(is_signed_in)
def list_mine() -> str:
    """What was decided about my words, and what came of what I reported."""
    return _mine(SuspensionAppealForm(formdata=None))


def _mine(form: SuspensionAppealForm) -> str:
    person = me()
    page = queries.cases_of(person.id, at=request.args.get("at"))
    reports = queries.my_reports(person.id)
    return render_template(
        "moderation/list_mine.html",
        page=page,
        reports=reports,
        texts=published({each.thing for each in (*page.items, *reports)}),
        warnings=people.warnings_of(person.id),
        suspensions=people.suspensions_of(person.id),
        form=form,
        now=clock.now(),
        wording=wording,
    )


@bp.post("/account/moderation/suspensions/<int:suspension_id>/appeals")
@allowed(is_my_suspension, on=people.suspension_by_id, hide=True)
@limit("20/hour")
def appeal_suspension(suspension: Suspension) -> ResponseReturnValue:
    """Ask that somebody else looks again at my suspension."""
    form = SuspensionAppealForm()
    is_open = suspension.holds(clock.now()) and people.appeal_against(suspension.id) is None
    # Where there is no form any more the refusal says why, whatever was typed.
    if not is_open or form.validate():
        with saving(form) as saved:
            actions.appeal_suspension(
                suspension, words=form.words.data or "", language=g.language.code, by=me(), now=clock.now()
            )
        if saved.ok:
            flash(_("Your appeal has arrived. Somebody who did not decide before will look at it."), "success")
            return see_other("moderation.list_mine")
    return _mine(form), 422


@bp.get("/account/moderation/<int:case_id>")
@allowed(is_my_case, on=queries.case_by_id, hide=True)
def show_mine(case: Case) -> str:
    """One decision about my words: why, and what I can do."""
    return _page(case, AppealForm(formdata=None))


@bp.post("/account/moderation/<int:case_id>/appeals")
@allowed(is_my_case, on=queries.case_by_id, hide=True)
@limit("20/hour")
def appeal(case: Case) -> ResponseReturnValue:
    """Ask that somebody else looks again."""
    form = AppealForm()
    if form.validate():
        with saving(form) as saved:
            actions.appeal(case, words=form.words.data, language=g.language.code, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Your appeal has arrived. Somebody who did not decide before will look at it."), "success")
            return see_other("moderation.show_mine", case_id=case.id)
    return _page(case, form), 422


def _page(case: Case, form: AppealForm) -> str:
    decisions = [each for each in queries.decisions_on([case.thing]) if each.decision.case_id == case.id]
    removal = next((each for each in decisions if each.decision.verb == "remove"), None)
    return render_template(
        "moderation/show_mine.html",
        case=case,
        form=form,
        text=published([case.thing]).get(case.thing),
        decisions=decisions,
        may_appeal=case.status == "removed" and removal is not None and removal.appeal is None,
        wording=wording,
    )
