"""News in words: each kind's own package draws it from its facts, in the language being spoken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from civic.core.manifest import Told
from civic.notifications.queries import notices


@dataclass(frozen=True, slots=True)
class News:
    """A row, and what it says."""

    row: Any
    told: Told


def words_for(notice: str, facts: Mapping[str, Any]) -> Told | None:
    """What a notice says; nothing where nothing is left to tell, or no package of the house knows the kind any more."""
    known = notices().get(notice)
    return known.draw(facts) if known else None


def drawn(rows: Iterable[Any]) -> list[News]:
    """The rows that still have something to say."""
    return [News(row, told) for row in rows if (told := words_for(row.notice, row.facts)) is not None]
