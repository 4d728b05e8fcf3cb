"""Eight browsers at the same moment, at every form of a thread: nobody sees an error of ours, and every count agrees."""

from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.core.db import db
from civic.discussions.actions.counts import wrong_counts
from civic.discussions.models import Comment, CommentDraft, CommentSupport, Thread, ThreadFollow, ThreadRead
from tests.accounts.helpers import at_once
from tests.discussions.talkers import WORDS, at, count, signed_in
from tests.make_discussions import SAID
from tests.support.client import PageClient

EIGHT = 8


@pytest.fixture
def here(shared: Flask, make: Any) -> str:
    """Where a thread with a comment in it stands, committed."""
    with shared.test_request_context("/en/"):
        thread = make.thread()
        make.comment(thread)
        db.session.commit()
        return at(thread)


def browsers(app: Flask, make: Any, *, people: int = EIGHT) -> list[PageClient]:
    """Eight browsers, of so many people."""
    members = [make.settled_member() for _ in range(people)]
    db.session.commit()
    clients = [signed_in(app, make, members[n % people]) for n in range(EIGHT)]
    db.session.commit()
    for client in clients:
        client.checked = False
    return clients


def sent(clients: list[PageClient], path: str, words: Any) -> Counter[int]:
    """What came of eight forms sent at once, by status."""
    forms = [{"csrf_token": client.token(), "language": "en", **words(n)} for n, client in enumerate(clients)]
    return Counter(
        at_once(
            EIGHT,
            lambda n: (
                clients[n].client.post(path, data=forms[n], environ_base={"REMOTE_ADDR": f"127.0.1.{n}"}).status_code
            ),
        )
    )


def test_eight_people_comment_at_once(app, make, here):
    clients = browsers(app, make)
    assert sent(clients, f"{here}/comments", lambda n: {"text": f"{SAID[n % 6]} Number {n}."}) == {303: EIGHT}
    positions = db.session.scalars(select(Comment.position).order_by(Comment.position)).all()
    assert list(positions) == list(range(1, EIGHT + 2)) and list(wrong_counts()) == []


def test_one_person_presses_eight_times_and_says_it_once(app, make, here):
    clients = browsers(app, make, people=1)
    came = sent(clients, f"{here}/comments", lambda n: {"text": WORDS})
    assert came == {303: 1, 422: EIGHT - 1} and count(Comment) == 2 and list(wrong_counts()) == []


def test_eight_people_support_and_one_supports_eight_times(app, make, here):
    assert sent(browsers(app, make), f"{here}/supports", lambda n: {"comment": "1"}) == {303: EIGHT}
    assert sent(browsers(app, make, people=1), f"{here}/supports", lambda n: {"comment": "1"}) == {303: EIGHT}
    assert count(CommentSupport) == EIGHT + 1 and list(wrong_counts()) == []


def test_following_reading_and_keeping_eight_times_at_once_is_once(app, make, here):
    clients = browsers(app, make, people=1)
    follows = count(ThreadFollow)
    assert sent(clients, f"{here}/follow", lambda n: {"act": "start"}) == {303: EIGHT}
    assert sent(clients, f"{here}/reads?quietly", lambda n: {"position": "1"}) == {204: EIGHT}
    assert sent(clients, f"{here}/comments", lambda n: {"text": f"{WORDS} {n}", "act": "keep"}) == {303: EIGHT}
    assert (count(ThreadFollow), count(ThreadRead), count(CommentDraft)) == (follows + 1, 1, 1)


def test_eight_people_open_a_discussion_at_once(app, make, here):
    topic = here.rsplit("/", 1)[0]
    clients = browsers(app, make)
    came = sent(clients, topic, lambda n: {"title": f"Number {n}", "text": f"{SAID[n % 6]} I am number {n}."})
    assert came == {303: EIGHT} and count(Thread) == EIGHT + 1 and list(wrong_counts()) == []


def test_eight_visitors_write_before_signing_in(app, make, here):
    clients = [PageClient(app, checked=False) for _ in range(EIGHT)]
    for client in clients:
        client.get(f"{here}/reply")
    assert sent(clients, f"{here}/comments", lambda n: {"text": f"{WORDS} {n}"}) == {303: EIGHT}
    assert count(CommentDraft) == EIGHT


def test_two_moderators_lock_at_once(app, make, here):
    number = int(here.rsplit("/", 1)[1])
    moderators = [make.staff("moderator") for _ in range(EIGHT)]
    db.session.commit()
    clients = [signed_in(app, make, each) for each in moderators]
    db.session.commit()
    for client in clients:
        client.checked = False
    came = sent(clients, f"/en/staff/discussions/threads/{number}/lock", lambda n: {"why": f"Reason {n}."})
    assert came[303] == 1 and set(came) <= {303, 409, 422}
    db.session.rollback()
    assert db.session.get(Thread, number).status == "locked"
