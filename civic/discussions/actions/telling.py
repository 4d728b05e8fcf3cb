"""Who is told of what: one notice a person, the one that concerns them most."""

from __future__ import annotations

from civic.core.jobs import job


@job("discussions.tell_of_comment")
def tell_of_comment(comment_id: int) -> None:
    """Tell those whom a comment concerns, once and only while it is in sight."""


@job("discussions.tell_of_thread")
def tell_of_thread(thread_id: int) -> None:
    """Tell those who are mentioned in an opening."""


@job("discussions.tell_of_idea")
def tell_of_idea(idea_id: int, status: str) -> None:
    """Tell an idea's author and those who support it how far it has come."""
