"""Rows that are to be carried out at the provider: one at a time, by one worker at a time, later again where no answer came."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select

from civic.core.db import db, transaction
from civic.payments.provider import ConfigurationError, RateLimited

log = structlog.get_logger()

PAUSES = (timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""How long a row waits for its next try; the first is longer than any call may take."""

KEY_LASTS = timedelta(hours=12)
"""A provider forgets keys after a day; half of it is as long as we rely on them."""


@dataclass(frozen=True)
class Claim:
    """A row that is ours until its next try is due."""

    id: int
    tries: int  # this one included
    is_late: bool  # so long after it was due that the provider may have forgotten the key of the try before

    @property
    def is_first(self) -> bool:
        """Whether nobody has asked before."""
        return self.tries == 1

    @property
    def must_look_first(self) -> bool:
        """Whether a new key is used, or an old one may be forgotten: then the provider's own lists are asked first."""
        return not self.is_first and (self.is_late or self.tries % 2 == 1)

    @property
    def key_number(self) -> int:
        """Two tries share a key, so that a lost answer is told again; then a new one, for a provider repeats its own failures."""
        return (self.tries + 1) // 2


def claim(model: Any, status: str, *, now: datetime) -> Claim | None:
    """Take the next row that is due, and put off its next try; None when there is none. Its own transaction."""
    with transaction():
        due = select(model).where(model.status == status, model.next_attempt_at <= now)
        due = due.order_by(model.next_attempt_at, model.id).limit(1).with_for_update(skip_locked=True)
        row = db.session.scalars(due.execution_options(populate_existing=True)).one_or_none()
        if row is None:
            return None
        was_due, row.attempts = row.next_attempt_at, row.attempts + 1
        row.next_attempt_at = now + PAUSES[min(row.attempts, len(PAUSES)) - 1]
        return Claim(row.id, row.attempts, now - was_due > KEY_LASTS)


def each(
    model: Any,
    status: str,
    carry_out: Callable[[Claim, datetime], None],
    *,
    clock: Callable[[], datetime],
    until: datetime | None = None,
) -> Iterator[int]:
    """Carry out what is due, one after the other; yields the number of each. Stops when the provider says that it is too much.

    Raises ConfigurationError: nothing works then. Any other failure concerns one row, which is tried again later.
    """
    while not (until and clock() >= until) and (taken := claim(model, status, now=clock())):
        try:
            carry_out(taken, clock())
        except ConfigurationError:
            put_back(model, taken, at=clock() + PAUSES[0])
            raise
        except RateLimited as limit:
            put_back(model, taken, at=clock() + timedelta(seconds=limit.retry_after))
            return
        except Exception:
            db.session.rollback()
            log.exception("not_carried_out", thing=model.__tablename__, id=taken.id, tries=taken.tries)
        yield taken.id


def put_back(model: Any, taken: Claim, *, at: datetime) -> None:
    """The provider was not asked: this try does not count."""
    with transaction():
        row = db.session.get_one(model, taken.id, with_for_update=True, populate_existing=True)
        row.attempts, row.next_attempt_at = taken.tries - 1, at
