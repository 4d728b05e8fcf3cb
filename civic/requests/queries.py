"""What can be asked of requests."""

from datetime import date, datetime

from sqlalchemy import Select, and_, func, or_, select

from civic.core.db import db, locked
from civic.requests.models import STATUSES, FormatRequest
from civic.requests.rules import OPEN

LISTED = (
    FormatRequest.id, FormatRequest.format, FormatRequest.into, FormatRequest.thing, FormatRequest.title,
    FormatRequest.title_language, FormatRequest.status, FormatRequest.due_on, FormatRequest.mode,
)  # fmt: skip
FILTERS = ("open", *STATUSES)


def request_by_id(request_id: int) -> FormatRequest | None:
    """The request with this number."""
    return db.session.get(FormatRequest, request_id) if 0 < request_id < 2**62 else None


def for_staff(which: str) -> Select:
    """Requests in a state ("open": that somebody still waits for), for those who handle them."""
    return select(*LISTED).where(FormatRequest.status.in_(OPEN) if which == "open" else FormatRequest.status == which)


def waiting(today: date) -> int:
    """How many nobody has accepted yet, or are later than was promised."""
    late = and_(FormatRequest.status.in_(OPEN), FormatRequest.due_on < today)
    return db.session.scalar(select(func.count()).where(or_(FormatRequest.status == "new", late))) or 0


def locked_request(request_id: int) -> FormatRequest:
    """The request as it is now, held until the transaction ends."""
    return locked(FormatRequest, request_id)


def done_before(moment: datetime) -> list[FormatRequest]:
    """Those that were done before this moment and still hold how to reach somebody; at most five hundred, held."""
    old = FormatRequest.done_at < moment
    query = select(FormatRequest).where(old, FormatRequest.forgotten_at.is_(None))
    return list(db.session.scalars(query.order_by(FormatRequest.id).limit(500).with_for_update(skip_locked=True)))
