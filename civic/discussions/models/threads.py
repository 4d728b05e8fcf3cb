"""Topics, and the threads in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.moderated import Moderable, shown_check
from civic.discussions.rules.choices import THREAD_KINDS, THREAD_STATES, TOPIC_STATES


class Topic(Model):
    """What threads are about: opened by staff, who say whether texts wait for a moderator and how fast people may write."""

    __tablename__ = "topic"
    TRANSITIONS = {("open", "close"): "closed", ("closed", "reopen"): "open"}

    id: Mapped[int] = id_column()
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str]  # one plain sentence or two
    language: Mapped[str]
    position: Mapped[int]  # its place among the topics
    status: Mapped[str] = mapped_column(default="open")
    waits: Mapped[bool] = mapped_column(default=False)  # texts wait for a moderator before anybody sees them
    pause_seconds: Mapped[int] = mapped_column(default=0)  # slow mode: so long between two texts of one person
    members_open: Mapped[bool] = mapped_column(default=True)  # members may open discussions in it, not only staff
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    threads: Mapped[int] = mapped_column(default=0)  # kept: how many threads everybody can see
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80", name="slug"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("pause_seconds BETWEEN 0 AND 86400", name="pause"),
        CheckConstraint("threads >= 0", name="kept"),
        one_of("status", TOPIC_STATES),
        Index("ix_topic_position", "position", "id"),
    )

    @property
    def is_open(self) -> bool:
        """Whether anything may still be written in it."""
        return self.status == "open"


class TopicAddress(Model):
    """A name by which a topic was found before: its old address leads on to it, and no other topic takes it."""

    __tablename__ = "topic_address"

    slug: Mapped[str] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)


class Thread(Moderable, Model):
    """A discussion, a list of ideas or an official question, with the text that opens it; its number stays when it moves.

    The kept counts are of what everybody can see; `last_position` and `last_voice` only ever grow, so that the number of a comment
    and the number of a person in the thread are never given twice.
    """

    __tablename__ = "thread"
    TRANSITIONS = {("open", "lock"): "locked", ("locked", "unlock"): "open"}

    id: Mapped[int] = id_column()
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"))
    kind: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")
    locked_why: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    text: Mapped[str]  # Markdown; an official question may be all in its title
    language: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"))
    author_name: Mapped[str] = mapped_column(default="")  # of somebody without an account here: an import's pseudonym
    as_role: Mapped[str] = mapped_column(default="")  # the office in which a member of staff writes; empty for members
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]  # by its author, before anybody else had answered: nothing is left of it
    poll: Mapped[str] = mapped_column(default="")  # "survey:3", a poll that stands in it
    answer_id: Mapped[int | None] = mapped_column(
        ForeignKey("comment.id", use_alter=True, name="fk_thread_answer_id", ondelete="SET NULL"), index=True
    )  # the official answer, shown first
    told_at: Mapped[datetime | None]  # when those who are mentioned in it were told
    source_key: Mapped[str | None] = mapped_column(unique=True)  # where it was imported from, "madrid:12"

    comments: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    supports: Mapped[int] = mapped_column(default=0)  # of all its comments and ideas together
    last_at: Mapped[datetime]  # of the newest comment in sight, or of its opening
    last_position: Mapped[int] = mapped_column(default=0)
    last_voice: Mapped[int] = mapped_column(default=0)
    pulse: Mapped[int] = mapped_column(default=0)  # grows with everything that changes its pages: what they are kept by
    version: Mapped[int] = mapped_column(default=1)

    # Lists read columns; one thread asks for its topic again after a refused form, where everything is read afresh.
    topic: Mapped[Topic] = relationship(lazy="select")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        shown_check(),
        one_of("kind", THREAD_KINDS),
        one_of("status", THREAD_STATES),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("withdrawn_at IS NULL OR (shown = 'removed' AND text = '')", name="withdrawn"),
        CheckConstraint("poll = '' OR poll ~ '^[a-z_]+:[0-9]+$'", name="poll"),
        CheckConstraint("comments >= 0 AND people >= 0 AND supports >= 0", name="kept"),
        CheckConstraint("comments <= last_position AND people <= last_voice", name="numbers"),
        # Lists of what everybody can see, by each way of sorting them; within a topic and over all of them.
        *(
            Index(f"ix_thread_{where}_{name}", *within, *columns, postgresql_where="shown IN ('shown', 'folded')")
            for where, within in (("topic", ("topic_id",)), ("all", ()))
            for name, columns in (
                ("active", ("last_at", "id")),
                ("newest", ("created_at", "id")),
                ("supported", ("supports", "id")),
                ("quiet", ("comments", "id")),
            )
        ),
        Index("ix_thread_topic_id", "topic_id", "id"),
        Index("ix_thread_author_id", "author_id", "id"),
    )

    @property
    def is_locked(self) -> bool:
        """Whether staff ended the conversation; what was said stays to be read."""
        return self.status == "locked"

    @property
    def takes_comments(self) -> bool:
        """Whether anything may still be said in it: neither it nor its topic was closed."""
        return self.status == "open" and self.is_in_sight and self.topic.is_open

    @property
    def is_in_sight(self) -> bool:
        """Whether everybody can see it."""
        return self.shown in ("shown", "folded")
