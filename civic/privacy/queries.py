"""What is held about one person, read from the same cards that the privacy notice prints."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import Table, func, select

from civic.core.db import db, stream
from civic.core.manifest import PersonalData
from civic.core.sealing import unseal

# What proves that somebody is who they say: of no use to read, and of great use to a thief.
SECRET = re.compile(r"(hash|secret|token|seal|salt|nonce)$|^key$|_key$")


@dataclass(frozen=True)
class Held:
    """One card, and how many rows of it are about the person."""

    card: PersonalData
    rows: int


def cards() -> list[PersonalData]:
    """Every card, from the ground of the house upwards."""
    return current_app.extensions["civic"].personal_data


def held_about(person_id: int) -> list[Held]:
    """How much of each kind is held about a person, in one statement."""
    counts = [
        select(func.count()).select_from(_table(card)).where(_about(card, person_id)).scalar_subquery().label(f"n{i}")
        for i, card in enumerate(cards())
    ]
    row = db.session.execute(select(*counts)).one() if counts else ()
    return [Held(card, n) for card, n in zip(cards(), row, strict=True)]


def rows_about(card: PersonalData, person_id: int) -> Iterator[dict[str, Any]]:
    """The rows of one card that are about a person, without secrets, as JSON may hold them."""
    table = _table(card)
    theirs = [table.c[name] for name in card.only] or table.columns
    shown = [column for column in theirs if not SECRET.search(column.name)]
    found = select(*shown).where(_about(card, person_id)).order_by(*table.primary_key.columns)
    for row in stream(found, 500):
        yield dict(_told(name, value) for name, value in row._mapping.items())


def _table(card: PersonalData) -> Table:
    return card.model.__table__  # type: ignore[attr-defined]


def _about(card: PersonalData, person_id: int) -> Any:
    return card.whose(person_id) if card.whose else _table(card).c[card.person] == person_id


def _told(name: str, value: Any) -> tuple[str, Any]:
    """What is sealed for everybody else is open to the person it is about."""
    if name.endswith("_sealed"):
        return name.removesuffix("_sealed"), unseal(value)
    return name, _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, bool | int | float | str | list | dict) or value is None else str(value)
