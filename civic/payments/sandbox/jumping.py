"""Moving the demo's clock: people stay signed in, waiting jobs keep their distance, and everything that happens by the clock
happens at once."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import text, update

from civic.accounts.models import UserSession
from civic.core import audit
from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.jobs import enqueue
from civic.payments.sandbox.virtual_clock import FARTHEST, VirtualClock


class NotForward(CivicError):
    """A jump into the past, or absurdly far."""

    sentence, status, field = _l("Choose a time in the future, at most ten years from today."), 422, "until"


def virtual_clock() -> VirtualClock | None:
    """The demo's clock, where there is one."""
    return current_app.extensions.get("virtual_clock")


def jump(until: datetime, *, by: Any, now: datetime) -> None:
    """Make it `until` at once; raises NotForward. The clock moves last, just before the transaction ends."""
    mine = virtual_clock()
    assert mine is not None
    forward, ahead = until - now, mine.ahead()
    if forward <= timedelta(0) or ahead + forward > FARTHEST:
        raise NotForward()
    _carry(forward, now)
    for function, _cron in current_app.extensions["civic"].periodic:
        enqueue(function, key=f"after a jump: {function.task.name}")
    audit.record("sandbox.clock_moved", on=("sandbox", "clock"), by=by, now=now, after={"until": until.isoformat()})
    mine.set(ahead + forward)


def come_back(*, by: Any, now: datetime) -> None:
    """Make it the machine's own time again; what was written meanwhile keeps its later times."""
    mine = virtual_clock()
    assert mine is not None
    _carry(-mine.ahead(), now)
    audit.record("sandbox.clock_moved", on=("sandbox", "clock"), by=by, now=now, after={"until": "now"})
    mine.set(timedelta(0))


def _carry(forward: timedelta, now: datetime) -> None:
    """Sessions that were live stay so, with as much time left as before; jobs for a certain time are done at that time."""
    live = update(UserSession).where(UserSession.expires_at > now)
    db.session.execute(
        live.values(expires_at=UserSession.expires_at + forward, seen_at=UserSession.seen_at + forward),
        execution_options={"synchronize_session": False},
    )
    # The queue goes by the machine's clock: what was due in three days is due at once after a jump of three days.
    waiting = "UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - :forward WHERE status = 'todo' AND scheduled_at IS NOT NULL"
    db.session.execute(text(waiting), {"forward": forward})
