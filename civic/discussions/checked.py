"""The texts of topics, and of threads that the city opens, as they are checked before others read them."""

from civic.authoring.wording import FIELDS
from civic.core.advice import Checked, Text
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.web import link_to
from civic.discussions import access
from civic.discussions.models import Thread, Topic


def _thread(number: int) -> Thread | None:
    """A thread that the city opened."""
    found = db.session.get(Thread, number)
    return found if found is not None and found.as_role and found.withdrawn_at is None else None


def _topic(number: int) -> Topic | None:
    return db.session.get(Topic, number)


def _thread_texts(number: int) -> list[Text]:
    thread = _thread(number)
    if thread is None:
        return []
    return [
        Text("title", FIELDS["title"], thread.title, thread.language, False),
        Text("text", FIELDS["text"], thread.text, thread.language, pictures=True),
    ]


def _thread_url(number: int) -> str:
    thread = _thread(number)
    if thread is not None and access.may_change_thread(thread):
        return link_to("discussions.edit_thread", topic=thread.topic.slug, number=number)
    return link_to("manage_discussions.show_thread", number=number)


def _topic_texts(number: int) -> list[Text]:
    topic = _topic(number)
    if topic is None:
        return []
    return [
        Text("title", FIELDS["title"], topic.title, topic.language, False),
        Text("summary", FIELDS["summary"], topic.summary, topic.language, False),
    ]


def _topic_url(number: int) -> str:
    topic = _topic(number)
    endpoint = "manage_discussions.edit_topic" if topic else "manage_discussions.list_topics"
    return link_to(endpoint, topic=topic.slug) if topic else link_to(endpoint)


def _thread_title(number: int) -> Words:
    thread = _thread(number)
    return Words(thread.title, thread.language) if thread else Words("", "en")


def _topic_title(number: int) -> Words:
    topic = _topic(number)
    return Words(topic.title, topic.language) if topic else Words("", "en")


CHECKED = [
    Checked(
        "thread",
        _thread_texts,
        by_staff=True,
        edit_url=_thread_url,
        may_edit=lambda number: access.may_see_staff_pages() and _thread(number) is not None,
        title=_thread_title,
    ),
    Checked(
        "topic",
        _topic_texts,
        by_staff=True,
        edit_url=_topic_url,
        may_edit=lambda number: access.may_manage_topics() and _topic(number) is not None,
        title=_topic_title,
    ),
]
