"""A page that was open for so long that its token is no longer good: nothing is written, and what was typed comes back."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError

from civic.core.errors import CivicError, forged
from civic.discussions import access
from civic.discussions.forms.talk import ThreadForm, WritingForm
from civic.discussions.queries.ideas import idea_of
from civic.discussions.queries.topics import topic_by_slug
from civic.discussions.views import bp
from civic.discussions.views.mending import comment_form, comment_page, thread_page
from civic.discussions.views.places import comment_here, thread_here
from civic.discussions.views.writing import Place, in_thread, writing_page

TOO_LONG_OPEN = _l("This page was open for too long. Your words are all here: look at them and send them again.")
Drawn = tuple[WritingForm, Callable[[WritingForm], str]]


@bp.errorhandler(CSRFError)
def give_back(error: CSRFError) -> ResponseReturnValue:
    """The form again with a fresh token and everything typed, for those who may see it; any other form is refused as everywhere."""
    find = FORMS.get(request.endpoint or "")
    try:
        found = find(**(request.view_args or {})) if find else None
    except CivicError:  # what was to be answered is gone; a refusal of a refusal would be an accident
        found = None
    if found is None:
        return forged(error)
    form, page = found
    form.form_errors = [TOO_LONG_OPEN]
    return page(form), 400


def _comment(topic: str, number: int) -> Drawn | None:
    thread = thread_here(topic, number)
    return _written(in_thread(thread)) if thread is not None else None


def _thread(topic: str) -> Drawn | None:
    found = topic_by_slug(topic)
    return _written(Place(found)) if found is not None else None


def _written(place: Place) -> Drawn:
    return place.form(), lambda form: writing_page(place, form)


def _changed_comment(topic: str, number: int, position: int) -> Drawn | None:
    comment = comment_here(topic, number, position)
    if comment is None or not access.may_change(comment):
        return None
    return comment_form(idea_of(comment)), lambda form: comment_page(comment, form)


def _changed_thread(topic: str, number: int) -> Drawn | None:
    thread = thread_here(topic, number)
    if thread is None or not access.may_change_thread(thread):
        return None
    return ThreadForm(), lambda form: thread_page(thread, form)


FORMS: dict[str, Callable[..., Drawn | None]] = {
    "discussions.create_comment": _comment,
    "discussions.create_thread": _thread,
    "discussions.change_comment": _changed_comment,
    "discussions.change_thread": _changed_thread,
}
