"""Appeals against suspensions: once, heard by somebody who did not impose it, and told."""

from typing import Any

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.moderation import refusals
from civic.moderation.actions import appealing, people
from civic.moderation.checks import CHECKS
from civic.moderation.models import Appeal, Suspension
from civic.moderation.queries import queue
from civic.moderation.queries.people import suspension_of
from civic.notifications.models import Notification
from tests.support.sql import statements

MINE = "/en/account/moderation"
DESK = "/en/staff/moderation"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


@pytest.fixture
def suspended(make):
    """Somebody who may not publish, and the suspension."""
    person = make.resident(name="Zoe")
    return person, make.suspension(person)


def appealed(suspended, now):
    person, suspension = suspended
    return appealing.appeal_suspension(suspension, words="It was a joke.", language="en", by=person, now=now)


def decided(suspension, verb, *, by, now):
    return appealing.decide_suspension_appeal(suspension, verb, words="So be it.", language="en", by=by, now=now)


def told(person):
    return db.session.scalars(
        sa.select(Notification).where(Notification.person_id == person.id).order_by(Notification.id)
    ).all()


def faults():
    return [fault for check in CHECKS for fault in check()]


def test_somebody_suspended_appeals_on_their_own_page_once(client, make, suspended):
    person, suspension = suspended
    make.sign_in(client, person)
    client.get(MINE)
    page = client.submit("Send my appeal", {"words": " "})
    assert page.status == 422 and "Say why your suspension should end." in page.text
    assert client.submit("Send my appeal", {"words": "It was a joke."}).status == 303
    page = client.follow()
    assert "It was a joke." in page.text and "Somebody who did not decide before" in page.text
    assert "Send my appeal" not in page.text
    page = client.post(f"{MINE}/suspensions/{suspension.id}/appeals", {"words": "Again."})
    assert page.status == 422 and "You have appealed against this decision already." in page.text
    assert client.post(f"{MINE}/suspensions/{suspension.id}/appeals", {"words": ""}).status == 422
    assert db.session.scalars(sa.select(Appeal.words)).all() == ["It was a joke."]


def test_an_answer_that_comes_too_late_is_given_back(client, make, now, suspended):
    person, suspension = suspended
    appealed(suspended, now)
    make.sign_in(client, make.staff("moderator", name="Bea"))
    client.get(f"{DESK}/people/{person.id}")
    decided(suspension, "uphold", by=make.staff("moderator"), now=now)
    page = client.submit("Answer the appeal", {"appeal-verb": "restore", "appeal-words": "You are right."})
    assert page.status == 409 and "This case has changed" in page.text and "You are right." in page.text
    db.session.refresh(suspension)
    assert suspension.lifted_at is None


def test_nobody_appeals_for_somebody_else_or_against_what_is_over(client, make, now, suspended):
    _person, suspension = suspended
    make.sign_in(client, make.resident())
    assert client.post(f"{MINE}/suspensions/{suspension.id}/appeals", {"words": "x"}).status == 404
    with pytest.raises(refusals.CannotAppeal):
        appealing.appeal_suspension(suspension, words="x", language="en", by=make.resident(), now=now)
    with pytest.raises(refusals.CannotAppeal):
        appealed(suspended, suspension.ends_at)


def test_another_moderator_hears_it_and_ends_the_suspension(client, make, now, suspended):
    person, suspension = suspended
    appealed(suspended, now)
    assert queue.how_many()["suspensions"] == queue.waiting_for_moderators() == 1
    make.sign_in(client, make.staff("moderator", name="Bea"))
    page = client.get(DESK)
    assert "Appeals against suspensions (1)" in page.text
    client.click("Appeals against suspensions")
    client.click("Zoe")
    assert client.submit("Answer the appeal", {"appeal-words": "You are right."}).status == 422
    client.submit("Answer the appeal", {"appeal-verb": "restore", "appeal-words": "You are right."})
    page = client.follow()
    assert "The decision was reversed" in page.text and "Answer the appeal" not in page.text
    db.session.expire_all()
    assert suspension_of(person.id, now) is None and suspension.lifted_why == "You are right."
    assert [each.notice for each in told(person)] == ["moderation.suspended", "moderation.appeal_decided"]
    assert queue.how_many()["suspensions"] == queue.waiting_for_moderators() == 0 and faults() == []
    make.sign_in(client, person)
    assert "You are right." in client.get(MINE).text


def test_a_suspension_that_is_upheld_stands_and_the_person_reads_why(in_request, make, now, suspended):
    person, suspension = suspended
    appealed(suspended, now)
    decided(suspension, "uphold", by=make.staff("moderator"), now=now)
    assert suspension_of(person.id, now) is suspension
    notice = told(person)[-1]
    drawn = in_request.extensions["civic"].notices[notice.notice].draw(notice.facts)
    assert "your suspension stands" in drawn.sentence and (drawn.quoted, drawn.language) == ("So be it.", "en")
    with pytest.raises(refusals.Stale):
        decided(suspension, "restore", by=make.staff("moderator"), now=now)
    with pytest.raises(refusals.AppealedBefore):
        appealed(suspended, now)


def test_whoever_imposed_it_neither_sees_the_form_nor_decides(client, make, now):
    ann, person = make.staff("moderator", name="Ann"), make.resident()
    suspension = people.suspend(
        person, days=3, words="It went on.", without_warning="Grave.", language="en", by=ann, now=now
    )
    appealed((person, suspension), now)
    make.sign_in(client, ann)
    page = client.get(f"{DESK}/people/{person.id}")
    assert "Somebody else has to decide this" in page.text and "Answer the appeal" not in page.text
    assert client.post(f"{DESK}/suspensions/{suspension.id}/appeal-decisions", {"appeal-verb": "uphold"}).status == 403
    for somebody in (ann, person):
        with pytest.raises(refusals.NeedsSomebodyElse):
            decided(suspension, "uphold", by=somebody, now=now)
    with pytest.raises(sa.exc.IntegrityError, match="ck_moderation_appeal_somebody_else"), db.session.begin_nested():
        values = {"decided_by_id": ann.id, "decided_at": now, "outcome": "upheld"}
        db.session.execute(sa.update(Appeal).values(values))


def test_an_appeal_is_against_a_removal_or_a_suspension(make, now, suspended):
    with pytest.raises(sa.exc.IntegrityError, match="ck_moderation_appeal_about"), db.session.begin_nested():
        db.session.add(Appeal(words="x", language="en", at=now))
        db.session.flush()


def test_a_suspension_that_is_lifted_closes_its_appeal(make, now, suspended):
    _person, suspension = suspended
    asked = appealed(suspended, now)
    people.lift(suspension, why="Enough.", by=db.session.get_one(type(suspended[0]), suspension.by_id), now=now)
    db.session.refresh(asked)
    assert (asked.outcome, asked.decided_by_id) == ("closed", None) and queue.how_many()["suspensions"] == 0


def test_an_appeal_that_is_heard_after_the_end_changes_no_date(make, now, suspended):
    _person, suspension = suspended
    appealed(suspended, now)
    decided(suspension, "restore", by=make.staff("moderator"), now=suspension.ends_at)
    assert suspension.lifted_at is None
    assert db.session.scalars(sa.select(Appeal.outcome)).all() == ["restored"]


def test_the_list_of_appeals_asks_few_questions(client, make, now):
    for _each in range(30):
        person = make.resident()
        appealed((person, make.suspension(person)), now)
    make.sign_in(client, make.staff("moderator"))
    with statements() as asked:
        page = client.get(f"{DESK}/suspensions")
    assert len(page.all("li", class_="civic-row")) == 25
    asked.at_most(5)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Suspension)) == 30
