"""The demo's discussions: of every kind and language, and every count as the recount makes it."""

import sqlalchemy as sa

from civic.core.db import db
from civic.discussions import seeds
from civic.discussions.actions import counts
from civic.discussions.models import Comment, Idea, Thread, Topic
from civic.discussions.rules.choices import IDEA_STATES, THREAD_KINDS
from civic.discussions.seed_content.crowd import SENTENCES, words
from civic.discussions.seed_content.threads import THREADS


def test_the_demo_has_threads_of_every_kind_and_language_and_its_counts_are_right(make, now):
    members = [make.member().id for _ in range(24)]
    db.session.commit()
    assert not seeds.is_planted()
    (line,) = seeds.plant(1, by=make.staff("researcher"), moderator=make.staff("moderator"), members=members, now=now)
    assert seeds.is_planted() and "made-up" in line
    assert list(counts.wrong_counts()) == []
    assert set(db.session.scalars(sa.select(Thread.kind))) == set(THREAD_KINDS)
    assert set(db.session.scalars(sa.select(Idea.status))) == set(IDEA_STATES)
    assert {"en", "pl", "ar"} <= set(db.session.scalars(sa.select(Comment.language)))
    assert {"shown", "waiting", "removed"} == set(db.session.scalars(sa.select(Comment.shown)))
    assert 280 <= db.session.scalar(sa.select(sa.func.count()).select_from(Comment)) <= 400
    assert db.session.scalar(sa.select(sa.func.count()).where(Thread.answer_id.is_not(None))) == 2
    assert db.session.scalar(sa.select(sa.func.max(Comment.at))) <= now
    assert db.session.scalar(sa.select(Topic.status).where(Topic.slug == "peoples-question-time")) == "closed"
    texts = list(db.session.scalars(sa.select(Comment.text).where(Comment.text != "")))
    assert len(texts) == len(set(texts))


def test_answers_of_the_demo_answer_what_stands_before_them():
    for thread in THREADS:
        for number, line in enumerate(thread.lines, 1):
            assert line.answers is None or line.answers < number, (thread.title, number)
            assert line.quotes is None or line.quotes < number


def test_a_crowd_repeats_itself_only_when_everything_was_said():
    for topic, (middles, ends) in SENTENCES.items():
        said = words(topic, 1)
        some = [next(said) for _ in range(1_000)]
        assert len(set(some)) == len(some)
        assert len(middles) * len(ends) >= 25
