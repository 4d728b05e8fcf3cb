"""Topics and lists of threads."""

from unittest import mock

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.core.i18n import Words
from civic.discussions.actions import topics
from civic.discussions.actions.showing import show_thread
from civic.discussions.models import TopicAddress
from civic.discussions.queries import threads as thread_queries
from civic.discussions.queries import topics as queries
from civic.discussions.queries.threads import Wish
from tests.support.sql import statements


def test_topics_stand_in_their_order_and_can_be_put_into_another(make, now):
    made = [make.topic(title=f"Topic {n}") for n in range(3)]
    assert [each.title.text for each in queries.topics()] == ["Topic 0", "Topic 1", "Topic 2"]
    topics.order_topics([made[2].id, made[0].id], by=make.staff(), now=now)
    assert [each.title.text for each in queries.topics()] == ["Topic 2", "Topic 0", "Topic 1"]
    assert queries.topic_choices()[0] == (made[2].slug, Words("Topic 2", "en"))


def test_an_address_belongs_to_one_topic(make, now):
    make.topic(slug="parks")
    other = make.topic(slug="rivers")
    with pytest.raises(topics.SlugTaken):
        make.topic(slug="parks")
    with pytest.raises(topics.SlugTaken):
        topics.change_topic(other, by=make.staff(), now=now, slug="parks")
    topics.change_topic(other, by=make.staff(), now=now, slug="canals", waits=True)
    assert queries.topic_by_slug("canals").waits
    assert queries.topic_by_slug("rivers") is other and queries.topic_by_slug("streams") is None


def test_a_closed_topic_opens_again(make, now):
    topic = make.topic()
    topics.close_topic(topic, why="Decided.", by=make.staff(), now=now)
    assert not topic.is_open and queries.topic_choices(only_open=True) == []
    topics.reopen_topic(topic, why="Not yet.", by=make.staff(), now=now)
    assert topic.is_open


def test_a_list_shows_what_is_in_sight_of_its_topic_and_kind_in_one_statement(make):
    topic = make.topic()
    talk, listed, hidden = make.thread(topic), make.thread(topic, kind="ideas"), make.thread(topic)
    make.thread()
    show_thread(hidden.id, "removed", "spam")
    with statements() as sent:
        found = thread_queries.threads(Wish(topic.id, sort="newest")).items
    sent.at_most(1)
    assert {each.id for each in found} == {talk.id, listed.id}
    assert [each.id for each in thread_queries.threads(Wish(topic.id, kind="ideas")).items] == [listed.id]
    everything = thread_queries.threads(Wish(topic.id, out_of_sight_too=True)).items
    assert {each.id for each in everything} == {talk.id, listed.id, hidden.id}
    assert [each.id for each in thread_queries.threads_of(talk.author_id).items] == [talk.id]


@pytest.mark.parametrize("sort", ["active", "newest", "supported", "quiet", "made up"])
def test_every_order_meets_every_thread_once(make, sort):
    topic = make.topic()
    made = {make.thread(topic).id for _ in range(5)}
    met, at = [], None
    while True:
        page = thread_queries.threads(Wish(topic.id, sort=sort), at=at, size=2)
        met += [each.id for each in page.items]
        if page.next is None:
            break
        at = page.next
    assert sorted(met) == sorted(made)


def test_the_liveliest_thread_comes_first_and_the_quietest_when_asked(make, now):
    from datetime import timedelta

    topic = make.topic()
    first, second = make.thread(topic), make.thread(topic)
    make.comment(first, now=now + timedelta(hours=1))
    assert [each.id for each in thread_queries.threads(Wish(topic.id)).items] == [first.id, second.id]
    assert [each.id for each in thread_queries.threads(Wish(topic.id, sort="quiet")).items] == [second.id, first.id]


@pytest.mark.parametrize("number", [0, -1, 2**70, 987654321])
def test_no_thread_has_such_a_number(make, number):
    assert thread_queries.thread_by_number("any", number) is None


def test_a_locked_thread_says_why(make, now):
    from civic.discussions.actions import threads
    from civic.discussions.refusals import ReasonMissing

    thread, moderator = make.thread(), make.staff("moderator")
    with pytest.raises(ReasonMissing):
        threads.lock_thread(thread, why=" ", by=moderator, now=now)
    threads.lock_thread(thread, why="Answered.", by=moderator, now=now)
    assert thread.is_locked and thread.locked_why == "Answered."
    threads.unlock_thread(thread, why="New facts.", by=moderator, now=now)
    assert [move.verb for move in thread_queries.moves_of(thread)] == ["lock", "unlock"]
    assert db.session.get(type(thread), thread.id).status == "open"


@pytest.fixture
def survey(in_request):
    """Surveys as another room might declare them: number 1 is public, number 2 is not yet."""
    from civic.core.manifest import Activity, ActivityFacts

    def load(numbers):
        facts = {"language": "en", "opens_at": None, "closes_at": None, "people": 12}
        return {
            each: ActivityFacts(number=each, title=f"Poll {each}", url=f"/polls/{each}", is_public=each == 1, **facts)
            for each in numbers
        }

    known = in_request.extensions["civic"].activities
    with mock.patch.dict(
        known,
        survey=Activity("survey", "Survey", load, lambda: [(2, Words("Poll 2", "en")), (1, Words("Poll 1", "en"))]),
    ):
        yield


def test_a_survey_from_the_list_stands_in_a_thread_once_it_is_public(make, now, survey):
    from civic.discussions.actions import threads
    from civic.discussions.refusals import NoSuchPoll

    thread, researcher = make.thread(), make.staff()
    assert thread_queries.poll_choices() == [("survey:2", Words("Poll 2", "en")), ("survey:1", Words("Poll 1", "en"))]
    for wrong in ("survey:3", "topic:1", "survey:", "javascript:1"):
        with pytest.raises(NoSuchPoll):
            threads.attach_poll(thread, wrong, by=researcher, now=now)
    threads.attach_poll(thread, "survey:1", by=researcher, now=now)
    assert thread_queries.poll_of(thread).title == "Poll 1"
    threads.attach_poll(thread, "survey:2", by=researcher, now=now)
    assert thread_queries.poll_of(thread) is None
    threads.attach_poll(thread, "", by=researcher, now=now)
    assert thread.poll == ""


# Addresses.


def renamed(topic, slug, make, now):
    topics.change_topic(topic, slug=slug, by=make.staff("administrator"), now=now)


def test_an_old_address_leads_to_the_new_one_with_what_was_asked_for(client, make, now):
    topic = make.topic(slug="buses")
    thread = make.thread(topic)
    renamed(topic, "night-buses", make, now)
    renamed(topic, "trams", make, now)
    for old in ("buses", "night-buses"):
        page = client.get(f"/en/discussions/{old}?kind=ideas")
        assert page.status == 302 and page.location.endswith("/en/discussions/trams?kind=ideas")
        assert client.get(f"/en/discussions/{old}/feed").location.endswith("/en/discussions/trams/feed")
        assert client.get(f"/en/discussions/{old}/new").status == 200
        assert client.get(f"/en/discussions/{old}/{thread.id}").location.endswith(f"/en/discussions/trams/{thread.id}")
    assert client.get("/en/discussions/trams").status == 200
    assert client.get("/en/discussions/tubes").status == 404


def test_an_address_that_comes_back_is_the_present_one_again(client, make, now):
    topic = make.topic(slug="buses")
    for slug in ("trams", "buses", "trams", "buses"):
        renamed(topic, slug, make, now)
    assert client.get("/en/discussions/buses").status == 200
    assert client.get("/en/discussions/trams").location.endswith("/en/discussions/buses")
    assert db.session.scalars(sa.select(TopicAddress.slug)).all() == ["trams"]


def test_nobody_takes_the_old_address_of_another_topic(make, now):
    topic, other = make.topic(slug="buses"), make.topic(slug="bins")
    renamed(topic, "trams", make, now)
    with pytest.raises(topics.SlugTaken):
        make.topic(slug="buses")
    with pytest.raises(topics.SlugTaken):
        renamed(other, "buses", make, now)
    assert other.slug == "bins"


def test_a_known_address_costs_one_statement(make):
    topic = make.topic(slug="buses")
    with statements() as sent:
        assert queries.topic_by_slug("buses") is topic
    sent.at_most(1)
