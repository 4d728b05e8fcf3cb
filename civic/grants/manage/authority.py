"""Delegated authority: the grades and their limits, who holds one, given and ended by administrators."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.queries.people import user_by_id
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import Conflict, form_errors, saving
from civic.core.money import Money
from civic.core.pages import see_other
from civic.core.person import me
from civic.grants import access
from civic.grants.actions import authority as actions
from civic.grants.actions.authority import NobodyToChoose
from civic.grants.actions.editions import ChangedMeanwhile, edition
from civic.grants.forms.authority import GiveForm, GradeForm
from civic.grants.forms.parts import WhyForm
from civic.grants.manage import desk
from civic.grants.models import Delegation, Grade
from civic.grants.queries import authority as queries
from civic.grants.queries import people


@desk.get("/authority")
@allowed(access.may_keep_delegations)
def list_delegations() -> ResponseReturnValue:
    """The grades, who holds which, and who held one before."""
    rows = queries.delegations()
    return render_template(
        "grants/manage/list_delegations.html",
        grades=queries.grades(),
        held=[row for row in rows if row.Delegation.ended_at is None],
        ended=[row for row in rows if row.Delegation.ended_at is not None],
        names=people.names(
            number for row in rows for number in (row.Delegation.given_by_id, row.Delegation.ended_by_id)
        ),
        first=actions.FIRST_GRADES,
        as_money=Money,
    )


@desk.post("/authority/grades")
@allowed(access.may_keep_delegations)
def create_grades() -> ResponseReturnValue:
    """Begin with the grades and limits of 2017; each can be changed afterwards."""
    with transaction():
        actions.set_up_grades(by=me(), now=clock.now())
    flash(_("The grades are there. Check their limits against the scheme that holds now."), "success")
    return see_other("grant_desk.list_delegations")


@desk.get("/authority/grades/<int:grade_id>")
@allowed(access.may_keep_delegations, on=queries.grade_by_id)
def edit_grade(grade: Grade) -> ResponseReturnValue:
    """The form to change a grade."""
    known = {"title": grade.title, "limit": grade.limit, "no_limit": grade.limit is None}
    seen = edition(grade, actions.CHANGEABLE)
    return render_template(
        "grants/manage/edit_grade.html", grade=grade, form=GradeForm(formdata=None, data=known | {"seen": seen})
    )


@desk.post("/authority/grades/<int:grade_id>")
@allowed(access.may_keep_delegations, on=queries.grade_by_id)
def save_grade(grade: Grade) -> ResponseReturnValue:
    """Give a grade another name or limit; what was decided stays decided."""
    form = GradeForm()
    if not form.validate():
        return render_template("grants/manage/edit_grade.html", grade=grade, form=form), 422
    said: dict[str, Any] = {
        "title": form.title.data or "",
        "limit": form.most,
        "why": form.why.data or "",
        "seen": form.seen.data or "",
    }
    try:
        with transaction():
            actions.change_grade(grade, **said, by=me(), now=clock.now())
    except Conflict as refused:
        form_errors(form, refused)
        form.seen.data, form.seen.raw_data = edition(grade, actions.CHANGEABLE), None
        is_stale = isinstance(refused, ChangedMeanwhile)
        return render_template("grants/manage/edit_grade.html", grade=grade, form=form, is_stale=is_stale), 409
    flash(_("Saved. It holds for decisions from now on."), "success")
    return see_other("grant_desk.list_delegations")


@desk.get("/authority/new")
@allowed(access.may_keep_delegations)
def new_delegation() -> ResponseReturnValue:
    """The form to give somebody a grade."""
    return _give(GiveForm())


@desk.post("/authority/new")
@allowed(access.may_keep_delegations)
def create_delegation() -> ResponseReturnValue:
    """Let an approver decide up to a grade's limit."""
    form = GiveForm().offer(queries.approvers(), queries.grades())
    if not form.has_choices:
        raise NobodyToChoose()
    if form.validate():
        user, grade = user_by_id(int(form.user.data)), queries.grade_by_id(int(form.grade.data))
        with saving(form) as saved:
            actions.give(user, grade, by=me(), why=form.why.data or "", now=clock.now())  # type: ignore[arg-type]
        if saved.ok:
            flash(_("Given. It holds from now on."), "success")
            return see_other("grant_desk.list_delegations")
    return _give(form), 422


@desk.get("/authority/<int:delegation_id>/end")
@allowed(access.may_keep_delegations)
@allowed(access.may_end, on=queries.delegation_by_id)
def confirm_end(delegation: Delegation) -> ResponseReturnValue:
    """Whether a grade is really to be taken away."""
    return _end(delegation, WhyForm())


@desk.post("/authority/<int:delegation_id>/end")
@allowed(access.may_keep_delegations)
@allowed(access.may_end, on=queries.delegation_by_id)
def end_delegation(delegation: Delegation) -> ResponseReturnValue:
    """Take a grade away; what was decided with it stays decided."""
    form = WhyForm()
    if not form.validate():
        return _end(delegation, form), 422
    with transaction():
        actions.end(delegation, by=me(), why=form.why.data or "", now=clock.now())
    flash(_("Ended. Nothing more can be decided with it."), "success")
    return see_other("grant_desk.list_delegations")


def _give(form: GiveForm) -> str:
    found, grades = queries.approvers(), queries.grades()
    form.offer(found, grades)
    return render_template("grants/manage/new_delegation.html", form=form, people=found, grades=grades)


def _end(delegation: Delegation, form: WhyForm) -> str:
    names = people.names([delegation.user_id])
    return render_template("grants/manage/confirm_end.html", delegation=delegation, form=form, names=names)
