"""Marks of what stood there when somebody began to write, so that nobody overwrites what a colleague changed meanwhile."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.errors import Conflict


class ChangedMeanwhile(Conflict):
    """Somebody else changed the same thing after the page was opened."""

    sentence = _l(
        "Somebody else changed this while you were typing. What you typed is still here. "
        "Look at how it stands now, then save again if yours should replace it."
    )


def edition(row: Any, fields: Sequence[str]) -> str:
    """The mark of some fields of a row as they stand; of nothing where there is no row yet."""
    told = [getattr(row, field) for field in fields] if row is not None else []
    return blake2b(repr(told).encode(), digest_size=9).hexdigest()


def edition_of(rows: Iterable[Any], fields: Sequence[str]) -> str:
    """The mark of several rows in their order."""
    return blake2b(repr([[getattr(row, name) for name in fields] for row in rows]).encode(), digest_size=9).hexdigest()


def must_be_seen(row: Any, fields: Sequence[str], seen: str | None) -> None:
    """Raise ChangedMeanwhile where a row is not what the writer had `seen`; None asks for nothing."""
    if seen is not None and edition(row, fields) != seen:
        raise ChangedMeanwhile()
