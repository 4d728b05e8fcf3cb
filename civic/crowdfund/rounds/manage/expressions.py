"""Ideas: those that wait for an answer first, and the answer with what would make each stronger."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.errors import saving
from civic.core.i18n import LANGUAGES
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import history
from civic.crowdfund.rounds import access
from civic.crowdfund.rounds.actions import judging
from civic.crowdfund.rounds.forms.judging import IdeaAnswerForm
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.manage.doors import for_those_who_run, on_expression
from civic.crowdfund.rounds.models import Expression, Round
from civic.crowdfund.rounds.queries import applications as queries

SHOWN = {"submitted": ("submitted",), "answered": ("answered",)}


@desk.get("/<slug>/expressions")
@for_those_who_run
def list_expressions(round_: Round) -> ResponseReturnValue:
    """The ideas of a round, the longest waiting first."""
    show = request.args.get("show", "submitted")
    show = show if show in SHOWN else "submitted"
    page = page_of(
        queries.expressions(round_, SHOWN[show]),
        [Expression.submitted_at, Expression.id],
        at=request.args.get("at"),
        scalars=True,
    )
    hidden = queries.ideas_behind(me().id, round_)
    return render_template(
        "crowdfund/rounds/desk/list_expressions.html", round=round_, page=page, show=show, hidden=hidden
    )


@desk.get("/expressions/<int:expression_id>")
@on_expression(access.may_read_expression)
def show_expression(expression: Expression) -> ResponseReturnValue:
    """One idea, and the form for the answer."""
    language = expression.language if expression.language in LANGUAGES else "en"
    return _page(expression, IdeaAnswerForm(language=language))


@desk.post("/expressions/<int:expression_id>/answer")
@on_expression(access.may_answer)
def answer_expression(expression: Expression) -> ResponseReturnValue:
    """Answer it; whoever sent it is told."""
    form, slug, number = IdeaAnswerForm(), expression.round.slug, expression.id
    if form.validate():
        with saving(form) as saved:
            judging.answer_expression(
                expression,
                is_encouraged=form.is_encouraged.data == "yes",
                feedback=form.feedback.data,
                language=form.language.data,
                by=me(),
                now=clock.now(),
            )
        if saved.ok:
            flash(_("Your answer is sent."), "success")
            return see_other("round_desk.list_expressions", slug=slug)
        fresh = queries.expression_by_id(number)
        assert fresh is not None
        expression = fresh
    return _page(expression, form), 422


def _page(expression: Expression, form: IdeaAnswerForm) -> str:
    asked = [each for each in expression.round.questions if each.stage == "expression"]
    return render_template(
        "crowdfund/rounds/desk/show_expression.html",
        expression=expression,
        round=expression.round,
        questions=asked,
        form=form,
        may_answer=access.may_answer(expression),
        moves=history(expression),
    )
