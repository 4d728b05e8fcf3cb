"""Builders of topics, threads, comments and ideas; each text by somebody of its own and differently worded, unless said."""

from datetime import datetime, timedelta
from typing import Any

from civic.accounts.models import User
from civic.core.db import db
from civic.discussions.actions import comments, threads, topics
from civic.discussions.models import Comment, Idea, Thread, Topic
from civic.discussions.queries.ideas import idea_of

SAID = (
    "The crossing by the library takes so long that people run.",
    "Benches under the trees would let my mother walk to the market again.",
    "Lorries use our lane because their maps tell them it is shorter.",
    "What became of the trees that were planted outside the school?",
    "A night bus along the river would help everybody who works late.",
    "I would rather have one wide pavement than two narrow ones.",
)


class MakeDiscussions:
    """Discussions with honest defaults: an open topic, whatever is said in plain sight."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def member(self, **about: Any) -> User:
        """A member (make_accounts)."""
        raise NotImplementedError

    def staff(self, *roles: str, **about: Any) -> User:
        """A member of staff (make_accounts)."""
        raise NotImplementedError

    def settled_member(self, **about: Any) -> User:
        """Somebody whose account is a year old: no newcomer to moderation."""
        member = self.member(**about)
        member.created_at = self.now - timedelta(days=365)
        db.session.flush()
        return member

    def topic(self, *, slug: str = "", title: str = "Getting around", **about: Any) -> Topic:
        """A topic in English."""
        number = self.number()
        values: dict[str, Any] = {
            "slug": slug or f"topic-{number}", "title": title, "summary": "Walking, cycling, buses and trains.",
            "language": "en", "by": self.staff(), "now": self.now,
        }  # fmt: skip
        return topics.create_topic(**(values | about))

    def thread(
        self, topic: Topic | None = None, *, kind: str = "discussion", by: User | None = None, **about: Any
    ) -> Thread:
        """A thread in a topic of its own unless said; staff open what is no discussion."""
        number = self.number()
        values: dict[str, Any] = {
            "kind": kind, "title": f"Thread {number}", "text": f"{SAID[number % len(SAID)]} This is thread {number}.",
            "language": "en", "now": self.now, "as_role": "" if kind == "discussion" else "Head of Streets",
        }  # fmt: skip
        author = by or (self.settled_member() if kind == "discussion" else self.staff())
        return threads.open_thread(topic or self.topic(), by=author, **(values | about))

    def comment(
        self, thread: Thread | None = None, *, by: User | None = None, shown: str = "shown", **about: Any
    ) -> Comment:
        """A comment, in a thread of its own unless said."""
        number = self.number()
        values: dict[str, Any] = {
            "text": f"{SAID[number % len(SAID)]} That is what number {number} has to say.", "language": "en", "now": self.now,
        }  # fmt: skip
        comment = comments.post(thread or self.thread(), by=by or self.settled_member(), **(values | about))
        if shown != comment.shown:
            from civic.discussions.actions.showing import show_comment

            show_comment(comment.id, shown, "" if shown in ("shown", "waiting") else "spam")
        return comment

    def idea(self, thread: Thread | None = None, *, title: str = "", **about: Any) -> Idea:
        """An idea in a list of ideas of its own unless said."""
        number = self.number()
        comment = self.comment(thread or self.thread(kind="ideas"), title=title or f"Idea {number}", **about)
        idea = idea_of(comment)
        assert idea is not None
        return idea
