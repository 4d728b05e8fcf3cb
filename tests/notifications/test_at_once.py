"""One person in eight windows at the same moment: every act is answered, none breaks, and what stands is what one of them said."""

import pytest
import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.notifications import actions, queries
from civic.notifications.actions import letters
from civic.notifications.links import Stop
from civic.notifications.models import Notification
from civic.notifications.rules import Wishes
from tests.accounts.helpers import at_once

EIGHT = 8


@pytest.fixture
def person(shared, make, now):
    """Somebody for whom news waits."""
    reader = make.member()
    for number in range(20):
        actions.tell("demo.answer", [reader.id], about=f"thread:{number % 4}", now=now, title="x")
    db.session.commit()
    return reader


def test_choosing_stopping_silencing_and_reading_at_once_take_turns(shared, person, now):
    newest = db.session.scalar(sa.select(sa.func.max(Notification.id)))
    db.session.rollback()
    acts = (
        lambda: actions.choose(person.id, {"demo.answer": "weekly", "demo.quiet": "never"}, Wishes()),
        lambda: actions.choose(person.id, {"demo.answer": "at_once", "demo.quiet": "weekly"}, Wishes(no_weekly=True)),
        lambda: actions.stop(Stop(person, "kinds", "demo.answer,demo.quiet,demo.follow"), now=now),
        lambda: actions.resume(Stop(person, "kinds", "demo.follow,demo.answer")),
        lambda: actions.stop(Stop(person, "about", "thread:1"), now=now),
        lambda: actions.mark_read(person.id, up_to=newest, now=now),
        lambda: letters.write_letter(person.id, now=now),
        lambda: actions.tell("demo.answer", [person.id], about="thread:2", now=now, title="late"),
    )

    def alone(number):
        with shared.test_request_context("/en/", method="POST"):
            shared.preprocess_request()
            for turn in range(4):
                with transaction():
                    acts[(number + turn) % EIGHT]()
        return "done"

    assert at_once(EIGHT, alone) == ["done"] * EIGHT
    db.session.rollback()
    assert queries.is_silenced(person.id, "thread:1")


def test_eight_clicks_on_one_link_are_one(shared, person):
    with shared.test_request_context("/en/"):
        shared.preprocess_request()
        path = letters.stop_url(person.id, "kinds", "demo.answer").removeprefix("http://localhost")
    db.session.rollback()

    def click(number):
        return shared.test_client().post(path, data={"List-Unsubscribe": "One-Click"}).status_code

    assert at_once(EIGHT, click) == [200] * EIGHT
    db.session.rollback()
    assert queries.paces_of(person.id) == {"demo.answer": "never"}


def test_eight_bounces_of_one_address_are_one(shared, person, now):
    def alone(number):
        with shared.app_context(), transaction():
            return actions.note_bounce(person.email, "hard", now=now)

    assert at_once(EIGHT, alone) == [True] * EIGHT
    db.session.rollback()
    assert queries.standing_of(person).is_unreachable
