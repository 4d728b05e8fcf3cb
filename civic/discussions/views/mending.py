"""Changing and withdrawing one's own words, and what they said before."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit, takes_uploads
from civic.discussions import access
from civic.discussions.actions import comments, threads, withdrawing
from civic.discussions.forms.talk import CommentForm, IdeaForm, ThreadForm, WritingForm
from civic.discussions.models import Comment, Thread
from civic.discussions.queries import comments as queries
from civic.discussions.queries import threads as thread_queries
from civic.discussions.queries.ideas import idea_of
from civic.discussions.refusals import OthersSpoke
from civic.discussions.views import bp
from civic.discussions.views.composing import UPLOAD, not_yet
from civic.discussions.views.places import comment_here, show, show_comment, thread_here, thread_of
from civic.discussions.views.showing import address_of


@bp.get("/discussions/<topic>/<int:number>/comments/<int:position>/edit")
@allowed(access.may_change, on=comment_here)
def edit_comment(comment: Comment) -> str:
    """The form to change one's own words."""
    idea = idea_of(comment)
    typed = {"title": idea.title if idea else "", "text": comment.text, "language": comment.language}
    return comment_page(comment, comment_form(idea, formdata=None, data=typed))


@bp.post("/discussions/<topic>/<int:number>/comments/<int:position>/edit")
@allowed(access.may_change, on=comment_here)
@takes_uploads(UPLOAD)
@limit("60/hour")
def change_comment(comment: Comment) -> ResponseReturnValue:
    """Change one's own words; what they said before stays to be read."""
    form = comment_form(idea_of(comment))
    if answer := not_yet(form, lambda **shown: comment_page(comment, form, **shown)):
        return answer
    thread = thread_of(comment)
    with saving(form) as saved:
        comments.change(comment, thread=thread, by=me(), now=clock.now(), **form.words)
    if not saved.ok:
        return comment_page(comment, form), 422
    _say_changed(comment.shown)
    return show_comment(thread, comment.position)


@bp.get("/discussions/<topic>/<int:number>/comments/<int:position>/history")
@allowed(anyone, on=comment_here)
def show_history(comment: Comment) -> str:
    """What a comment says, and what it said before."""
    said = queries.said(comment.id)
    return render_template(
        "discussions/show_history.html",
        thread=thread_of(comment),
        number=comment.position,
        present=comment,
        title=said.idea_title if said else "",
        since=comment.edited_at or comment.at,
        earlier=queries.earlier_versions(comment) if _may_read(comment) else [],
        is_shown=_may_read(comment),
    )


@bp.get("/discussions/<topic>/<int:number>/comments/<int:position>/withdrawal")
@allowed(access.may_withdraw, on=comment_here)
def confirm_withdrawal(comment: Comment) -> str:
    """Ask before somebody's words are taken back."""
    return render_template("discussions/confirm_withdrawal.html", thread=thread_of(comment), comment=comment)


@bp.post("/discussions/<topic>/<int:number>/comments/<int:position>/withdrawal")
@allowed(access.may_withdraw, on=comment_here)
def withdraw_comment(comment: Comment) -> ResponseReturnValue:
    """Take one's own words back."""
    thread, position = thread_of(comment), comment.position
    with transaction():
        leaves_a_note = comments.withdraw(comment, by=me(), now=clock.now())
    if leaves_a_note:
        flash(_("Your words are gone. A note stands in their place, because others answered them."), "success")
        return show_comment(thread, position)
    flash(_("Your words are gone."), "success")
    return show(thread)


# The words that opened a thread.


@bp.get("/discussions/<topic>/<int:number>/edit")
@allowed(access.may_change_thread, on=thread_here)
def edit_thread(thread: Thread) -> str:
    """The form to change the words that open one's own thread."""
    form = ThreadForm(formdata=None, data={"title": thread.title, "text": thread.text, "language": thread.language})
    return thread_page(thread, form)


@bp.post("/discussions/<topic>/<int:number>/edit")
@allowed(access.may_change_thread, on=thread_here)
@takes_uploads(UPLOAD)
@limit("60/hour")
def change_thread(thread: Thread) -> ResponseReturnValue:
    """Change them; what they said before stays to be read."""
    form = ThreadForm()
    if answer := not_yet(form, lambda **shown: thread_page(thread, form, **shown)):
        return answer
    with saving(form) as saved:
        threads.change_thread(thread, by=me(), now=clock.now(), **form.words)
    if not saved.ok:
        return thread_page(thread, form), 422
    _say_changed(thread.shown)
    return show(thread)


@bp.get("/discussions/<topic>/<int:number>/history")
@allowed(anyone, on=thread_here)
def thread_history(thread: Thread) -> str:
    """What the opening of a thread says, and what it said before."""
    return render_template(
        "discussions/show_history.html",
        thread=thread,
        number=0,
        present=thread,
        title=thread.title,
        since=thread.edited_at or thread.created_at,
        earlier=thread_queries.earlier_versions(thread) if _may_read(thread) else [],
        is_shown=_may_read(thread),
    )


@bp.get("/discussions/<topic>/<int:number>/withdrawal")
@allowed(access.may_ask_to_withdraw, on=thread_here)
def confirm_thread_withdrawal(thread: Thread) -> str:
    """Ask before a thread is taken back; or say why it stays, and whom to ask."""
    return _withdrawing(thread)


@bp.post("/discussions/<topic>/<int:number>/withdrawal")
@allowed(access.may_ask_to_withdraw, on=thread_here)
def withdraw_thread(thread: Thread) -> ResponseReturnValue:
    """Take one's own thread back, where nobody else has said anything in it."""
    slug = thread.topic.slug
    try:
        with transaction():
            withdrawing.withdraw_thread(thread, by=me(), now=clock.now())
    except OthersSpoke as refused:
        flash(str(refused.sentence), "error")
        return _withdrawing(thread), refused.status
    flash(_("Your thread is gone."), "success")
    return see_other("discussions.show_topic", topic=slug)


def _withdrawing(thread: Thread) -> str:
    return render_template(
        "discussions/confirm_thread_withdrawal.html",
        thread=thread,
        others_spoke=thread_queries.others_spoke(thread),
    )


def _may_read(thing: Comment | Thread) -> bool:
    """Whether the words themselves may be read here: in plain sight, or one's own."""
    return thing.shown == "shown" or access.is_author_of(thing)


def _say_changed(shown: str) -> None:
    if shown == "waiting":
        flash(_("Thank you. A moderator reads it before others see it; you see it already."), "success")
    else:
        flash(_("Your words are changed. What they said before can still be read."), "success")


def comment_form(idea: Any, **given: Any) -> WritingForm:
    """The form for a comment, or for an idea with its title."""
    form: WritingForm = (IdeaForm if idea is not None else CommentForm)(**given)
    del form.follow  # type: ignore[attr-defined]
    return form


def comment_page(comment: Comment, form: WritingForm, **shown: Any) -> str:
    """The page on which a comment is changed."""
    thread = thread_of(comment)
    place = f"{address_of(thread)}/comments/{comment.position}/edit"
    return render_template(
        "discussions/edit_words.html", thread=thread, number=comment.position, form=form, place=place, **shown
    )


def thread_page(thread: Thread, form: WritingForm, **shown: Any) -> str:
    """The page on which the opening of a thread is changed."""
    return render_template(
        "discussions/edit_words.html", thread=thread, number=0, form=form, place=f"{address_of(thread)}/edit", **shown
    )
