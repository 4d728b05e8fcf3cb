"""Topics: made, changed, ordered, closed and opened again."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.names import slug_of
from civic.core.pages import see_other
from civic.core.person import me
from civic.discussions import access
from civic.discussions.actions import topics as actions
from civic.discussions.forms.desk import LockForm, TopicForm
from civic.discussions.manage import bp
from civic.discussions.models import Topic
from civic.discussions.queries.threads import Wish, threads
from civic.discussions.queries.topics import topic_by_slug, topics


@bp.get("")
@allowed(access.may_see_staff_pages)
def list_topics() -> str:
    """The topics in their order, and the threads in which something was said last."""
    latest = threads(Wish(sort="active"), size=10).items
    return render_template(
        "discussions/manage/list_topics.html",
        topics=topics(),
        threads=latest,
        may_manage=access.may_manage_topics(),
    )


@bp.get("/topics/new")
@allowed(access.may_manage_topics)
def new_topic() -> str:
    """The form for a new topic."""
    return _page(None, TopicForm(formdata=None, data={"members_open": True, "language": "en"}))


@bp.post("/topics")
@allowed(access.may_manage_topics)
def create_topic() -> ResponseReturnValue:
    """Make a topic; it comes last in the list."""
    form = TopicForm()
    if form.validate():
        with saving(form) as saved:
            topic = actions.create_topic(by=me(), now=clock.now(), **_values(form))
        if saved.ok:
            flash(_("The topic is on the page."), "success")
            return see_other("manage_discussions.list_threads", topic=topic.slug)
    return _page(None, form), 422


@bp.get("/topics/<topic>/edit")
@allowed(access.may_manage_topics, on=lambda topic: topic_by_slug(topic))
def edit_topic(topic: Topic) -> str:
    """The form to change a topic."""
    return _page(topic, TopicForm(formdata=None, obj=topic))


@bp.post("/topics/<topic>/edit")
@allowed(access.may_manage_topics, on=lambda topic: topic_by_slug(topic))
def change_topic(topic: Topic) -> ResponseReturnValue:
    """Change a topic; what stood there before stays on record."""
    form = TopicForm()
    if form.validate():
        with saving(form) as saved:
            actions.change_topic(topic, by=me(), now=clock.now(), **_values(form))
        if saved.ok:
            flash(_("The topic is changed."), "success")
            return see_other("manage_discussions.list_threads", topic=topic.slug)
    return _page(topic, form), 422


@bp.post("/order")
@allowed(access.may_manage_topics)
def move_topic() -> ResponseReturnValue:
    """Move a topic one place up or down (its address as `up` or `down`)."""
    order = [(each.slug, each.id) for each in topics()]
    wanted = request.form.get("up") or request.form.get("down") or ""
    at = next((i for i, (slug, _id) in enumerate(order) if slug == wanted), None)
    to = None if at is None else at - 1 if "up" in request.form else at + 1
    if at is not None and to is not None and 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        with transaction():
            actions.order_topics([number for _slug, number in order], by=me(), now=clock.now())
    return see_other("manage_discussions.list_topics", _anchor="topics")


@bp.get("/topics/<topic>/closure")
@allowed(access.may_manage_topics, on=lambda topic: topic_by_slug(topic))
def ask_about_closure(topic: Topic) -> str:
    """Ask for the reason before a topic is closed, or opened again."""
    return _closure(topic, LockForm())


@bp.post("/topics/<topic>/closure")
@allowed(access.may_manage_topics, on=lambda topic: topic_by_slug(topic))
def change_closure(topic: Topic) -> ResponseReturnValue:
    """Close a topic, or open it again, with a reason."""
    form = LockForm()
    if form.validate():
        act = actions.reopen_topic if request.form.get("act") == "reopen" else actions.close_topic
        with saving(form) as saved:
            act(topic, why=str(form.why.data), by=me(), now=clock.now())
        if saved.ok:
            return see_other("manage_discussions.list_threads", topic=topic.slug)
    return _closure(topic, form), 422


def _closure(topic: Topic, form: LockForm) -> str:
    return render_template("discussions/manage/ask_about_closure.html", topic=topic, form=form)


def _page(topic: Topic | None, form: TopicForm) -> str:
    return render_template("discussions/manage/edit_topic.html", topic=topic, form=form)


def _values(form: TopicForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "summary": form.summary.data,
        "language": form.language.data,
        "slug": form.slug.data or slug_of(form.title.data or "", "topic"),
        "members_open": form.members_open.data,
        "waits": form.waits.data,
        "pause_seconds": form.pause_seconds.data,
    }
