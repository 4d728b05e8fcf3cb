"""Eight at once: whoever asks for the same joins, the same file is kept once, and nobody meets an error of ours."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from civic.core.db import db
from civic.core.files import StoredFile
from civic.core.jobs import queue
from civic.formats.models import FormatFile, Slot
from tests.support.client import PageClient

EIGHT = 8


def eight(app: Flask, act: Callable[[int], Any]) -> list[Any]:
    """Eight threads begin together; gives what each came to."""
    barrier = Barrier(EIGHT)

    def work(number: int) -> Any:
        barrier.wait()
        return act(number)

    with ThreadPoolExecutor(EIGHT) as workers:
        return list(workers.map(work, range(EIGHT)))


@pytest.fixture
def survey(shared: Flask, make: Any) -> int:
    number = make.survey().id
    db.session.commit()
    return number


def clients(app: Flask) -> list[PageClient]:
    return [PageClient(app, checked=False) for _number in range(EIGHT)]


def test_eight_who_ask_for_the_same_join_in_one_row_and_one_job(app, shared, survey):
    readers = clients(app)
    statuses = eight(app, lambda at: readers[at].post(f"/en/formats/survey/{survey}/en/text").status)
    assert set(statuses) == {303}
    assert db.session.scalar(select(func.count(FormatFile.id))) == 1
    assert db.session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'formats.make'")) == 1


def test_eight_workers_on_one_row_keep_one_file(app, shared, survey):
    clients(app)[0].post(f"/en/formats/survey/{survey}/en/braille")
    number = db.session.scalars(select(FormatFile.id)).one()
    db.session.rollback()
    eight(app, lambda at: queue.tasks["formats.make"].func(row_id=number))
    assert db.session.scalar(select(func.count(StoredFile.id))) == 1
    assert db.session.scalars(select(FormatFile.status)).one() == "made"


def test_eight_workers_on_eight_formats_make_them_all(app, shared, survey):
    for key in ("text", "epub", "braille", "audio", "large-print-18", "large-print-20", "large-print-24", "disc"):
        clients(app)[0].post(f"/en/formats/survey/{survey}/en/{key}")
    numbers = db.session.scalars(select(FormatFile.id).order_by(FormatFile.id)).all()
    db.session.rollback()
    eight(app, lambda at: queue.tasks["formats.make"].func(row_id=numbers[at]))
    assert set(db.session.scalars(select(FormatFile.status))) == {"made"} and len(numbers) == EIGHT


def test_eight_of_staff_who_begin_the_same_begin_it_once(app, shared, make, survey):
    staff = clients(app)
    for each in staff:
        make.sign_in(each, make.staff("researcher"))
    db.session.commit()
    path, typed = f"/en/staff/formats/survey/{survey}", {"kind": "easy_read", "language": "en"}
    statuses = eight(app, lambda at: staff[at].post(path, typed).status)
    assert sorted(statuses) == [303, *[422] * (EIGHT - 1)]
    assert db.session.scalar(select(func.count(Slot.id))) == 1
