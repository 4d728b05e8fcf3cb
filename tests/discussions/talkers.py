"""People at pages of discussions, and what they left behind."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select

from civic.core.db import db
from civic.discussions.queries.threads import thread_by_id
from tests.support.client import PageClient

WORDS = "The crossing by the school needs a longer green light."


def at(thread: Any) -> str:
    """Where a thread stands."""
    return f"/en/discussions/{thread.topic.slug}/{thread.id}"


def thread_of(comment: Any) -> Any:
    """The thread of a comment, with its topic."""
    return thread_by_id(comment.thread_id)


def signed_in(app: Flask, make: Any, person: Any) -> PageClient:
    """Somebody at a browser."""
    client = PageClient(app)
    make.sign_in(client, person)
    return client


def count(model: Any) -> int:
    """How many rows there are."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def the(model: Any) -> Any:
    """The newest row."""
    db.session.expire_all()
    return db.session.scalars(select(model).order_by(model.id.desc())).first()
