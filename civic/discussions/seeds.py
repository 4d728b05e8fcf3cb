"""The demo's discussions: topics, threads of every kind, in several languages, planted in bulk and counted like any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, func, insert, select, update

from civic.accounts.models import User
from civic.core.db import db, transaction
from civic.core.states import advance
from civic.discussions.actions import counts, threads, topics
from civic.discussions.models import Comment, CommentSupport, Idea, TextVersion, Thread, ThreadFollow, Topic
from civic.discussions.rules.choices import IN_SIGHT
from civic.discussions.seed_content.crowd import words
from civic.discussions.seed_content.lines import IdeaLine, Line, Planned
from civic.discussions.seed_content.threads import COOL, THREADS
from civic.discussions.seed_content.topics import TOPICS
from civic.moderation.actions import deciding, reporting
from civic.moderation.actions.cases import open_case
from civic.moderation.models import Case

LARGE = 5_000
"""Comments in the longest thread where the demo is larger than usual."""
REMOVED = {
    "spam": "It advertises something and says nothing about the question.",
    "abuse": "It threatens somebody. You may say how angry you are without that.",
}
"""What authors are told whose words were removed."""
VERBS = {"shortlisted": "shortlist", "taken_up": "take_up", "not_taken_up": "decline"}


def is_planted() -> bool:
    """Whether the demo's discussions are there."""
    return db.session.scalar(select(Topic.id).where(Topic.slug == TOPICS[0].slug)) is not None


def plant(scale: int, *, by: User, moderator: User, members: Sequence[int], now: datetime) -> Iterator[str]:
    """Every thread in a transaction of its own; `by` speaks for the authority, `members` are the accounts of those who write."""
    with transaction():
        made = {each.slug: _topic(each, by, now) for each in TOPICS}
    number = 0
    for seed, planned in enumerate(THREADS):
        crowd = LARGE if planned is COOL and scale > 1 else planned.crowd
        # In a request, as moderators need addresses of what they look at.
        with current_app.test_request_context("/en/"), transaction():
            number += Planting(planned, made[planned.topic].id, by, moderator, members, seed, now).plant(crowd)
    with transaction():
        for each in TOPICS:
            topic = db.session.get_one(Topic, made[each.slug].id)
            counts.recount_topic(topic.id)
            db.session.refresh(topic)
            if each.is_closed:
                topics.close_topic(topic, why="All questions of that evening were answered.", by=by, now=now)
    yield f"{len(TOPICS)} topics with {len(THREADS)} threads and {number:,} made-up comments and ideas"


def _topic(planned: Any, by: User, now: datetime) -> Topic:
    return topics.create_topic(
        slug=planned.slug, title=planned.title, summary=planned.summary, language="en", by=by, now=now - timedelta(days=200),
        waits=planned.waits, pause_seconds=planned.pause, members_open=planned.members_open,
    )  # fmt: skip


class Planting:
    """One thread and what is said in it, from its opening to a few hours ago."""

    def __init__(
        self,
        planned: Planned,
        topic_id: int,
        by: User,
        moderator: User,
        members: Sequence[int],
        seed: int,
        now: datetime,
    ) -> None:
        self.planned, self.topic_id, self.by, self.moderator = planned, topic_id, by, moderator
        self.members, self.now = members, now
        self.chance = Random(seed)  # noqa: S311 - nothing secret
        self.opened_at = now - timedelta(days=planned.days, hours=self.chance.randrange(1, 12))

    def plant(self, crowd: int) -> int:
        """Open the thread and fill it; tells how many comments and ideas stand in it."""
        thread = self._open()
        self.voices: dict[int, int] = {}
        rows = [*self._lines(thread), *self._crowd(thread, crowd)]
        self._number(rows)
        texts = [row for row in rows if row]
        ids = self._insert(texts)
        self._answer(texts, ids)
        self._support(texts, ids)
        self._idea_states(thread, texts, ids)
        self._settle(thread, texts, ids)
        return len(texts)

    def _open(self) -> Thread:
        planned, is_staff = self.planned, bool(self.planned.role)
        thread = Thread(
            topic_id=self.topic_id, kind=planned.kind, title=planned.title, text=planned.text, language=planned.language,
            author_id=self.by.id if is_staff else self.chance.choice(self.members), as_role=planned.role,
            created_at=self.opened_at, last_at=self.opened_at, told_at=self.opened_at,
        )  # fmt: skip
        db.session.add(thread)
        db.session.flush()
        return thread

    # What is said: rows as they are inserted, with what is done to them afterwards under names that begin with "_".

    def _lines(self, thread: Thread) -> Iterator[dict[str, Any]]:
        for line in self.planned.lines:
            yield self._row(
                thread, line.text, line.language, _line=line, _supports=line.supports, _answers=line.answers
            )
        for idea in self.planned.ideas:
            row = self._row(thread, idea.text, idea.language, _idea=idea, _supports=idea.supports)
            yield row
            for text in idea.answers:
                yield self._row(thread, text, "en", _supports=self.chance.randrange(6), _under=row)

    def _crowd(self, thread: Thread, number: int) -> Iterator[dict[str, Any]]:
        said = words(self.planned.topic, self.planned.days) if number else iter(())
        for n, text in zip(range(number), said, strict=False):
            answers = self.chance.randrange(1, len(self.planned.lines) + n + 1) if self.chance.random() < 0.35 else None
            supports = int(self.chance.paretovariate(1.2)) - 1
            yield self._row(thread, text, "en", _supports=min(supports, 60), _answers=answers)

    def _row(self, thread: Thread, text: str, language: str, **told: Any) -> dict[str, Any]:
        line: Line | None = told.get("_line")
        author = self.by.id if line is not None and line.role else self.chance.choice(self.members)
        voice = self.voices.setdefault(author, len(self.voices) + 1)
        is_gone = line is not None and line.is_withdrawn
        return {
            "thread_id": thread.id, "author_id": author, "voice": voice, "text": text, "language": language,
            "is_official": bool(line and line.role), "as_role": line.role if line else "", "quotes": line.quotes if line else None,
            "shown": line.shown if line and not line.broke else "shown", "broke": "", "author_name": "",
            "_is_gone": is_gone, **told,
        }  # fmt: skip

    def _number(self, rows: list[dict[str, Any]]) -> None:
        """Numbers in the order of the list, at moments that go on from the opening to a few hours ago."""
        span = (self.now - timedelta(hours=3)) - self.opened_at
        moments = sorted(self.chance.random() ** 1.6 for _ in rows)
        for position, (row, share) in enumerate(zip(rows, moments, strict=True), 1):
            line: Line | None = row.get("_line")
            at = self.opened_at + span * share
            row |= {
                "position": position, "at": at, "told_at": at,
                "edited_at": at + timedelta(minutes=20) if line and line.was else None,
                "withdrawn_at": at + timedelta(hours=1) if row["_is_gone"] else None,
            }  # fmt: skip

    def _insert(self, rows: list[dict[str, Any]]) -> dict[int, int]:
        """Every comment in one go; the number of each row by its position."""
        if not rows:
            return {}
        plain = [{name: value for name, value in row.items() if not name.startswith("_")} for row in rows]
        new = insert(Comment).returning(Comment.position, Comment.id)
        return dict(db.session.execute(new, plain).all())  # type: ignore[arg-type]

    def _answer(self, rows: list[dict[str, Any]], ids: dict[int, int]) -> None:
        tops: dict[int, int] = {}
        changes = []
        for row in rows:
            under = row["_under"]["position"] if "_under" in row else row.get("_answers")
            if under is not None and under < row["position"]:
                tops[row["position"]] = tops.get(under, under)
                changes.append({"it": ids[row["position"]], "above": ids[under], "top": ids[tops[row["position"]]]})
        if changes:
            mine = update(Comment.__table__).where(Comment.id == bindparam("it"))  # type: ignore[arg-type]
            db.session.execute(mine.values(answers_id=bindparam("above"), top_id=bindparam("top")), changes)

    def _support(self, rows: list[dict[str, Any]], ids: dict[int, int]) -> None:
        given = []
        for row in rows:
            others = [person for person in self.members if person != row["author_id"]]
            fans = self.chance.sample(others, min(row["_supports"], len(others)))
            moment = min(row["at"] + timedelta(hours=2), self.now)
            given += [{"comment_id": ids[row["position"]], "person_id": fan, "at": moment} for fan in fans]
        if given:
            db.session.execute(insert(CommentSupport), given)

    def _idea_states(self, thread: Thread, rows: list[dict[str, Any]], ids: dict[int, int]) -> None:
        for row in rows:
            planned: IdeaLine | None = row.get("_idea")
            if planned is None:
                continue
            idea = Idea(comment_id=ids[row["position"]], thread_id=thread.id, title=planned.title)
            db.session.add(idea)
            db.session.flush()
            if planned.status != "open":
                moment = min(row["at"] + timedelta(days=9), self.now)
                idea.reason, idea.decided_by_id, idea.decided_as = planned.reason, self.by.id, self.planned.role
                idea.decided_at = moment
                advance(idea, VERBS[planned.status], by=self.by, now=moment, why=planned.reason)

    def _settle(self, thread: Thread, rows: list[dict[str, Any]], ids: dict[int, int]) -> None:
        """The official answer, what was said before, who follows; then every count, made as the recount makes it."""
        for row in rows:
            line: Line | None = row.get("_line")
            if row["shown"] == "waiting":
                open_case(
                    f"comment:{ids[row['position']]}", author_id=row["author_id"], place=f"topic:{self.topic_id}",
                    language=row["language"], now=row["at"], waits_for="place",
                )  # fmt: skip
            if line is not None and line.is_answer:
                thread.answer_id = ids[row["position"]]
            if line is not None and line.was:
                before = {"title": "", "text": line.was, "language": line.language, "at": row["at"]}
                db.session.add(TextVersion(comment_id=ids[row["position"]], number=1, **before))
        thread.last_position, thread.last_voice = len(rows), len(self.voices)
        db.session.flush()
        db.session.execute(insert(ThreadFollow), self._followers(thread))
        counts.recount(thread.id)
        for row in rows:
            if (line := row.get("_line")) is not None and line.broke:
                self._remove(f"comment:{ids[row['position']]}", line.broke, row)
        if self.planned.locked_why:
            db.session.refresh(thread)
            moment = self.now - timedelta(days=1)
            threads.lock_thread(thread, why=self.planned.locked_why, by=self.moderator, now=moment)

    def _remove(self, name: str, rule: str, row: dict[str, Any]) -> None:
        """Somebody reports it, and a moderator removes it within the day."""
        reader = db.session.get_one(User, next(each for each in self.members if each != row["author_id"]))
        at = min(row["at"], self.now - timedelta(hours=9))
        found = reporting.report(name, rule=rule, words="", language="en", by=reader, now=at + timedelta(minutes=20))
        case = db.session.get_one(Case, found.case_id)
        deciding.decide(
            case, "remove", version=case.version, rule=rule, words=REMOVED[rule], language="en", by=self.moderator,
            now=at + timedelta(hours=5),
        )  # fmt: skip

    def _followers(self, thread: Thread) -> list[dict[str, Any]]:
        people = {*self.voices, *([thread.author_id] if thread.author_id else [])}
        return [{"thread_id": thread.id, "person_id": person, "at": self.opened_at} for person in sorted(people)]


def in_sight() -> int:
    """How many comments and ideas everybody can read."""
    visible = select(func.count()).where(Comment.shown.in_(IN_SIGHT), Comment.withdrawn_at.is_(None))
    return db.session.scalar(visible) or 0
