"""Jobs are rows of the caller's transaction: a rollback leaves none, a commit leaves one, a worker does it."""

import sqlalchemy as sa

from civic.core.db import db, transaction
from civic.core.jobs import enqueue, job, queue, work

done: list[int] = []
failures: list[int] = []
sessions: list[object] = []


@job("tests.note", retries=2)
def note(number: int) -> None:
    done.append(number)


@job("tests.fail_once", retries=3)
def fail_once() -> None:
    failures.append(1)
    if len(failures) == 1:
        raise RuntimeError("the first time")


@job("tests.go_on", retries=1)
def go_on(number: int) -> None:
    with transaction():
        enqueue(note, number=number, key="went on")


@job("tests.note_session")
def note_session() -> None:
    sessions.append(db.session)


def waiting() -> dict[str, int]:
    rows = db.session.execute(
        sa.text("SELECT status::text, count(*) FROM procrastinate_jobs WHERE task_name LIKE 'tests.%' GROUP BY status")
    )
    return dict(tuple(row) for row in rows)


def _worker(app) -> None:
    address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    work(app, address, [], wait=False)


def test_a_rolled_back_act_leaves_no_job(shared):
    try:
        with transaction():
            enqueue(note, number=1)
            raise RuntimeError("after the job was written")
    except RuntimeError:
        pass
    assert waiting() == {}


def test_a_committed_act_leaves_one_job_and_the_worker_does_it(shared):
    done.clear()
    with transaction():
        enqueue(note, number=7)
    assert waiting() == {"todo": 1}
    db.session.rollback()
    _worker(shared)
    assert done == [7]
    assert waiting() == {"succeeded": 1}


def test_a_job_that_fails_is_tried_again_later(shared):
    failures.clear()
    with transaction():
        enqueue(fail_once)
    _worker(shared)
    assert failures == [1]
    assert waiting() == {"todo": 1}
    db.session.execute(sa.text("UPDATE procrastinate_jobs SET scheduled_at = now()"))
    db.session.commit()
    _worker(shared)
    assert failures == [1, 1]
    assert waiting() == {"succeeded": 1}


def test_one_key_waits_once(shared):
    with transaction():
        enqueue(note, number=1, key="same")
        enqueue(note, number=1, key="same")
    assert waiting() == {"todo": 1}


def test_a_job_of_a_dead_worker_is_given_to_a_living_one(shared):
    import asyncio

    from procrastinate import PsycopgConnector

    from civic.core.jobs import rescue as rescue_stalled

    done.clear()
    with transaction():
        enqueue(note, number=9)
        db.session.execute(sa.text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL"))
    address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)

    async def rescue() -> None:
        with queue.replace_connector(PsycopgConnector(conninfo=address)) as ours:
            async with ours.open_async():
                await rescue_stalled.func(type("Context", (), {"app": ours}), 0)

    asyncio.run(rescue())
    assert waiting() == {"todo": 1}
    db.session.rollback()
    _worker(shared)
    assert done == [9]


def test_no_job_shares_a_session_with_another_or_with_who_started_the_worker(shared):
    sessions.clear()
    with transaction():
        enqueue(note_session)
        enqueue(note_session)
    _worker(shared)
    assert len({id(each) for each in (db.session, *sessions)}) == 3


def test_a_job_may_enqueue_another(shared):
    done.clear()
    with transaction():
        enqueue(go_on, number=5)
    _worker(shared)
    _worker(shared)  # one that does not wait may have looked for the second job before the first was done
    assert done == [5]
