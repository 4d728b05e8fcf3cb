"""Who hears of what: one notice a person, the one that concerns them most, in their language, once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import current_app

from civic.core.db import db
from civic.core.i18n import speaking
from civic.discussions.actions import following, ideas, supporting, threads
from civic.discussions.actions.showing import show_comment
from civic.discussions.models import Comment
from civic.notifications.models import Notification

HOUR = timedelta(hours=1)


def news():
    """Everything told so far: person → kinds of news."""
    told = {}
    for row in db.session.execute(sa.select(Notification).order_by(Notification.id)).scalars():
        told.setdefault(row.person_id, []).append(row.notice.removeprefix("discussions."))
    return told


def drawn(person_id):
    """The last news of somebody, in words."""
    row = db.session.scalars(
        sa.select(Notification).where(Notification.person_id == person_id).order_by(Notification.id.desc())
    ).first()
    return current_app.extensions["civic"].notices[row.notice].draw(row.facts)


@pytest.fixture
def told(in_request, run_jobs):
    """Do what waits and say what was told."""

    def tell():
        run_jobs()
        return news()

    return tell


def test_each_person_hears_once_and_of_what_concerns_them_most(make, told):
    owner, answered, named, follower = (make.settled_member(name=name) for name in ("Olu", "Ana", "Ben Ali", "Fay"))
    thread = make.thread(by=owner)
    top = make.comment(thread, by=answered)
    following.follow(thread, by=follower, now=make.now)
    following.follow(thread, by=named, now=make.now)
    told()
    db.session.execute(sa.delete(Notification))
    writer = make.settled_member(name="Wu")
    make.comment(thread, by=writer, answers=top, text="You are right, and @Ben Ali said so before.")
    assert told() == {
        owner.id: ["commented"],
        answered.id: ["answered"],
        named.id: ["mentioned"],
        follower.id: ["followed"],
    }
    assert drawn(answered.id).sentence == f"Wu answered you in “{thread.title}”."
    assert drawn(named.id).quoted == "You are right, and @Ben Ali said so before."
    assert drawn(follower.id).url.endswith(f"/en/discussions/{thread.topic.slug}/{thread.id}/comments/2")


def test_nobody_hears_of_their_own_words(make, told):
    owner = make.settled_member(name="Olu")
    thread = make.thread(by=owner, text="I, @Olu, begin.")
    make.comment(thread, by=owner, text="And I go on, @Olu.", now=make.now + HOUR)
    assert told() == {}


def test_what_waits_is_told_when_it_is_shown_and_only_once(make, told):
    thread = make.thread(make.topic(waits=True), by=make.staff("moderator"))
    comment = make.comment(thread, shown="waiting")
    assert told() == {}
    for how in ("shown", "folded", "shown"):
        show_comment(comment.id, how, "")
    assert told() == {thread.author_id: ["commented"]}
    show_comment(comment.id, "removed", "spam")
    assert drawn(thread.author_id) is None


def test_an_official_answer_is_told_to_all_who_took_part(make, told):
    thread = make.thread()
    writer, reader = make.settled_member(), make.member()
    make.comment(thread, by=writer, follow=False)
    following.follow(thread, by=reader, now=make.now)
    told()
    db.session.execute(sa.delete(Notification))
    officer = make.staff(name="Ada Byron")
    threads.answer_officially(
        thread, text="It opens in May.", language="en", as_role="Head of Streets", by=officer, now=make.now + HOUR
    )
    assert told() == {person: ["official_answer"] for person in sorted((thread.author_id, writer.id, reader.id))}
    assert drawn(reader.id).sentence == f"Ada Byron, Head of Streets, gave an official answer in “{thread.title}”."


def test_an_ideas_author_and_supporters_hear_what_becomes_of_it_and_its_author_of_comments(make, told):
    idea = make.idea(title="A tree in every street")
    comment, fan = db.session.get(Comment, idea.comment_id), make.member()
    thread = make.thread()
    supporting.support(comment, by=fan, now=make.now)
    told()
    db.session.execute(sa.delete(Notification))
    ideas.move_idea(
        idea, "decline", reason="Pipes lie below.", language="en", as_role="Head", by=make.staff(), now=make.now + HOUR
    )
    assert told() == {comment.author_id: ["idea_moved"], fan.id: ["idea_moved"]}
    news = drawn(fan.id)
    assert (news.sentence, news.quoted) == ("The idea “A tree in every street” was not taken up.", "Pipes lie below.")
    ideas.move_idea(idea, "reopen", reason="They moved.", language="en", as_role="Head", by=make.staff(), now=make.now)
    assert drawn(fan.id) is None
    assert thread.kind == "discussion"


def test_a_mention_in_an_opening_is_told(make, told):
    named = make.settled_member(name="Ben Ali")
    thread = make.thread(text="What does @Ben Ali think of it?")
    assert told() == {named.id: ["mentioned"]}
    assert drawn(named.id).url.endswith(f"/discussions/{thread.topic.slug}/{thread.id}")


def test_news_is_written_in_the_readers_language(make, told):
    owner = make.settled_member(language="ar")
    make.comment(make.thread(by=owner))
    told()
    with speaking("ar"):
        assert "/ar/discussions/" in drawn(owner.id).url


def test_a_withdrawn_comment_is_news_no_more(make, told):
    from civic.discussions.actions import comments

    writer = make.settled_member()
    thread = make.thread()
    comment = make.comment(thread, by=writer)
    told()
    comments.withdraw(comment, by=writer, now=make.now)
    assert drawn(thread.author_id) is None
