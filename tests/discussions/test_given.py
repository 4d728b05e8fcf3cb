"""What consultations hold of discussions, and what people gave to them."""

import pytest
from flask import current_app

from civic.core.db import db
from civic.core.i18n import Words
from civic.discussions.actions import comments
from civic.discussions.actions.showing import show_thread
from civic.discussions.models import Comment


@pytest.fixture
def house(in_request):
    return current_app.extensions["civic"]


def test_topics_and_threads_are_told_with_their_people(house, make):
    topic = make.topic(title="Streets")
    one, other = make.thread(topic), make.thread(topic)
    amina = make.settled_member()
    make.comment(one, by=amina)
    make.comment(other, by=amina, now=make.now.replace(hour=13))
    make.comment(other)
    facts = house.activities["topic"].load([topic.id, 987654321])
    assert list(facts) == [topic.id]
    assert (facts[topic.id].title, facts[topic.id].people, facts[topic.id].is_public) == ("Streets", 2, True)
    assert facts[topic.id].url == f"/en/discussions/{topic.slug}"
    told = house.activities["thread"].load([other.id])[other.id]
    assert (told.people, told.url) == (2, f"/en/discussions/{topic.slug}/{other.id}")
    show_thread(other.id, "removed", "spam")
    assert not house.activities["thread"].load([other.id])[other.id].is_public
    assert house.activities["topic"].load([topic.id])[topic.id].people == 1


def test_staff_choose_among_topics_and_the_threads_that_staff_opened(house, make):
    topic = make.topic(title="Streets")
    make.thread(topic)
    asked = make.thread(topic, kind="question", title="What shall we do first?")
    assert house.activities["topic"].choices() == [(topic.id, Words("Streets", "en"))]
    assert house.activities["thread"].choices() == [(asked.id, Words("What shall we do first?", "en"))]


def test_comments_and_ideas_are_found_by_place_giver_and_number(house, make):
    topic, amina = make.topic(), make.settled_member()
    talk, listed = make.thread(topic), make.thread(topic, kind="ideas")
    said = make.comment(talk, by=amina)
    make.comment(talk, shown="removed")
    idea = make.idea(listed, title="A tram", text="Along the river.", by=amina, now=make.now.replace(hour=14))
    answer = make.comment(listed, answers=db.session.get(Comment, idea.comment_id))
    kinds, here = house.contributions, f"topic:{topic.id}"
    assert [each.number for each in kinds["comment"].within(here, None, 50)] == [said.id, answer.id]
    assert [each.number for each in kinds["comment"].within(here, said.id, 50)] == [answer.id]
    assert [each.number for each in kinds["comment"].within(f"thread:{talk.id}", None, 50)] == [said.id]
    assert [each.text for each in kinds["idea"].within(here, None, 50)] == ["A tram\n\nAlong the river."]
    assert kinds["comment"].count(here) == 2 and kinds["idea"].count(here) == 1
    assert kinds["comment"].givers(here) == {amina.id, answer.author_id}
    assert [each.number for each in kinds["idea"].by(amina.id)] == [idea.comment_id]
    told = kinds["comment"].load([said.id])[said.id]
    assert (told.activity, told.person_id) == (here, amina.id)
    assert told.url == f"/en/discussions/{topic.slug}/{talk.id}/comments/1"


@pytest.mark.parametrize("activity", ["survey:1", "topic:", "topic:x", "nothing", "topic:987654321"])
def test_other_activities_hold_no_comments(house, make, activity):
    make.comment()
    kind = house.contributions["comment"]
    assert kind.within(activity, None, 9) == [] and kind.count(activity) == 0 and kind.givers(activity) == frozenset()


def test_what_is_taken_back_is_nobodys_gift_any_more(house, make):
    amina = make.settled_member()
    comment = make.comment(by=amina)
    comments.withdraw(comment, by=amina, now=make.now)
    assert house.contributions["comment"].by(amina.id) == []
