"""What stays the same for every comment on a page, worked out once: the reader, what they may do, and all the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from flask import g, get_template_attribute, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from civic.core.i18n import Words, format_number
from civic.core.prose import read_prose
from civic.core.translatable import laid_over
from civic.discussions.forms.talk import CommentForm, IdeaForm
from civic.discussions.models import Thread
from civic.discussions.queries.comments import Answered, Said
from civic.discussions.queries.standing import Begun
from civic.discussions.queries.threads import ListedThread
from civic.discussions.views.drawing import once
from civic.discussions.wording import IDEA_COLOURS, IDEA_NAMES, talk_words

COMMENT = "comment:0"
OF = Markup('<span class="govuk-visually-hidden"> {}</span>')
BDI = Markup("<bdi>{}</bdi>")
LINK = Markup('<a class="govuk-link" href="{}/comments/{}">{}</a>')


def address_of(thread: Any) -> str:
    """Where a thread stands."""
    slug = thread.topic if isinstance(thread.topic, str) else thread.topic.slug
    return url_for("discussions.show_thread", topic=slug, number=thread.id)


def drawn_text(text: str, language: str, *, under: int) -> Markup:
    """What somebody wrote as a page shows it, marked with its own language."""
    return read_prose(text, language, under, pictures=True)


@lru_cache(8)
def phrases(language: str) -> SimpleNamespace:
    """The words around a comment in a language; with {} where a number or a name goes in."""
    return SimpleNamespace(
        comment=_("Comment %(number)s", number="{}"),
        page=_("Page %(number)s", number="{}"),
        answers=Markup(escape(_("answers %(number)s, %(name)s", number="{}", name="{}"))),  # noqa: S704 - escaped
        nobody=_("A former member"),
        official=_("Official"),
        changed=_("changed since"),
        withdrawn=_("Withdrawn by its author."),
        answer=_("Answer this"),
        discuss=_("Talk about it"),
        above=_("This is the official answer. It stands at the top of the page."),
        quote=_("Quote"),
        edit=_("Change"),
        withdraw=_("Withdraw"),
        report=_("Report this"),
        decide=_("Say what becomes of it"),
        more=_("More"),
        support=_("Support"),
        supports_it=_("You support this"),
        why=_("Why:"),
        ideas={status: Markup(_tag(status)) for status in IDEA_NAMES},  # noqa: S704 - escaped below
    )


def _tag(status: str) -> str:
    colour = f" govuk-tag--{IDEA_COLOURS[status]}" if IDEA_COLOURS[status] else ""
    return f'<strong class="govuk-tag{colour}">{escape(IDEA_NAMES[status])}</strong>'


def drawn_row(thread: ListedThread, href: str, topic: Words | None = None, level: int = 3) -> Markup:
    """A thread in a list that everybody sees alike, perhaps with its topic; `level` is that of its heading."""
    shown = (thread.title, topic) if topic else (thread.title,)
    laid = tuple(laid_over(each.text, each.language, g.language.code) for each in shown)
    key = ("row", thread, href, topic, level, g.language.code, laid)
    return once("parts", key, lambda: _macro("_parts.html", "thread_row")(thread, href, talk_words, topic, level))


def fields_for(thread: Thread, begun: Begun | None) -> Markup:
    """The fields below a thread, with what was begun in them; while they are empty they are the same for every member."""
    is_ideas = thread.kind == "ideas"
    typed = {"title": begun.title, "text": begun.text, "language": begun.language} if begun else {}

    def draw() -> Markup:
        form = (IdeaForm if is_ideas else CommentForm)(formdata=None, data=typed | {"follow": True})
        return _macro("_compose.html", "fields_below")(form, is_ideas)

    return draw() if begun else once("parts", ("fields", is_ideas, g.language.code), draw)


def _macro(template: str, name: str) -> Callable[..., Markup]:
    macro: Callable[..., Markup] = get_template_attribute(f"discussions/{template}", name)
    return macro


@dataclass
class Table:
    """Around which the people of a thread sit: what a template needs for each comment."""

    here: str
    me: int | None
    answer_id: int | None = None  # the official answer, where it stands on top
    present: str = ""  # the idea whose own page this is
    may_support: bool = False
    desk: str = ""  # where staff decide about the ideas
    takes_comments: bool = False
    supported: frozenset[int] = frozenset()
    quoted: Mapping[int, Said] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.language = g.language.code
        self.look = (self.here, self.language, self.present, self.may_support, self.desk, self.takes_comments)
        self.say = phrases(self.language)
        self.above = 0 if not self.present else int(self.present.rsplit("/", 1)[1])  # whom all on an idea's page answer
        self._report, self._after = url_for("moderation.new_report", thing=COMMENT).split(COMMENT)
        self._of: dict[int, Markup] = {}

    def comment(self, said: Said, *, is_answer: bool = False) -> Markup:
        """One comment with everything that can be done about it, drawn for all readers to whom it looks alike."""
        is_own = self.me is not None and said.author_id == self.me
        so = (is_answer, is_own, said.id in self.supported, said.id == self.answer_id)
        key = (said, *self.look, *so, self.quoted.get(said.quotes or 0), self._laid(said))
        return once("parts", key, lambda: _macro("_said.html", "said")(said, self, is_own, is_answer))

    def _laid(self, said: Said) -> tuple[Any, ...]:
        """The translations that stand in place of a comment's words, of what it quotes, and of an idea's title."""
        if "laid" not in g:
            return ()
        quoted = self.quoted.get(said.quotes or 0)
        pairs = [(said.text, said.language), (said.idea_title or "", said.language)]
        pairs += [(quoted.text, quoted.language)] if quoted else []
        return tuple(laid_over(text, language, self.language) for text, language in pairs)

    def html(self, said: Said, under: int) -> Markup:
        """The words of a comment, marked with their language."""
        return drawn_text(said.text, said.language, under=under)

    def name(self, position: int) -> str:
        """How a comment is called by its number."""
        return str(self.say.comment.format(format_number(position)))

    def of(self, position: int) -> Markup:
        """The same, for those who hear a link alone."""
        if position not in self._of:
            self._of[position] = OF.format(self.name(position))
        return self._of[position]

    def answers(self, answered: Answered) -> Markup:
        """Whom a comment answers: the number as a link, and the name."""
        link = LINK.format(self.here, answered.position, format_number(answered.position))
        said: Markup = self.say.answers.format(
            link, BDI.format(answered.author) if answered.author else self.say.nobody
        )
        return said

    def report(self, comment_id: int) -> str:
        """Where a comment is reported."""
        return f"{self._report}comment:{comment_id}{self._after}"
