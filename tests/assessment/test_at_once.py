"""Many at once, on real threads: all in is decided once, a conflict is never overtaken, nobody is asked twice."""

from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from civic.accounts.models import User
from civic.assessment.actions import assigning, interests, moderating, panels, scoring
from civic.assessment.events import ItemAssessed
from civic.assessment.models import Assignment, Item, Panel, Score
from civic.assessment.queries.panels import assessors_of, seat_of
from civic.core import announcements
from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.core.states import StateChange


def at_once(app: Flask, *acts: Any) -> list[Any]:
    """Every act in a thread of its own, all starting together; what each gave, or the refusal it met."""
    together, given = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Any) -> None:
        with app.test_request_context("/en/", method="POST"):
            app.preprocess_request()
            together.wait()
            try:
                with transaction():
                    given[place] = act()
            except CivicError as refused:
                given[place] = refused

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    db.session.expire_all()
    return given


def moves(item: Item, verb: str) -> int:
    made = select(func.count()).where(
        StateChange.thing == "assessed_item", StateChange.thing_id == str(item.id), StateChange.verb == verb
    )
    return db.session.scalar(made) or 0


@pytest.fixture
def panel(shared: Flask, make: Any) -> Panel:
    with shared.test_request_context("/en/", method="POST"):
        shared.preprocess_request()
        made = make.panel(assessors=6)
        db.session.commit()
    return made


@pytest.fixture
def people(panel: Panel) -> list[User]:
    return [db.session.get_one(User, row.user_id) for row in assessors_of(panel)]


def reading(make: Any, panel: Panel, people: list[User], subject: str) -> tuple[Item, list[Assignment]]:
    item = make.item(panel, subject)
    given = [make.assignment(item, person) for person in people]
    db.session.commit()
    return item, given


def sending(make: Any, panel: Panel, assignment: Assignment, value: int = 3) -> Any:
    """An act that sends one assessor's scores, with rows of its thread's own."""
    number, marks, now = assignment.id, make.marks(panel, value), make.now

    def act() -> None:
        mine = db.session.get_one(Assignment, number)
        scoring.submit(mine, marks, by=db.session.get_one(User, mine.user_id), now=now)

    return act


@pytest.mark.parametrize("round", range(4))
def test_the_last_two_who_send_at_once_complete_it_once(shared, make, panel, people, round):
    item, given = reading(make, panel, people, f"demo:{round + 1}")
    at_once(shared, *(sending(make, panel, each) for each in given))
    assert (item.status, item.result_bps) == ("scored", 6000)
    assert moves(item, "score") == 1
    assert db.session.query(Score).count() == 3 * len(people)


@pytest.mark.parametrize("round", range(4))
def test_one_who_sends_twice_at_once_sends_once(shared, make, panel, people, round):
    item, given = reading(make, panel, people[:2], f"demo:{round + 1}")
    told = at_once(shared, *[sending(make, panel, given[0])] * 6)
    assert sum(each is None for each in told) == 1
    assert db.session.query(Score).count() == 3
    assert item.status == "waiting"


@pytest.mark.parametrize("round", range(6))
def test_a_conflict_and_a_last_score_at_once_never_leave_a_result_that_does_not_stand(
    shared, make, panel, people, round
):
    item, given = reading(make, panel, people[:2], f"demo:{round + 1}")
    subject, conflicted, now = item.subject, people[0].id, make.now

    def conflict() -> None:
        who = db.session.get_one(User, conflicted)
        interests.declare(subject, user=who, has_interest=True, words="A friend.", now=now)

    at_once(shared, sending(make, panel, given[0]), sending(make, panel, given[1]), conflict)
    assert given[0].status == "recused"
    assert (item.status, item.result_bps) == ("waiting", None)
    assert moves(item, "score") == moves(item, "reopen")


@pytest.mark.parametrize("round", range(4))
def test_agreeing_and_a_conflict_at_once_end_without_an_agreed_result_of_whom_it_concerns(
    shared, make, panel, people, round
):
    item, given = reading(make, panel, people[:2], f"demo:{round + 1}")
    at_once(shared, *(sending(make, panel, each) for each in given))
    subject, conflicted, officer, number, now = item.subject, people[0].id, make.runner().id, item.id, make.now

    def conflict() -> None:
        who = db.session.get_one(User, conflicted)
        interests.declare(subject, user=who, has_interest=True, words="A friend.", now=now)

    def agree() -> None:
        by = db.session.get_one(User, officer)
        moderating.let_mean_stand(db.session.get_one(Item, number), by=by, now=now)

    at_once(shared, agree, conflict)
    assert (item.status, item.result_bps) == ("waiting", None)


def test_an_agreement_is_announced_once_however_many_press(shared, make, panel, people, monkeypatch):
    item, given = reading(make, panel, people[:2], "demo:1")
    at_once(shared, *(sending(make, panel, each) for each in given))
    heard: list[Any] = []
    monkeypatch.setitem(announcements._listeners, ItemAssessed, [heard.append])
    officer, number, now = make.runner().id, item.id, make.now

    def agree() -> None:
        by = db.session.get_one(User, officer)
        moderating.let_mean_stand(db.session.get_one(Item, number), by=by, now=now)

    at_once(shared, *[agree] * 5)
    assert heard == [ItemAssessed("demo:1")]
    assert moves(item, "agree") == 1


def test_sharing_out_twice_at_once_asks_nobody_twice(shared, make, panel, people):
    for number in range(1, 13):
        make.item(panel, f"demo:{number}")
    db.session.commit()
    officer, number, now = make.runner().id, panel.id, make.now

    def share() -> None:
        assigning.balance(db.session.get_one(Panel, number), by=db.session.get_one(User, officer), now=now)

    told = at_once(shared, share, share, share)
    assert sum(isinstance(each, CivicError) for each in told) == 2
    assert db.session.query(Assignment).count() == 24


def test_closing_waits_for_who_is_sending_and_then_takes_nothing_more(shared, make, panel, people):
    item, given = reading(make, panel, people, "demo:1")
    officer, number, now = make.runner().id, panel.id, make.now

    def close() -> None:
        panels.close(db.session.get_one(Panel, number), by=db.session.get_one(User, officer), now=now)

    told = at_once(shared, close, *(sending(make, panel, each) for each in given))
    sent = sum(each.status == "submitted" for each in given)
    assert sum(isinstance(each, CivicError) for each in told) == len(given) - sent
    assert panel.status == "closed"
    assert (item.status == "scored") == (sent == len(given))


def test_two_who_leave_the_panel_at_once_do_not_leave_it_short(shared, make, panel, people):
    for person in people[3:]:
        seat_of(panel.id, person.id).removed_at = make.now
    db.session.commit()
    officer, number, now = make.runner().id, panel.id, make.now

    def leaving(user_id: int) -> Any:
        def act() -> None:
            seat = seat_of(number, user_id)
            panels.unseat(seat, why="Leaves.", by=db.session.get_one(User, officer), now=now)

        return act

    told = at_once(shared, *(leaving(person.id) for person in people[:3]))
    assert sum(each is None for each in told) == 1
    assert len(assessors_of(panel)) == 2
