"""Small acts in a thread: supporting, following, having read."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.discussions import access
from civic.discussions.actions import following, supporting
from civic.discussions.models import Thread
from civic.discussions.views import bp
from civic.discussions.views.places import LARGEST, comment_in, show, show_comment, thread_here


def _thread(topic: str, number: int) -> Thread:
    thread = thread_here(topic, number)
    if thread is None:
        raise NotFound()
    return thread


@bp.post("/discussions/<topic>/<int:number>/supports")
@allowed(access.may_write)
@limit("300/hour")
def change_support(topic: str, number: int) -> ResponseReturnValue:
    """Support a comment or an idea (its number as `comment`), or support it no more (as `not`); one form for a whole page."""
    thread = _thread(topic, number)
    stops = "not" in request.form
    comment = comment_in(thread, _number(request.form.get("not" if stops else "comment")))
    if comment is None or not comment.is_in_sight:
        raise NotFound()
    with transaction():
        if stops:
            supporting.unsupport(comment, by=me())
        else:
            supporting.support(comment, by=me(), now=clock.now())
    return show_comment(thread, comment.position)


@bp.post("/discussions/<topic>/<int:number>/follow")
@allowed(is_signed_in)
@limit("120/hour")
def change_follow(topic: str, number: int) -> ResponseReturnValue:
    """Hear of what is said in a thread, or of it no more."""
    thread = _thread(topic, number)
    with transaction():
        if request.form.get("act") == "stop":
            following.unfollow(thread, by=me())
            told = _("You no longer follow this thread.")
        else:
            following.follow(thread, by=me(), now=clock.now())
            told = _("You follow this thread: we tell you when something new is said.")
    flash(told, "success")
    if request.form.get("from") == "account":
        return see_other("discussions.list_follows")
    return show(thread)


@bp.post("/discussions/<topic>/<int:number>/reads")
@allowed(is_signed_in)
@limit("600/hour")
def mark_read(topic: str, number: int) -> ResponseReturnValue:
    """Remember how far somebody has read; a script that says so by itself wants no page back."""
    thread = _thread(topic, number)
    with transaction():
        following.mark_read(thread, _number(request.form.get("position")) or 0, by=me(), now=clock.now())
    return ("", 204) if "quietly" in request.args else show(thread, _anchor="said")


def _number(text: str | None) -> int | None:
    """A number of a comment as a form sends it."""
    number = int(text) if text and text.isdecimal() and len(text) < 11 else None
    return number if number is not None and number <= LARGEST else None
