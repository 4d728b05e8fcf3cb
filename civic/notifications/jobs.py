"""What happens by itself: letters leave every minute, the weekly one in its hour, and old news goes.

A person's letter has a transaction of its own: one that cannot be written keeps no other waiting. News is marked in the transaction
that queues its letter, so after a crash nobody is told twice and nobody is forgotten.
"""

import structlog

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import enqueue, job
from civic.notifications import actions, queries
from civic.notifications.actions.letters import STRETCH
from civic.notifications.rules import LETTERS

log = structlog.get_logger()


@job("notifications.write_letters", on="mail")
def write_letters() -> None:
    """A letter to everybody whose news is due; found by a look at the rows, so that telling thousands costs one statement."""
    now, after = clock.now(), 0
    while people := queries.due_people(LETTERS, now, after=after, most=STRETCH):
        db.session.rollback()  # what was only read holds nothing while the letters are written
        for person_id in people:
            try:
                with transaction():
                    actions.write_letter(person_id, now=now)
            except Exception:
                log.exception("letter_not_written")
        after = people[-1]


@job("notifications.write_weekly_letters", on="mail")
def write_weekly_letters(after: int = 0) -> None:
    """The weekly letter to the next stretch of people, and the one after it follows."""
    with transaction():
        last = actions.write_weekly(now=clock.now(), after=after)
        if last is not None:
            enqueue(write_weekly_letters, after=last)


@job("notifications.forget")
def forget() -> None:
    """What was told a year ago goes."""
    with transaction():
        actions.forget_old(clock.now())
