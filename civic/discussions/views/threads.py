"""A thread: its opening, the official answer, and what people say; an idea with what is said about it."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from civic.core import clock
from civic.core.doors import allowed, anyone
from civic.core.manifest import ActivityFacts
from civic.core.pages import Page, etag
from civic.core.person import maybe_me
from civic.core.web import way_to
from civic.discussions import access
from civic.discussions.models import Comment, Idea, Thread
from civic.discussions.queries import comments as queries
from civic.discussions.queries import threads
from civic.discussions.queries.comments import Said
from civic.discussions.queries.ideas import how_many_by_status, idea_of, ideas, moves_of
from civic.discussions.queries.standing import Standing, standing_of
from civic.discussions.rules.choices import COMMENT_SORTS, IDEA_SORTS, IDEA_STATES
from civic.discussions.rules.reading import new_since, page_of_position
from civic.discussions.translating import lay_thread
from civic.discussions.views import bp
from civic.discussions.views.drawing import once
from civic.discussions.views.places import place_here, thread_here, thread_of
from civic.discussions.views.showing import Table, address_of, drawn_text, fields_for


@dataclass
class Shown:
    """The comments on a page, and the ways to its neighbours."""

    items: list[tuple[Said, list[Said]]]
    sort: str
    sorts: tuple[str, ...]
    page_number: int = 1
    pages: int = 1
    page: Page | None = None
    status: str = ""

    @property
    def is_first(self) -> bool:
        """Whether this is where the thread begins: there its opening stands."""
        return self.page_number == 1 and (self.page is None or self.page.previous is None)

    @property
    def everything(self) -> list[Said]:
        """Every comment on the page, in its order."""
        return [each for head, under in self.items for each in (head, *under)]


@dataclass(frozen=True)
class OnPage:
    """What stands on a page of a thread, the same for everybody who reads it."""

    shown: Shown
    official: Said | None
    opener: str | None
    poll: ActivityFacts | None
    by_status: Mapping[str, int]
    quoted: Mapping[int, Said]


@bp.get("/discussions/<topic>/<int:number>")
@allowed(anyone, on=thread_here)
def show_thread(thread: Thread) -> ResponseReturnValue:
    """A thread, fifty comments at a time by number, or in another order by keys."""
    if elsewhere := _moved(thread):
        return elsewhere
    told = _keep(thread, clock.now())
    asked = tuple(request.args.get(name, "") for name in ("sort", "page", "at", "status"))
    said = once("pages", (*told, g.language.code, *asked), lambda: _said(thread))
    return render_template(
        "discussions/show_thread.html",
        thread=thread,
        topic=thread.topic,
        is_own=access.is_author_of(thread),
        talk=_talk(thread, said),
    )


def _said(thread: Thread) -> OnPage:
    """What stands on a page of a thread, whoever reads it."""
    shown = _shown(thread)
    official = queries.official_answer(thread) if shown.is_first else None
    return OnPage(
        shown,
        official,
        opener=threads.author_of(thread) if shown.is_first else None,
        poll=threads.poll_of(thread) if thread.poll else None,
        by_status=how_many_by_status(thread) if thread.kind == "ideas" else {},
        quoted=_quoted(thread, shown.everything),
    )


def _talk(thread: Thread, page: OnPage) -> Markup:
    """Everything that is said, and what the person here can do about it."""
    shown, me, here = page.shown, maybe_me(), address_of(thread)
    everything = [*shown.everything, *([page.official] if page.official else [])]
    lay_thread(thread, [*everything, *page.quoted.values()])
    standing = standing_of(me.id if me else None, thread, (each.id for each in everything))
    html = render_template(
        "discussions/_thread.html",
        thread=thread,
        topic=thread.topic,
        t=_table(
            thread,
            here,
            everything,
            supported=standing.supports,
            quoted=page.quoted,
            answer_id=page.official.id if page.official else None,
        ),
        shown=shown,
        official=page.official,
        opener=page.opener,
        opening=drawn_text(thread.text, thread.language, under=1),
        poll=page.poll,
        standing=standing,
        unread=new_since(thread.last_position, standing.read_to),
        first_new=_address_of_new(here, thread, standing),
        numbers=_numbers(shown.page_number, shown.pages),
        way=lambda **other: _way(here, shown, **other),
        by_status=page.by_status,
        **_what_may_be_done(thread, standing),
    )
    return Markup(html)  # noqa: S704 - our own template drew it


@bp.get("/discussions/<topic>/<int:number>/comments/<int:position>")
@allowed(anyone, on=place_here)
def show_comment(comment: Comment) -> ResponseReturnValue:
    """An idea with its history and what is said about it; any other comment is shown where it stands in its thread."""
    thread = thread_of(comment)
    if thread.kind == "ideas" and not comment.is_official:
        idea = idea_of(comment)
        if idea is not None:
            return _show_idea(thread, comment, idea)
        above = queries.said(comment.top_id)
        if above is not None:
            return redirect(f"{address_of(thread)}/comments/{above.position}#comment-{comment.position}", 303)
    page = page_of_position(comment.position)
    return redirect(f"{address_of(thread)}{f'?page={page}' if page > 1 else ''}#comment-{comment.position}", 303)


def _show_idea(thread: Thread, comment: Comment, idea: Idea) -> ResponseReturnValue:
    if elsewhere := _moved(thread, position=comment.position):
        return elsewhere
    _keep(thread, clock.now())
    said = queries.said(comment.id)
    assert said is not None
    page = queries.answers_under(comment, at=request.args.get("at"))
    here, me, everything = address_of(thread), maybe_me(), [said, *page.items]
    lay_thread(thread, everything)
    return render_template(
        "discussions/show_idea.html",
        thread=thread,
        topic=thread.topic,
        said=said,
        idea=idea,
        moves=moves_of(idea),
        page=page,
        here=f"{here}/comments/{said.position}",
        t=_table(
            thread,
            here,
            everything,
            present=f"{here}/comments/{said.position}",
            quoted=_quoted(thread, everything),
            supported=queries.supported_by(me.id if me else None, (each.id for each in everything)),
        ),
    )


def _moved(thread: Thread, **values: Any) -> ResponseReturnValue | None:
    """Threads move to other topics; their old addresses lead to the new ones."""
    asked = (request.view_args or {}).get("topic")
    if asked == thread.topic.slug:
        return None
    address = url_for(request.endpoint or "", topic=thread.topic.slug, number=thread.id, **values)
    query = request.query_string.decode("ascii", "replace")
    return redirect(f"{address}?{query}" if query else address, 302)


def _keep(thread: Thread, now: datetime) -> tuple[Hashable, ...]:
    """What a page that is kept depends on: anything in the thread that changes, and the time in steps of ten minutes, since people
    change their names and surveys are answered without telling us."""
    told = (
        "thread",
        thread.id,
        thread.version,
        thread.pulse,
        thread.topic.version,
        f"{now:%Y-%m-%d %H}",
        now.minute // 10,
    )
    etag(*told)
    return told


def _shown(thread: Thread) -> Shown:
    at, sort = request.args.get("at"), request.args.get("sort", "")
    if thread.kind == "ideas":
        sort = sort if sort in IDEA_SORTS else IDEA_SORTS[0]
        status = request.args.get("status", "")
        status = status if status in IDEA_STATES else ""
        page = ideas(thread, sort, status, at=at)
        return Shown([(each, []) for each in page.items], sort, IDEA_SORTS, page=page, status=status)
    sort = sort if sort in COMMENT_SORTS else COMMENT_SORTS[0]
    if sort == "oldest":
        asked = request.args.get("page", "")
        stretch = queries.by_number(thread, int(asked) if asked.isdecimal() and len(asked) < 10 else 1)
        return Shown(queries.arranged(stretch.items), sort, COMMENT_SORTS, stretch.page, stretch.pages)
    page = queries.comments(thread, sort, at=at)
    return Shown([(each, []) for each in page.items], sort, COMMENT_SORTS, page=page)


def _quoted(thread: Thread, items: Sequence[Said]) -> dict[int, Said]:
    return queries.said_at(thread, {each.quotes for each in items if each.quotes})


def _table(thread: Thread, here: str, items: Sequence[Said], **known: Any) -> Table:
    me = maybe_me()
    others = any(each.is_in_sight and each.author_id != (me.id if me else None) for each in items)
    return Table(
        here,
        me.id if me else None,
        may_support=others and access.may_write(),
        desk=_desk(thread) if thread.kind == "ideas" and access.may_answer_officially() else "",
        takes_comments=thread.takes_comments,
        **known,
    )


def _what_may_be_done(thread: Thread, standing: Standing) -> dict[str, Any]:
    """Forms and links for the person here."""
    return {
        "writing": fields_for(thread, standing.begun) if access.may_comment(thread) else None,
        "may_change": access.may_change_thread(thread),
        "may_withdraw": access.may_ask_to_withdraw(thread),
        "report_thread": way_to("moderation.new_report", thing=f"thread:{thread.id}"),
        "staff_page": _desk(thread) if access.may_work_on_discussions() else "",
    }


def _desk(thread: Thread) -> str:
    """Where staff work on a thread."""
    return url_for("manage_discussions.show_thread", number=thread.id)


def _address_of_new(here: str, thread: Thread, standing: Standing) -> str:
    """Where the first comment stands that came since the last visit."""
    if standing.read_to is None or standing.read_to >= thread.last_position or thread.kind == "ideas":
        return ""
    page = page_of_position(standing.read_to + 1)
    return f"{here}{f'?page={page}' if page > 1 else ''}#new"


def _way(here: str, shown: Shown, **other: Any) -> str:
    """The same thread, otherwise: what stands first is left out of the address."""
    asked = {"sort": shown.sort if shown.sort != shown.sorts[0] else "", "status": shown.status} | other
    told = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return f"{here}?{told}#said" if told else f"{here}#said"


def _numbers(page: int, pages: int) -> Iterable[int]:
    """The pages that are offered: the first, the last, and those around the present one; 0 where some are left out."""
    near = [n for n in range(1, pages + 1) if n in (1, pages) or abs(n - page) <= 1] if pages > 1 else []
    before = 0
    for n in near:
        if n > before + 1:
            yield 0
        yield n
        before = n
