"""Eight at once: whatever is pressed by many, or twice, happens once, and nobody meets an error of ours."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from civic.accounts.models import User
from civic.consultations import refusals
from civic.consultations.actions import following, linking, outcome, writing
from civic.consultations.jobs import step_consultations
from civic.consultations.models import Consultation, Follow, Held, Link
from civic.consultations.queries.consultations import by_id
from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.core.states import StateChange

EIGHT = 8


@contextmanager
def speaking(app: Flask) -> Iterator[None]:
    with app.test_request_context("/en/", method="POST"):
        app.preprocess_request()
        yield


def eight(app: Flask, act: Callable[[int], object]) -> list[object]:
    """Eight threads begin together; gives what each did, or the refusal that it met."""
    barrier = Barrier(EIGHT)

    def work(number: int) -> object:
        with app.app_context(), speaking(app):
            barrier.wait()
            try:
                with transaction():
                    return act(number)
            except CivicError as refused:
                return refused

    with ThreadPoolExecutor(EIGHT) as workers:
        return list(workers.map(work, range(EIGHT)))


@pytest.fixture
def town(shared, make):
    """A closed consultation with three contributions, a writer, and eight who may sign."""
    with speaking(shared):
        writer, signers = make.staff("researcher"), [make.staff("approver") for _ in range(EIGHT)]
        survey = make.words_survey(status="closed")
        names = make.says(survey, "One", "Two", "Three")
        consultation = make.counted(make.consultation("considering", holds=[survey]))
        theme = make.outcome(consultation, by=writer)
        db.session.commit()
        return consultation.id, theme.id, names, writer.id, [each.id for each in signers]


def fresh(number: int) -> Consultation:
    found = by_id(number)
    assert found is not None
    return found


def test_eight_presses_follow_once(shared, make, now):
    number, member = make.consultation("open").id, make.member().id
    db.session.commit()
    done = eight(shared, lambda _: following.follow(fresh(number), by=db.session.get(User, member), now=now))
    assert done == [None] * EIGHT
    assert db.session.scalar(select(func.count()).select_from(Follow)) == 1


def test_eight_sort_the_same_and_each_contribution_stands_there_once(shared, town, now):
    number, theme, names, writer, _signers = town

    def act(place: int) -> int:
        mine = names[::-1] if place % 2 else names
        by = db.session.get(User, writer)
        return linking.assign(fresh(number), mine, theme_id=theme, fate="taken_up", by=by, now=now)

    assert eight(shared, act) == [3] * EIGHT
    db.session.expire_all()
    assert db.session.scalar(select(func.count()).select_from(Link)) == 3
    assert fresh(number).with_fate == 3


def test_eight_sign_and_it_is_published_once(shared, town, now):
    number, _theme, _names, writer, signers = town
    with speaking(shared), transaction():
        outcome.submit(fresh(number), by=db.session.get(User, writer), now=now)
        edition = fresh(number).version_id
    db.session.expire_all()

    def act(place: int) -> str:
        outcome.sign(fresh(number), by=db.session.get(User, signers[place]), now=now, edition=edition)
        return "signed"

    done = eight(shared, act)
    assert done.count("signed") == 1
    assert {type(each) for each in done if each != "signed"} == {refusals.NotSubmitted}
    jobs = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'consultations.tell_outcome'")
    assert db.session.scalar(jobs) == 1


def test_an_activity_that_eight_want_goes_to_one(shared, make, now):
    with speaking(shared):
        survey, by = make.words_survey(), make.staff("researcher").id
        numbers = [make.consultation("draft").id for _ in range(EIGHT)]
        db.session.commit()

    def act(place: int) -> str:
        writing.add_activity(fresh(numbers[place]), f"survey:{survey.id}", by=db.session.get(User, by), now=now)
        return "added"

    done = eight(shared, act)
    assert done.count("added") == 1
    assert {type(each) for each in done if each != "added"} == {refusals.Elsewhere}
    assert db.session.scalar(select(func.count()).select_from(Held)) == 1


def test_two_clocks_note_each_move_once(shared, make, now, monkeypatch):
    monkeypatch.setattr("civic.core.clock.now", lambda: now)
    for _ in range(5):
        make.consultation("coming_up", opens_at=now, officer_id=None)
    db.session.commit()
    barrier = Barrier(4)

    def work(_: int) -> None:
        with shared.app_context(), speaking(shared):
            barrier.wait()
            step_consultations()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    assert set(db.session.scalars(select(Consultation.status))) == {"open"}
    assert db.session.scalar(select(func.count()).select_from(StateChange)) == 5
