"""Speaking for the city: official answers, and what becomes of ideas."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import takes_uploads
from civic.discussions import access
from civic.discussions.actions import ideas as idea_actions
from civic.discussions.actions import threads as actions
from civic.discussions.forms.desk import AnswerForm, IdeaForm, LockForm
from civic.discussions.manage import bp
from civic.discussions.manage.threads import desk_thread
from civic.discussions.models import Idea, Thread
from civic.discussions.queries import comments
from civic.discussions.queries.comments import comment_at
from civic.discussions.queries.ideas import idea_of, moves_of
from civic.discussions.views.composing import UPLOAD, not_yet


@bp.get("/threads/<int:number>/answer")
@allowed(access.may_answer_officially, on=desk_thread)
def new_answer(thread: Thread) -> ResponseReturnValue:
    """The form for the official answer."""
    if thread.answer_id is not None:
        return see_other("manage_discussions.show_thread", number=thread.id)
    return _answer(thread, AnswerForm(formdata=None))


@bp.post("/threads/<int:number>/answer")
@allowed(access.may_answer_officially, on=desk_thread)
@takes_uploads(UPLOAD)
def create_answer(thread: Thread) -> ResponseReturnValue:
    """Answer a thread for the city, by name and office; or look at it first, or put a picture into it."""
    form = AnswerForm()
    if answer := not_yet(form, lambda **shown: _answer(thread, form, **shown)):
        return answer
    with saving(form) as saved:
        actions.answer_officially(thread, as_role=form.as_role.data or "", by=me(), now=clock.now(), **form.words)
    if not saved.ok:
        return _answer(thread, form), 422
    flash(_("The answer stands first on the page."), "success")
    return see_other("discussions.show_thread", topic=thread.topic.slug, number=thread.id)


def _answer(thread: Thread, form: AnswerForm, **shown: object) -> str:
    return render_template("discussions/manage/new_answer.html", thread=thread, form=form, **shown)


@bp.get("/threads/<int:number>/answer/withdrawal")
@allowed(access.may_answer_officially, on=desk_thread)
def ask_about_answer(thread: Thread) -> str:
    """Ask why an answer is no longer the official one."""
    return _taking_back(thread, LockForm())


@bp.post("/threads/<int:number>/answer/withdrawal")
@allowed(access.may_answer_officially, on=desk_thread)
def take_back_answer(thread: Thread) -> ResponseReturnValue:
    """Let the official answer stand among the comments again, so that another can be given."""
    form = LockForm()
    if form.validate():
        with saving(form) as saved:
            actions.take_back_answer(thread, why=str(form.why.data), by=me(), now=clock.now())
        if saved.ok:
            return see_other("manage_discussions.show_thread", number=thread.id)
    return _taking_back(thread, form), 422


def _taking_back(thread: Thread, form: LockForm) -> str:
    return render_template("discussions/manage/ask_about_answer.html", thread=thread, form=form)


@bp.get("/threads/<int:number>/ideas/<int:position>")
@allowed(access.may_answer_officially, on=desk_thread)
def edit_idea(thread: Thread, position: int) -> str:
    """Say what becomes of an idea."""
    idea = _idea(thread, position)
    form = IdeaForm(_verbs(idea), formdata=None, data={"language": idea.reason_language})
    return _standing(thread, position, idea, form)


@bp.post("/threads/<int:number>/ideas/<int:position>")
@allowed(access.may_answer_officially, on=desk_thread)
def move_idea(thread: Thread, position: int) -> ResponseReturnValue:
    """Shortlist an idea, take it up, decline it or open it again, with a reason that everybody reads."""
    idea = _idea(thread, position)
    form = IdeaForm(_verbs(idea))
    if form.validate():
        with saving(form) as saved:
            idea_actions.move_idea(
                idea,
                form.verb.data,
                reason=form.reason.data or "",
                language=form.language.data,
                as_role=form.as_role.data or "",
                by=me(),
                now=clock.now(),
            )
        if saved.ok:
            flash(_("Everybody can read what becomes of this idea, and whoever had it is told."), "success")
            return see_other("discussions.show_comment", topic=thread.topic.slug, number=thread.id, position=position)
    return _standing(thread, position, idea, form), 422


def _idea(thread: Thread, position: int) -> Idea:
    comment = comment_at(thread, position) if position < 2**31 else None
    idea = idea_of(comment) if comment is not None else None
    if idea is None:
        raise NotFound()
    return idea


def _verbs(idea: Idea) -> list[str]:
    """What may be done with an idea as it stands."""
    return [verb for state, verb in Idea.TRANSITIONS if state == idea.status]


def _standing(thread: Thread, position: int, idea: Idea, form: IdeaForm) -> str:
    return render_template(
        "discussions/manage/edit_idea.html",
        thread=thread,
        position=position,
        idea=idea,
        said=comments.said(idea.comment_id),
        moves=moves_of(idea),
        form=form,
    )
