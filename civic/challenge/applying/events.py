"""What applying tells the packages above, in the same transaction in which it became true."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ShortlistFinished:
    """Everybody who applied to a call was answered; startups and partners rank each other now."""

    call_id: int
    now: datetime


@dataclass(frozen=True)
class ApplicationWithdrawn:
    """A startup gave an application up; it may have been shortlisted."""

    application_id: int
    now: datetime
