"""Drafts: one a person and place, the later text stands, nothing is lost by signing in."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.discussions.actions import drafts
from civic.discussions.models import CommentDraft
from civic.discussions.queries import readers
from civic.discussions.rules.choices import TEXT_MOST

HOUR = timedelta(hours=1)


def test_a_draft_stands_once_in_each_place_and_the_later_text_stands(make, now):
    amina, thread, topic = make.member(), make.thread(), make.topic()
    comment = make.comment(thread)
    for n, place in enumerate(({"thread": thread}, {"thread": thread, "answers": comment}, {"topic": topic})):
        for words in ("Begun", f"Further {n}"):
            drafts.keep_draft(text=words, language="pl", by=amina, now=now + n * HOUR, quotes=n or None, **place)
        found = readers.draft_for(amina.id, **place)
        assert (found.text, found.language, found.quotes) == (f"Further {n}", "pl", n or None)
    listed = readers.drafts_of(amina.id)
    assert [(each.text, each.thread_id, each.answers) for each in listed] == [
        ("Further 2", None, None), ("Further 1", thread.id, comment.position), ("Further 0", thread.id, None),
    ]  # fmt: skip
    assert [each.topic for each in listed] == [topic.slug, thread.topic.slug, thread.topic.slug]
    assert readers.drafts_of(make.member().id) == []
    assert readers.draft_for(None, thread=thread) is None


def test_one_draft_is_only_its_authors(make, now):
    amina, thread = make.member(), make.thread()
    drafts.keep_draft(text="Mine", language="en", by=amina, now=now, thread=thread)
    draft = readers.draft_for(amina.id, thread=thread)
    assert readers.own_draft(draft.id, make.member().id) is None
    assert readers.own_draft(draft.id, amina.id) is draft
    assert readers.own_draft(2**70, amina.id) is None
    drafts.drop_draft(draft)
    assert readers.drafts_of(amina.id) == []


def test_what_was_written_before_signing_in_is_there_afterwards(make, now):
    amina, thread = make.member(), make.thread()
    drafts.keep_draft(text="An older text", language="en", by=amina, now=now - HOUR, thread=thread)
    key = drafts.keep_signed_out(text="Written on the bus", language="en", now=now, thread=thread, title="T")
    assert readers.draft_with_key(key).text == "Written on the bus"
    draft = drafts.take_over(key, by=amina, now=now + HOUR)
    assert (draft.person_id, draft.key, draft.text) == (amina.id, None, "Written on the bus")
    assert [each.text for each in readers.drafts_of(amina.id)] == ["Written on the bus"]
    assert drafts.take_over(key, by=make.member(), now=now + HOUR) is None


@pytest.mark.parametrize("key", ["", "made-up", "x" * 5_000])
def test_a_key_of_nothing_opens_nothing(make, now, key):
    assert drafts.take_over(key, by=make.member(), now=now) is None


def test_nobodys_text_is_kept_for_a_day_and_a_members_for_ninety(make, now):
    thread, amina = make.thread(), make.member()
    key = drafts.keep_signed_out(text="Nobody's", language="en", now=now, thread=thread)
    drafts.keep_draft(text="Hers", language="en", by=amina, now=now, thread=thread)
    assert drafts.take_over(key, by=make.member(), now=now + 25 * HOUR) is None
    assert drafts.sweep_drafts(now + 23 * HOUR) == 0
    assert drafts.sweep_drafts(now + 25 * HOUR) == 1
    assert drafts.sweep_drafts(now + 91 * 24 * HOUR) == 1
    assert db.session.scalars(sa.select(CommentDraft)).all() == []


def test_a_draft_takes_no_book(make, now):
    amina, thread = make.member(), make.thread()
    drafts.keep_draft(text="x" * 10**6, language="en", by=amina, now=now, thread=thread, title="t" * 10**5)
    draft = readers.draft_for(amina.id, thread=thread)
    assert len(draft.text) == 2 * TEXT_MOST and len(draft.title) <= 300


def test_the_nightly_sweep_takes_drafts_and_pictures_that_nobody_needs(make, now):
    from werkzeug.datastructures import FileStorage

    from civic.core import clock
    from civic.discussions import jobs
    from civic.discussions.actions import pictures
    from civic.discussions.models import DiscussionPicture
    from tests.crowdfund.pictures import jpeg

    drafts.keep_signed_out(text="Nobody's", language="en", now=now, thread=make.thread())
    pictures.keep_picture(FileStorage(jpeg(), "a.jpg"), alt="A bench", by=make.member(), now=now)
    db.session.commit()
    with clock.at(now + 8 * 24 * HOUR):
        jobs.sweep()
    assert db.session.scalars(sa.select(CommentDraft)).all() == []
    assert db.session.scalars(sa.select(DiscussionPicture)).all() == []
