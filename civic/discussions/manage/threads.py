"""Threads on the desk: opened for the city, locked, moved, with a survey in them."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.authoring.views import typed_reason
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import takes_uploads
from civic.discussions import access
from civic.discussions.actions import threads as actions
from civic.discussions.forms.desk import LockForm, MoveForm, OfficialThreadForm, PollForm
from civic.discussions.manage import bp
from civic.discussions.models import Thread, Topic
from civic.discussions.queries import comments, threads
from civic.discussions.queries.ideas import how_many_by_status, ideas
from civic.discussions.queries.threads import Wish
from civic.discussions.queries.topics import topic_by_slug, topic_choices
from civic.discussions.views.composing import UPLOAD, not_yet


def desk_thread(number: int) -> Thread | None:
    """The thread of this number, in sight or not."""
    return threads.thread_by_id(number)


@bp.get("/topics/<topic>")
@allowed(access.may_see_staff_pages, on=lambda topic: topic_by_slug(topic))
def list_threads(topic: Topic) -> str:
    """The threads of a topic, those out of sight too."""
    page = threads.threads(Wish(topic.id, sort="newest", out_of_sight_too=True), at=request.args.get("at"))
    return render_template(
        "discussions/manage/list_threads.html", topic=topic, page=page, may_manage=access.may_manage_topics()
    )


@bp.get("/topics/<topic>/threads/new")
@allowed(access.may_manage_topics, on=lambda topic: topic_by_slug(topic))
def new_thread(topic: Topic) -> str:
    """The form for a question, a list of ideas or a discussion that the city opens."""
    return _writing(topic, OfficialThreadForm(formdata=None))


@bp.post("/topics/<topic>/threads")
@allowed(access.may_manage_topics, on=lambda topic: topic_by_slug(topic))
@takes_uploads(UPLOAD)
def create_thread(topic: Topic) -> ResponseReturnValue:
    """Open a thread for the city; or look at it first, or put a picture into it."""
    form = OfficialThreadForm()
    if answer := not_yet(form, lambda **shown: _writing(topic, form, **shown)):
        return answer
    kind, as_role = form.kind.data, form.as_role.data or ""
    with saving(form) as saved:
        told = {"kind": kind, "as_role": as_role, "advice_why": typed_reason()}
        thread = actions.open_thread(topic, **told, by=me(), now=clock.now(), **form.words)
    if not saved.ok:
        return _writing(topic, form, refused=saved.refused), 422
    flash(_("The thread is open."), "success")
    return see_other("manage_discussions.show_thread", number=thread.id)


def _writing(topic: Topic, form: OfficialThreadForm, **shown: object) -> str:
    return render_template("discussions/manage/new_thread.html", topic=topic, form=form, **shown)


@bp.get("/threads/<int:number>")
@allowed(access.may_see_staff_pages, on=desk_thread)
def show_thread(thread: Thread) -> str:
    """A thread with everything that staff can do about it."""
    is_ideas = thread.kind == "ideas"
    return render_template(
        "discussions/manage/show_thread.html",
        thread=thread,
        topic=thread.topic,
        opener=threads.author_of(thread),
        official=comments.official_answer(thread),
        moves=threads.moves_of(thread),
        poll=threads.poll_of(thread) if thread.poll else None,
        by_status=how_many_by_status(thread) if is_ideas else {},
        ideas=ideas(thread, at=request.args.get("at"), size=25) if is_ideas else None,
        may_manage=access.may_manage_topics(),
        may_keep_order=access.may_keep_order(),
        may_answer=access.may_answer_officially(),
    )


@bp.get("/threads/<int:number>/lock")
@allowed(access.may_keep_order, on=desk_thread)
def ask_about_lock(thread: Thread) -> str:
    """Ask for the reason before a thread is closed to comments, or opened to them again."""
    return _lock(thread, LockForm())


@bp.post("/threads/<int:number>/lock")
@allowed(access.may_keep_order, on=desk_thread)
def change_lock(thread: Thread) -> ResponseReturnValue:
    """Take no more comments, with a reason that everybody reads; or take them again."""
    form = LockForm()
    if form.validate():
        act = actions.unlock_thread if request.form.get("act") == "unlock" else actions.lock_thread
        with saving(form) as saved:
            act(thread, why=str(form.why.data), by=me(), now=clock.now())
        if saved.ok:
            return see_other("manage_discussions.show_thread", number=thread.id)
    return _lock(thread, form), 422


def _lock(thread: Thread, form: LockForm) -> str:
    return render_template("discussions/manage/ask_about_lock.html", thread=thread, form=form)


@bp.get("/threads/<int:number>/move")
@allowed(access.may_keep_order, on=desk_thread)
def ask_about_move(thread: Thread) -> str:
    """Ask where a thread belongs."""
    return _move(thread, MoveForm(topic_choices(), formdata=None, data={"topic": thread.topic.slug}))


@bp.post("/threads/<int:number>/move")
@allowed(access.may_keep_order, on=desk_thread)
def move_thread(thread: Thread) -> ResponseReturnValue:
    """Put a thread into another topic, with a reason."""
    form = MoveForm(topic_choices())
    if form.validate() and (to := topic_by_slug(str(form.topic.data))) is not None:
        with saving(form) as saved:
            actions.move_thread(thread, to, why=str(form.why.data), by=me(), now=clock.now())
        if saved.ok:
            flash(_("The thread is in its new topic. Its old address leads there."), "success")
            return see_other("manage_discussions.show_thread", number=thread.id)
    return _move(thread, form), 422


def _move(thread: Thread, form: MoveForm) -> str:
    return render_template("discussions/manage/ask_about_move.html", thread=thread, form=form)


@bp.get("/threads/<int:number>/poll")
@allowed(access.may_manage_topics, on=desk_thread)
def edit_poll(thread: Thread) -> str:
    """Choose a survey that stands in a thread."""
    return _poll(thread, PollForm(threads.poll_choices(), formdata=None, data={"poll": thread.poll}))


@bp.post("/threads/<int:number>/poll")
@allowed(access.may_manage_topics, on=desk_thread)
def change_poll(thread: Thread) -> ResponseReturnValue:
    """Let a survey stand in a thread, or none."""
    form = PollForm(threads.poll_choices())
    if form.validate():
        with saving(form) as saved:
            actions.attach_poll(thread, form.poll.data or "", by=me(), now=clock.now())
        if saved.ok:
            return see_other("manage_discussions.show_thread", number=thread.id)
    return _poll(thread, form), 422


def _poll(thread: Thread, form: PollForm) -> str:
    return render_template("discussions/manage/edit_poll.html", thread=thread, form=form)
