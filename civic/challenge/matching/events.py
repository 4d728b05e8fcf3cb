"""What matching announces to the parts above it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MatchPublished:
    """A call's match, or a substitute for those who were lost, is public; its applications have moved."""

    call_id: int
    now: datetime
