"""What discussions tell the packages above them, in the same transaction in which it became true."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CommentPosted:
    """Somebody said something; whether everybody can see it yet is for its row to say."""

    topic_id: int
    thread_id: int
    comment_id: int
    now: datetime
