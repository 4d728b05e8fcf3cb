"""Expressions of interest as their authors see them: written in two steps, sent, answered."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove, can, history
from civic.crowdfund.rounds.actions import applying
from civic.crowdfund.rounds.forms.applying import AboutForm, StepForm, SubmissionForm, WithdrawalForm, answers_form
from civic.crowdfund.rounds.models import Expression
from civic.crowdfund.rounds.rules.answers import gaps
from civic.crowdfund.rounds.rules.dates import takes_expressions
from civic.crowdfund.rounds.views import bp
from civic.crowdfund.rounds.views import saving as steps
from civic.crowdfund.rounds.views.doors import for_authors
from civic.crowdfund.rounds.wording.steps import TITLES


@bp.get("/expressions/<int:expression_id>")
@for_authors
def show_expression(expression: Expression) -> ResponseReturnValue:
    """What is written and missing; later what we answered, and the way on."""
    now, round_ = clock.now(), expression.round
    closes = round_.applications_close_at
    return render_template(
        "crowdfund/rounds/show_expression.html",
        **_page_of(expression),
        moves=history(expression),
        editor=steps.editor_of(expression),
        takes=round_.status == "open" and takes_expressions(round_.dates, now),
        may_apply=round_.status == "open" and closes is not None and now < closes,
        now=now,
    )


@bp.get("/expressions/<int:expression_id>/edit/<step>")
@for_authors
def edit_expression(expression: Expression, step: str) -> ResponseReturnValue:
    """One step as it stands."""
    form = _form_of(expression, step, filled=True)
    form.seen.data = steps.mark(expression, form)
    return _step_page(expression, step, form)


@bp.post("/expressions/<int:expression_id>/edit/<step>")
@for_authors
def save_expression(expression: Expression, step: str) -> ResponseReturnValue:
    """Keep a step; refuses to overwrite what somebody else changed meanwhile."""
    form, number, asks = _form_of(expression, step), expression.id, bool(_asked(expression))
    if not form.validate():
        return _step_page(expression, step, form), 422
    if refused := steps.keep(expression, form):
        fresh = steps.again(Expression, number)
        return _step_page(fresh, step, form, is_stale=steps.is_stale(refused)), 409
    if request.form.get("act") == "next" and step == "about" and asks:
        return see_other("rounds.edit_expression", expression_id=number, step="questions")
    flash(_("Saved: %(step)s.", step=TITLES[step]), "success")
    return see_other("rounds.show_expression", expression_id=number)


@bp.get("/expressions/<int:expression_id>/submission")
@for_authors
def confirm_expression(expression: Expression) -> ResponseReturnValue:
    """What is still missing, or what is about to be sent and what becomes of it."""
    _must_be_a_draft(expression)
    return _submission(expression, SubmissionForm())


@bp.post("/expressions/<int:expression_id>/submission")
@for_authors
def submit_expression(expression: Expression) -> ResponseReturnValue:
    """Send it."""
    _must_be_a_draft(expression)
    form, number = SubmissionForm(), expression.id
    if form.validate():
        with saving(form) as saved:
            applying.submit_expression(expression, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Your idea is with us. We answer it and write to you."), "success")
            return see_other("rounds.show_expression", expression_id=number)
        expression = steps.again(Expression, number)
    return _submission(expression, form), 422


@bp.get("/expressions/<int:expression_id>/withdrawal")
@for_authors
def confirm_expression_withdrawal(expression: Expression) -> ResponseReturnValue:
    """What giving it up means."""
    return _withdrawal(expression, WithdrawalForm())


@bp.post("/expressions/<int:expression_id>/withdrawal")
@for_authors
def withdraw_expression(expression: Expression) -> ResponseReturnValue:
    """Give it up."""
    form, number = WithdrawalForm(), expression.id
    if form.validate():
        with saving(form) as saved:
            applying.withdraw(expression, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Your idea is given up. You can tell us another."), "success")
            return see_other("rounds.show_expression", expression_id=number)
        expression = steps.again(Expression, number)
    return _withdrawal(expression, form), 422


def gaps_of(expression: Expression) -> list[str]:
    """What is missing before it can be sent, by code."""
    return [name for name in ("title", "summary", "borough") if not getattr(expression, name)] + gaps(
        _asked(expression), expression.answers
    )


def _asked(expression: Expression) -> list[Any]:
    return [each for each in expression.round.questions if each.stage == "expression"]


def _page_of(expression: Expression) -> dict[str, Any]:
    found = gaps_of(expression)
    parts = {"about": [each for each in found if ":" not in each], "questions": [each for each in found if ":" in each]}
    asked = _asked(expression)
    return {
        "expression": expression,
        "round": expression.round,
        "questions": asked,
        "gaps": found,
        "steps": {step: gaps for step, gaps in parts.items() if step == "about" or asked},
    }


def _must_be_a_draft(expression: Expression) -> None:
    """Send whoever looks at a step of what was sent to its own page; raises NotADraft."""
    if expression.status != "draft":
        raise applying.NotADraft(location=url_for("rounds.show_expression", expression_id=expression.id))


def _form_of(expression: Expression, step: str, *, filled: bool = False) -> StepForm:
    _must_be_a_draft(expression)
    if step == "about":
        return AboutForm(obj=expression) if filled else AboutForm()
    if step != "questions" or not _asked(expression):
        raise NotFound()
    return answers_form(_asked(expression), expression.answers if filled else None)


def _step_page(expression: Expression, step: str, form: StepForm, *, is_stale: bool = False) -> str:
    page = {"step": step, "form": form, "is_stale": is_stale, "editor": steps.editor_of(expression)}
    return render_template("crowdfund/rounds/edit_expression.html", **_page_of(expression), **page)


def _submission(expression: Expression, form: SubmissionForm) -> str:
    return render_template("crowdfund/rounds/confirm_expression.html", form=form, **_page_of(expression))


def _withdrawal(expression: Expression, form: WithdrawalForm) -> str:
    if not can(expression, "withdraw"):
        raise IllegalMove()
    return render_template(
        "crowdfund/rounds/confirm_withdrawal.html",
        form=form,
        thing=expression,
        back=url_for("rounds.show_expression", expression_id=expression.id),
        action=url_for("rounds.withdraw_expression", expression_id=expression.id),
    )
