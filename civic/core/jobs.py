"""Jobs: work that follows a commit, written as rows in the same transaction, so that none is lost and none is dreamt."""

from collections.abc import Callable
from contextvars import Context
from datetime import datetime
from functools import wraps
from typing import Any

import procrastinate
import structlog
from flask import Flask
from procrastinate import PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from procrastinate.manager import JobManager
from sqlalchemy import Connection

from civic.core import clock
from civic.core.db import db

log = structlog.get_logger()
queue = procrastinate.App(connector=SyncPsycopgConnector())
# Writes rows on connections of ours. The queue's own cannot while a worker runs, for then it is the worker's.
_writer = JobManager(SyncPsycopgConnector())
_running: dict[str, Flask] = {}


def job(name: str, *, retries: int = 5, on: str = "default") -> Callable[[Callable], Callable]:
    """Make a function a job: tried again with growing pauses, rescued when its worker dies; it opens its own transaction.

    Arguments must be JSON. The body runs in a request context of the configured address, so links and languages work.
    """

    def declared(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def inside(**arguments: Any) -> None:
            app = _running["app"]
            with app.test_request_context(base_url=app.config["BASE_URL"], method="POST"):
                app.preprocess_request()
                function(**arguments)

        pause = RetryStrategy(max_attempts=retries, exponential_wait=4)
        function.task = queue.task(name=name, queue=on, retry=pause)(inside)  # type: ignore[attr-defined]
        return function

    return declared


def enqueue(
    function: Callable[..., None], *, at: datetime | None = None, key: str | None = None, **arguments: Any
) -> None:
    """Let a job run after this transaction commits, at `at` at the earliest; one `key` waits at most once.

    The row is written on the caller's own connection: a rollback leaves no job.
    """
    db.session.flush()
    if key and _is_waiting(key):
        return
    write(function, db.session.connection(), at=at, key=key, **arguments)


def write(
    function: Callable[..., None],
    connection: Connection,
    *,
    at: datetime | None = None,
    key: str | None = None,
    **arguments: Any,
) -> None:
    """Write a job's row on a connection, inside a job as anywhere; raises AlreadyEnqueued where one with this key waits."""
    # The queue itself goes by the machine's clock.
    due = clock.real(at) if at else None
    driver = connection.connection.driver_connection
    deferred = function.task.configure(connection=driver, schedule_at=due, queueing_lock=key)  # type: ignore[attr-defined]
    deferred.job_manager = _writer
    deferred.defer(**arguments)


def _is_waiting(key: str) -> bool:
    from sqlalchemy import text

    found = text("SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = :key AND status = 'todo'")
    return db.session.scalar(found, {"key": key}) is not None


def waiting() -> dict[str, int]:
    """How many jobs stand in each state, for the health page."""
    from sqlalchemy import text

    rows: Any = db.session.execute(text("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status"))
    return dict(rows.all())


def bind(app: Flask) -> None:
    """Tell the jobs which application they run in."""
    _running["app"] = app


@queue.periodic(cron="* * * * *", periodic_id="rescue")
@queue.task(name="core.rescue_stalled_jobs", pass_context=True, queueing_lock="rescue")
async def rescue(context: Any, timestamp: int) -> None:
    """Give the jobs of a dead worker to a living one."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs():
        log.warning("job_rescued", job=stalled.task_name, id=stalled.id)
        await manager.retry_job(stalled)


@queue.periodic(cron="30 3 * * *", periodic_id="sweep")
@queue.task(name="core.sweep_jobs", pass_context=True, queueing_lock="sweep")
async def sweep(context: Any, timestamp: int) -> None:
    """Forget jobs that ended well a week ago; failed ones stay to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=24 * 7, include_failed=False)


def work(app: Flask, conninfo: str, periodic: list[tuple[Callable[..., None], str]], *, wait: bool = True) -> None:
    """Do the jobs that wait, with a pool of its own, and everything that happens by the clock; until stopped where `wait`."""
    bind(app)
    for function, cron in periodic:
        _by_the_clock(function, cron)
    with queue.replace_connector(PsycopgConnector(conninfo=conninfo)) as ours:
        # In a context of its own: jobs that run at once would otherwise inherit the command's `g`, and share one session.
        Context().run(ours.run_worker, concurrency=2, wait=wait, install_signal_handlers=wait)


def _by_the_clock(function: Callable[..., None], cron: str) -> None:
    task = function.task  # type: ignore[attr-defined]

    def tick(timestamp: int) -> None:
        task.func()

    clocked = queue.task(name=f"{task.name}.by_the_clock", queueing_lock=task.name)(tick)
    queue.periodic(cron=cron, periodic_id=task.name)(clocked)
