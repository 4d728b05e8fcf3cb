"""Forgetting: where an author takes their words back, nothing is left of them in other languages either."""

from collections.abc import Iterable

from sqlalchemy import delete

from civic.core.db import db
from civic.translation.models import Translation


def forget(things: Iterable[str]) -> None:
    """Delete every version of every translation of these things ("comment:12"), with what it kept of the original."""
    names = list(things)
    if names:
        gone = delete(Translation).where(Translation.thing.in_(names))
        db.session.execute(gone.execution_options(synchronize_session=False))
