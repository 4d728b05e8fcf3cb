"""What happens by itself: formats are made, and every night what is old is made anew or goes."""

import structlog
from sqlalchemy import select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.i18n import speaking
from civic.core.jobs import enqueue, job
from civic.formats.actions import making
from civic.formats.making.source import NotMade
from civic.formats.models import FormatFile

log = structlog.get_logger()


@job("formats.make", retries=3)
def make_format(row_id: int) -> None:
    """Make one file: read in one transaction, make outside of any, keep in another."""
    with transaction():
        task = making.begin(row_id, now=clock.now())
    if task is None:
        return
    try:
        with speaking(task.language):
            made = task.wanted.make(task.source)
    except NotMade as not_made:
        fault = not_made.fault
    except Exception as surprise:  # whatever it is, whoever asked must be told, and no worker may stop at it
        log.exception("format_failed", format=task.wanted.key, kind=type(surprise).__name__)
        fault = "error"
    else:
        with transaction():
            making.keep(task, made, now=clock.now())
        return
    with transaction():
        making.fail(row_id, fault, now=clock.now())


def ask_for(row: FormatFile) -> None:
    """Enqueue the job of a row, in the caller's transaction; one a row waits at most."""
    enqueue(make_format, key=f"format:{row.id}", row_id=row.id)


@job("formats.tidy")
def tidy_formats() -> None:
    """Every night: what changed is made anew for whoever comes next, what nobody may read goes, what is too old goes."""
    with transaction():
        rows = list(db.session.scalars(select(FormatFile.id).order_by(FormatFile.id)))
    for row_id in rows:
        with transaction():
            if making.tidy(row_id, now=clock.now()):
                enqueue(make_format, key=f"format:{row_id}", row_id=row_id)
