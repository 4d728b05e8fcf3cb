"""One item for its assessor: declare first, then read and score, check, send."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.assessment.access import is_mine, may_assess, may_read, may_say, may_score, may_see_scores
from civic.assessment.actions import interests as interest_actions
from civic.assessment.actions import scoring as actions
from civic.assessment.forms.interests import DeclarationForm, SureForm
from civic.assessment.forms.scoring import ScoringForm, scoring_form
from civic.assessment.manage import desk
from civic.assessment.models import Assignment
from civic.assessment.queries import interests
from civic.assessment.queries.items import active_of, assignment_by_id
from civic.assessment.queries.panels import criteria_of
from civic.assessment.queries.results import sent_by
from civic.assessment.refusals import ChangedMeanwhile, NotComplete
from civic.core import clock, subjects
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import me


@desk.get("/assignments/<int:assignment_id>")
@allowed(may_assess)
@allowed(is_mine, on=assignment_by_id, hide=True)
def show_assignment(assignment: Assignment) -> ResponseReturnValue:
    """What this assessor may see of it now: the question about interests, the thing and the scores to give, or what was sent."""
    return _page(assignment)


@desk.post("/assignments/<int:assignment_id>/declaration")
@allowed(may_assess)
@allowed(may_say, on=assignment_by_id, hide=True)
def declare(assignment: Assignment) -> ResponseReturnValue:
    """Say whether one has an interest, before one sees anything."""
    form = DeclarationForm()
    if form.validate():
        has_interest = form.has_interest.data == "yes"
        facts = {"has_interest": has_interest, "words": form.words.data or "" if has_interest else ""}
        with saving(form) as saved:
            interest_actions.declare(
                assignment.item.subject, user=me(), **facts, now=clock.now(), language=current().code
            )
        if saved.ok and has_interest:
            flash(_("Thank you for saying so. It is no longer yours to assess."), "success")
            return see_other("assessment.list_my_assessments")
        if saved.ok:
            return see_other("assessment.show_assignment", assignment_id=assignment.id)
    return _page(_afresh(assignment), declaration=form), 422


@desk.post("/assignments/<int:assignment_id>/scores")
@allowed(may_assess)
@allowed(may_read, on=assignment_by_id, hide=True)
def save_scores(assignment: Assignment) -> ResponseReturnValue:
    """Keep what was typed, to go on later or to check it; refuses to overwrite what another window saved meanwhile.

    Where the panel has closed or they were sent meanwhile, what was typed is still shown.
    """
    form = _form_for(assignment)
    if not form.validate():
        return _page(assignment, form=form), 422
    with saving(form) as saved:
        actions.save_draft(assignment, form.marks(), by=me(), now=clock.now(), seen=form.seen.data or "")
    assignment = _afresh(assignment)
    form.seen.data = actions.edition_of(assignment)
    if not saved.ok:
        return _page(assignment, form=form, is_stale=ChangedMeanwhile.sentence in form.form_errors), 409
    if request.form.get("act") != "check":
        flash(_("What you typed is kept. Nobody else sees it."), "success")
        return see_other("assessment.list_my_assessments")
    if not form.is_complete():
        return _page(assignment, form=form), 422
    return see_other("assessment.check_scores", assignment_id=assignment.id)


@desk.get("/assignments/<int:assignment_id>/submission")
@allowed(may_assess)
@allowed(may_score, on=assignment_by_id, hide=True)
def check_scores(assignment: Assignment) -> ResponseReturnValue:
    """Everything as it will be sent."""
    return _check_page(assignment, SureForm())


@desk.post("/assignments/<int:assignment_id>/submission")
@allowed(may_assess)
@allowed(may_score, on=assignment_by_id, hide=True)
def send_scores(assignment: Assignment) -> ResponseReturnValue:
    """Send what was checked; it stands."""
    form, marks = SureForm(), actions.draft_of(assignment)
    if form.validate():
        with saving(form) as saved:
            actions.submit(
                assignment, marks, by=me(), now=clock.now(), language=current().code, seen=request.form.get("seen", "")
            )
        if saved.ok:
            flash(_("Your scores are sent. Thank you."), "success")
            return see_other("assessment.show_assignment", assignment_id=assignment.id)
    return _check_page(_afresh(assignment), form), 409


def _afresh(assignment: Assignment) -> Assignment:
    """The same with all that belongs to it, after an act was tried."""
    found = assignment_by_id(assignment.id)
    assert found is not None
    return found


def _form_for(assignment: Assignment) -> ScoringForm:
    panel = assignment.item.panel
    form: ScoringForm = scoring_form(panel, criteria_of(panel))()
    return form


def _page(
    assignment: Assignment,
    *,
    declaration: DeclarationForm | None = None,
    form: ScoringForm | None = None,
    is_stale: bool = False,
) -> str:
    item, may_see = assignment.item, may_read(assignment)
    if form is None and may_see and may_score(assignment):
        form = _form_for(assignment)
        form.fill(actions.draft_of(assignment))
        form.seen.data = actions.edition_of(assignment)
    active = active_of(item) if assignment.status == "submitted" else []
    return render_template(
        "assessment/show_assignment.html",
        assignment=assignment,
        item=item,
        panel=item.panel,
        form=declaration or form,
        declaration=declaration or DeclarationForm(formdata=None),
        scoring=form if may_see else None,
        kept=actions.draft_of(assignment) if is_stale else None,
        criteria=criteria_of(item.panel) if may_see else [],
        drawn=subjects.drawn(item.subject) if may_see else "",
        sent=sent_by(assignment) if may_see and assignment.sent else {},
        hidden=interests.hides(item.subject, me().id) if assignment.is_active else "",
        arrived=(sum(each.status == "submitted" for each in active), len(active)),
        may_compare=may_see_scores(item),
        now=clock.now(),
    )


def _check_page(assignment: Assignment, form: Any) -> str:
    criteria, marks = criteria_of(assignment.item.panel), actions.draft_of(assignment)
    missing = actions.missing_in(marks, (each.id for each in criteria), assignment.item.panel.scale)
    if missing and request.method == "GET":
        raise NotComplete(missing, url_for("assessment.show_assignment", assignment_id=assignment.id))
    return render_template(
        "assessment/check_scores.html",
        assignment=assignment,
        item=assignment.item,
        panel=assignment.item.panel,
        criteria=criteria,
        marks=marks,
        seen=actions.edition_of(assignment),
        form=form,
        now=clock.now(),
    )
