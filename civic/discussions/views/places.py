"""What an address in discussions names, as far as the person here may know of it."""

from typing import Any

from flask import request, url_for

from civic.core.errors import NotFound
from civic.core.pages import see_other
from civic.discussions import access
from civic.discussions.models import Comment, Thread
from civic.discussions.queries.comments import comment_at
from civic.discussions.queries.threads import thread_by_id, thread_by_number

LARGEST = 2**31 - 1
"""No number of a comment is larger than its column holds."""


def thread_here(topic: str, number: int) -> Thread | None:
    """The thread of an address; nothing where it may not be seen."""
    thread = thread_by_number(topic, number)
    return thread if thread is not None and access.may_see_thread(thread) else None


def place_here(topic: str, number: int, position: int) -> Comment | None:
    """The comment of an address, whether or not its words may be read: something stands in its place."""
    thread = thread_here(topic, number)
    return comment_in(thread, position) if thread is not None else None


def comment_here(topic: str, number: int, position: int) -> Comment | None:
    """The comment of an address; nothing where it, or its thread, may not be seen."""
    comment = place_here(topic, number, position)
    return comment if comment is not None and access.may_see_comment(comment) else None


def comment_in(thread: Thread, position: int | None) -> Comment | None:
    """The comment of this number in a thread."""
    return comment_at(thread, position) if position is not None and 0 < position <= LARGEST else None


def thread_of(comment: Comment) -> Thread:
    """The thread in which a comment stands, with its topic."""
    thread = thread_by_id(comment.thread_id)
    assert thread is not None
    return thread


def answered(thread: Thread) -> Comment | None:
    """The comment that is to be answered, where the address or the form names one; 404 for one that is not in sight."""
    asked = request.values.get("answers", "")
    if not asked:
        return None
    comment = comment_in(thread, int(asked)) if asked.isdecimal() and len(asked) < 10 else None
    if comment is None or not comment.is_in_sight:
        raise NotFound()
    return comment


def quoted(thread: Thread) -> int | None:
    """The number of a comment that is to be quoted, where one that is in sight is named."""
    asked = request.values.get("quotes", "")
    comment = comment_in(thread, int(asked)) if asked.isdecimal() and len(asked) < 10 else None
    return comment.position if comment is not None and comment.is_in_sight else None


def show(thread: Thread, **values: Any) -> Any:
    """After a POST: go and look at the thread."""
    return see_other("discussions.show_thread", topic=thread.topic.slug, number=thread.id, **values)


def show_comment(thread: Thread, position: int) -> Any:
    """After a POST: go and look at the comment of this number."""
    return see_other("discussions.show_comment", topic=thread.topic.slug, number=thread.id, position=position)


def reply_address(thread: Thread, answers: Comment | None = None, quotes: int | None = None) -> str:
    """Where a comment, or an answer, is written."""
    asked: dict[str, Any] = {"answers": answers.position if answers else None, "quotes": quotes}
    return url_for("discussions.new_comment", topic=thread.topic.slug, number=thread.id, **asked)
