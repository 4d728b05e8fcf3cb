"""Comments and openings before the moderators: reported, removed, mended, shown; counts and search follow."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.accounts.models import User
from civic.core.db import db
from civic.core.moderated import kind_of, published
from civic.discussions.actions import comments, counts, threads
from civic.discussions.models import Comment, Findable, Thread
from civic.discussions.queries.threads import thread_by_id
from civic.moderation.models import Case
from civic.moderation.refusals import SaidBefore, SlowMode, Suspended, TooFast

HOUR = timedelta(hours=1)


def found(thread_id):
    return sorted(db.session.scalars(sa.select(Findable.comment_id).where(Findable.thread_id == thread_id)), key=str)


def test_moderators_see_what_stands_where_by_whom_and_in_which_version(in_request, make, now):
    amina = make.settled_member(name="Amina Khan")
    thread = make.thread(title="Night buses", by=amina, text="Which lines do you miss?")
    idea = make.idea(title="A night tram", text="Along the river.")
    comment = make.comment(thread, by=amina, text="The N11 for one.", now=now + HOUR, language="en")
    comments.change(comment, thread=thread, text="The N11, for one.", language="en", by=amina, now=now + 2 * HOUR)
    known = published(
        [f"comment:{comment.id}", f"thread:{thread.id}", f"comment:{idea.comment_id}", "comment:99999999"]
    )
    told = known[f"comment:{comment.id}"]
    assert (told.author, told.title, told.text, told.shown, told.version) == (
        "Amina Khan", "Night buses", "The N11, for one.", "shown", 2,
    )  # fmt: skip
    assert told.url.endswith(f"/discussions/{thread.topic.slug}/{thread.id}/comments/1")
    assert known[f"thread:{thread.id}"].text == "Night buses\n\nWhich lines do you miss?"
    assert known[f"comment:{idea.comment_id}"].text == "A night tram\n\nAlong the river."
    assert len(known) == 3


@pytest.mark.parametrize("how", ["folded", "waiting", "removed"])
def test_what_moderation_hides_is_neither_found_nor_counted_unless_it_is_only_folded(make, how):
    thread = make.thread()
    comment = make.comment(thread)
    kind, number = kind_of(f"comment:{comment.id}")
    kind.show(number, how, "abuse" if how == "removed" else "")
    row = db.session.get(Comment, comment.id, populate_existing=True)
    assert (row.shown, row.broke) == (how, "abuse" if how == "removed" else "")
    assert found(thread.id) == [None]
    assert db.session.get(Thread, thread.id, populate_existing=True).comments == (1 if how == "folded" else 0)
    kind.show(number, "shown", "")
    assert found(thread.id) == sorted([None, comment.id], key=str)
    assert list(counts.wrong_counts()) == []


def test_a_hidden_thread_takes_everything_in_it_out_of_the_search_and_brings_it_back(make):
    thread = make.thread()
    comment, gone = make.comment(thread), make.comment(thread, shown="removed")
    kind, number = kind_of(f"thread:{thread.id}")
    kind.show(number, "removed", "spam")
    assert found(thread.id) == []
    kind.show(number, "shown", "")
    assert found(thread.id) == sorted([None, comment.id], key=str) and gone.id not in found(thread.id)


def test_showing_what_is_gone_does_nothing(make):
    for kind in ("comment", "thread"):
        kind_of(f"{kind}:1")[0].show(987654321, "removed", "spam")
    assert list(counts.wrong_counts()) == []


def test_a_removed_comment_that_its_author_mends_waits_for_a_moderator(make, now):
    amina, moderator = make.settled_member(), make.staff("moderator")
    thread = make.thread(make.topic(waits=True), by=moderator)
    comment = make.comment(thread, by=amina, shown="waiting")
    case = db.session.scalars(sa.select(Case).where(Case.thing == f"comment:{comment.id}")).one()
    db.session.execute(sa.update(Case).where(Case.id == case.id).values(status="removed", decided_at=now))
    db.session.refresh(case)
    kind_of("comment:1")[0].show(comment.id, "removed", "abuse")
    comments.change(comment, thread=thread, text="I put it more kindly now.", language="en", by=amina, now=now + HOUR)
    assert comment.shown == "waiting" and comment.text == "I put it more kindly now."
    assert db.session.get(Case, case.id, populate_existing=True).status == "open"
    assert list(counts.wrong_counts()) == []


def test_what_waits_stands_before_the_moderators(make):
    thread = make.thread(make.topic(waits=True), by=make.staff("moderator"))
    comment = make.comment(thread, shown="waiting")
    opened = make.thread(thread.topic)
    assert opened.shown == "waiting"
    things = set(db.session.scalars(sa.select(Case.thing).where(Case.is_waiting)))
    assert things == {f"comment:{comment.id}", f"thread:{opened.id}"}
    assert db.session.get(type(thread.topic), thread.topic_id, populate_existing=True).threads == 1


def test_slow_mode_lets_each_person_speak_once_in_a_while(make, now):
    thread = make.thread(make.topic(pause_seconds=600))
    amina = make.settled_member()
    make.comment(thread, by=amina, now=now)
    with pytest.raises(SlowMode):
        make.comment(thread, by=amina, now=now + timedelta(minutes=9))
    make.comment(thread, now=now + timedelta(minutes=9))
    assert make.comment(thread, by=amina, now=now + timedelta(minutes=11)).position == 3


def test_floods_repetitions_and_suspended_people_are_refused_with_nothing_counted(make, now):
    from civic.moderation.models import Suspension

    thread, amina = make.thread(), make.settled_member()
    make.comment(thread, by=amina, text="The same words about the same crossing, once more.")
    with pytest.raises(TooFast):
        make.comment(thread, by=amina)
    with pytest.raises(SaidBefore):
        make.comment(thread, by=amina, text="The same words about the same crossing, once more.", now=now + HOUR)
    db.session.add(_suspension(Suspension, amina, make.staff("moderator"), now))
    db.session.flush()
    with pytest.raises(Suspended):
        make.comment(thread, by=amina, now=now + HOUR)
    assert db.session.get(Thread, thread.id, populate_existing=True).comments == 1


def _suspension(model, person, by, now):
    columns = {column.key for column in model.__table__.columns}
    values = {
        "person_id": person.id, "by_id": by.id, "at": now, "starts_at": now, "ends_at": now + timedelta(days=2),
        "words": "Insults", "language": "en",
    }  # fmt: skip
    return model(**{name: value for name, value in values.items() if name in columns})


def test_only_what_one_may_see_can_be_reported(in_request, make):
    comment = make.comment()
    kind, number = kind_of(f"comment:{comment.id}")
    assert kind.may_see(number)
    kind.show(number, "removed", "spam")
    assert not kind.may_see(number)
    assert not kind.may_see(10**9)
    thread_kind, _ = kind_of(f"thread:{comment.thread_id}")
    assert thread_kind.may_see(comment.thread_id)


def test_an_opening_that_is_changed_keeps_what_it_said(make, now):
    amina = make.settled_member()
    thread = make.thread(by=amina, title="Buses", text="Which buses do you use at night?")
    threads.change_thread(
        thread_by_id(thread.id), title="Night buses", text="Which night buses do you use?", language="en",
        by=db.session.get(User, amina.id), now=now + HOUR,
    )  # fmt: skip
    from civic.discussions.queries.threads import earlier_versions

    assert thread.title == "Night buses" and thread.edited_at == now + HOUR
    assert [(each.title, each.text) for each in earlier_versions(thread)] == [
        ("Buses", "Which buses do you use at night?")
    ]
