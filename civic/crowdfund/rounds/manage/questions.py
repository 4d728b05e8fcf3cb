"""Questions to applicants."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core.errors import saving
from civic.core.pages import see_other
from civic.crowdfund.rounds.actions import parts as actions
from civic.crowdfund.rounds.forms.rounds import QuestionForm
from civic.crowdfund.rounds.manage import desk
from civic.crowdfund.rounds.manage.doors import for_those_who_run, must_be_a_draft
from civic.crowdfund.rounds.manage.tiers import again, found
from civic.crowdfund.rounds.models import Round, RoundQuestion


@desk.get("/<slug>/questions")
@for_those_who_run
def list_questions(round_: Round) -> ResponseReturnValue:
    """What is asked, about the idea and in the application."""
    return render_template("crowdfund/rounds/desk/list_questions.html", round=round_)


@desk.get("/<slug>/questions/new")
@for_those_who_run
def new_question(round_: Round) -> ResponseReturnValue:
    """The form for one more."""
    must_be_a_draft(round_)
    return _page(round_, QuestionForm(), None)


@desk.post("/<slug>/questions/new")
@for_those_who_run
def create_question(round_: Round) -> ResponseReturnValue:
    """Add a question."""
    return _save(round_, None)


@desk.get("/<slug>/questions/<int:question_id>")
@for_those_who_run
def edit_question(round_: Round, question_id: int) -> ResponseReturnValue:
    """The form for one of them."""
    must_be_a_draft(round_)
    question = found(round_, "questions", question_id)
    form = QuestionForm(obj=question)
    form.seen.data = actions.mark_of(question)
    return _page(round_, form, question)


@desk.post("/<slug>/questions/<int:question_id>")
@for_those_who_run
def update_question(round_: Round, question_id: int) -> ResponseReturnValue:
    """Change one of them."""
    return _save(round_, found(round_, "questions", question_id))


def _save(round_: Round, question: RoundQuestion | None) -> ResponseReturnValue:
    form, slug, number, part_id = QuestionForm(), round_.slug, round_.id, question.id if question else None
    if form.validate():
        with saving(form) as saved:
            actions.put_question(round_, question, **form.facts(), seen=form.seen.data or "")
        if saved.ok:
            flash(_("The question is saved."), "success")
            return see_other("round_desk.list_questions", slug=slug)
        fresh, question = again(number, RoundQuestion, part_id)
        form.seen.data = actions.mark_of(question)
        return _page(fresh, form, question), 409
    return _page(round_, form, question), 422


def _page(round_: Round, form: QuestionForm, question: RoundQuestion | None) -> str:
    return render_template("crowdfund/rounds/desk/edit_question.html", round=round_, form=form, question=question)
