"""Writing: a comment, an answer, an idea, a thread. Whatever is pressed or refused, what was typed is not lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import saving
from civic.core.markdown import render_markdown
from civic.core.pages import see_other
from civic.core.person import maybe_me, me
from civic.core.security import limit, takes_uploads
from civic.discussions import access
from civic.discussions.actions import comments, drafts, threads
from civic.discussions.actions.pictures import keep_picture
from civic.discussions.forms.talk import CommentForm, IdeaForm, ThreadForm, WritingForm
from civic.discussions.models import Comment, Thread, Topic
from civic.discussions.queries import comments as said
from civic.discussions.queries.readers import draft_for
from civic.discussions.queries.topics import topic_by_slug
from civic.discussions.views import bp
from civic.discussions.views.browser import hold
from civic.discussions.views.composing import UPLOAD, plain_alt
from civic.discussions.views.places import answered, quoted, reply_address, show, show_comment, thread_here


@dataclass(frozen=True)
class Place:
    """Where something is being written: in a thread (perhaps as an answer), or as a new thread in a topic."""

    topic: Topic
    thread: Thread | None = None
    answers: Comment | None = None
    quotes: int | None = None

    @property
    def is_idea(self) -> bool:
        """Whether what is written here is an idea."""
        return self.thread is not None and self.thread.kind == "ideas" and self.answers is None

    def form(self, **given: Any) -> WritingForm:
        """The form for what is written here."""
        kind = ThreadForm if self.thread is None else IdeaForm if self.is_idea else CommentForm
        return kind(**given)  # type: ignore[no-any-return]

    @property
    def kept(self) -> dict[str, Any]:
        """The same as drafts know it."""
        if self.thread is None:
            return {"topic": self.topic}
        return {"thread": self.thread, "answers": self.answers}

    @property
    def address(self) -> str:
        """Where one writes."""
        if self.thread is None:
            return url_for("discussions.new_thread", topic=self.topic.slug)
        return reply_address(self.thread, self.answers, self.quotes)

    @property
    def may_write(self) -> bool:
        """Whether the person here may post it."""
        return access.may_open_thread(self.topic) if self.thread is None else access.may_comment(self.thread)

    @property
    def is_open(self) -> bool:
        """Whether anybody may."""
        return (self.topic.is_open and self.topic.members_open) if self.thread is None else self.thread.takes_comments


def in_thread(thread: Thread) -> Place:
    """A comment, or an answer to the one that the request names."""
    answers = answered(thread)
    return Place(thread.topic, thread, answers, quoted(thread))


@bp.get("/discussions/<topic>/<int:number>/reply")
@allowed(anyone, on=thread_here)
def new_comment(thread: Thread) -> ResponseReturnValue:
    """The form for a comment, an answer or an idea, with what was begun in this place."""
    if not thread.takes_comments:
        return show(thread)
    return _begun(in_thread(thread))


@bp.post("/discussions/<topic>/<int:number>/comments")
@allowed(anyone, on=thread_here)
@takes_uploads(UPLOAD)
@limit("120/hour")
def create_comment(thread: Thread) -> ResponseReturnValue:
    """Post what was written, look at it first, keep it for later, or put a picture into it."""
    return _act(in_thread(thread))


@bp.get("/discussions/<topic>/new")
@allowed(anyone, on=lambda topic: topic_by_slug(topic))
def new_thread(topic: Topic) -> ResponseReturnValue:
    """The form for a discussion that a member opens."""
    place = Place(topic)
    if not place.is_open and not place.may_write:
        return see_other("discussions.show_topic", topic=topic.slug)
    return _begun(place)


@bp.post("/discussions/<topic>")
@allowed(anyone, on=lambda topic: topic_by_slug(topic))
@takes_uploads(UPLOAD)
@limit("60/hour")
def create_thread(topic: Topic) -> ResponseReturnValue:
    """Open a discussion, look at it first, keep it for later, or put a picture into it."""
    return _act(Place(topic))


def _begun(place: Place) -> str:
    person = maybe_me()
    draft = draft_for(person.id if person else None, **place.kept)
    typed = {"title": draft.title, "text": draft.text, "language": draft.language} if draft else {}
    form = place.form(formdata=None, data=typed | {"follow": True})
    return writing_page(place, form, draft=draft)


def _act(place: Place) -> ResponseReturnValue:
    form, act = place.form(), request.form.get("act", "post")
    if act == "preview":
        return writing_page(place, form, preview=render_markdown(form.text.data or "", under=2, pictures=True))
    if not place.may_write:
        return _keep_for_later(place, form)
    if act == "keep":
        _keep(place, form)
        flash(_("Your words are kept. Nobody else sees them until you post them."), "success")
        return see_other("discussions.list_mine")
    if act == "picture":
        return _add_picture(place, form)
    return _post(place, form)


def _post(place: Place, form: WritingForm) -> ResponseReturnValue:
    if not form.validate():
        return writing_page(place, form), 422
    if form.has_picture:
        form.alt.errors = [_("Put the picture into your text first, or leave both fields empty.")]
        return writing_page(place, form), 422
    with saving(form) as saved:
        thing = _posted(place, form)
    if not saved.ok:
        _keep(place, form)
        return writing_page(place, form), 422
    if thing.shown == "waiting":
        flash(_("Thank you. A moderator reads it before others see it; you see it already."), "success")
    else:
        flash(_("Your words are on the page."), "success")
    return show(thing) if isinstance(thing, Thread) else show_comment(place.thread, thing.position)  # type: ignore[arg-type]


def _posted(place: Place, form: WritingForm) -> Thread | Comment:
    by, now, words = me(), clock.now(), form.words
    if place.thread is None:
        return threads.open_thread(place.topic, kind="discussion", by=by, now=now, **words)
    return comments.post(
        place.thread, answers=place.answers, quotes=place.quotes, follow=bool(form["follow"].data), by=by, now=now, **words
    )  # fmt: skip


def _keep(place: Place, form: WritingForm) -> None:
    with transaction():
        drafts.keep_draft(by=me(), now=clock.now(), quotes=place.quotes, **form.words, **place.kept)


def _keep_for_later(place: Place, form: WritingForm) -> ResponseReturnValue:
    """Somebody who may not post yet: their words wait until they have signed in, or chosen a name."""
    if not place.is_open:
        form.form_errors = [_("Nothing more can be posted here. Copy your words if you want to keep them.")]
        return writing_page(place, form), 409
    if not (form.text.data or "").strip():
        form.validate()
        return writing_page(place, form), 422
    if maybe_me() is not None:
        _keep(place, form)
        flash(_("Your words are kept. To post them, confirm your email address and choose a display name."), "info")
        return see_other("accounts.edit_profile")
    with transaction():
        key = drafts.keep_signed_out(now=clock.now(), quotes=place.quotes, **form.words, **place.kept)
    hold(key)
    flash(_("Your words are kept in this browser for a day. Sign in, and you can post them."), "info")
    return see_other("accounts.sign_in", next=place.address)


def _add_picture(place: Place, form: WritingForm) -> ResponseReturnValue:
    """Put a picture into the text: what was typed is kept, and the form comes again with the picture in it."""
    if not form.picture.data:
        form.picture.errors = [_("Choose a picture.")]
        return writing_page(place, form), 422
    with saving(form) as saved:
        picture = keep_picture(form.picture.data, alt=plain_alt(form.alt.data or ""), by=me(), now=clock.now())
        text = f"{form.text.data or ''}\n\n{picture.markdown}".strip()
        words = form.words | {"text": text}
        drafts.keep_draft(by=me(), now=clock.now(), quotes=place.quotes, **words, **place.kept)
    if not saved.ok:
        return writing_page(place, form), 422
    flash(_("The picture is in your text, at its end."), "success")
    return redirect(place.address, 303)


def writing_page(place: Place, form: WritingForm, *, preview: Any = None, draft: Any = None) -> str:
    """The page on which something is written, with what was typed."""
    if place.thread is None:
        return render_template(
            "discussions/new_thread.html", topic=place.topic, form=form, preview=preview, draft=draft, place=place
        )
    above = said.said(place.answers.id) if place.answers else None
    quotes = said.said_at(place.thread, [place.quotes] if place.quotes else []).get(place.quotes or 0)
    return render_template(
        "discussions/new_comment.html",
        thread=place.thread,
        topic=place.topic,
        place=place,
        form=form,
        above=above,
        quoted=quotes,
        preview=preview,
        draft=draft,
    )
