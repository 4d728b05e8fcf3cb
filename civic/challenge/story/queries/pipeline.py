"""A programme in numbers for those who run it: how many applications stand where, and how far its tests are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from civic.challenge.applying.models import Call
from civic.challenge.models import Challenge, Programme
from civic.challenge.story.queries.counting import Counts, call_of, counts_of
from civic.core.db import db

COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("draft", ("draft",)),
    ("submitted", ("submitted",)),
    ("ineligible", ("ineligible",)),
    ("not_shortlisted", ("not_shortlisted",)),
    ("shortlisted", ("shortlisted",)),
    ("unmatched", ("unmatched", "lost")),
    ("matched", ("matched",)),
)
"""What is counted in which column; together they are all that were not withdrawn."""


@dataclass(frozen=True)
class Row:
    """One challenge: how many of its applications stand in each column."""

    challenge: Challenge
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Pipeline:
    """The table, and the call it is about."""

    call: Call | None
    rows: tuple[Row, ...]
    totals: tuple[int, ...]


def pipeline_of(programme: Programme) -> Pipeline:
    """Three statements, however many applications there are."""
    call = call_of(programme.id)
    counts = counts_of(call.id) if call is not None else {}
    theirs = select(Challenge).where(Challenge.programme_id == programme.id).order_by(Challenge.id)
    rows = tuple(Row(each, _numbers(counts.get(each.id, Counts()))) for each in db.session.scalars(theirs))
    return Pipeline(call, rows, _numbers(sum(counts.values(), Counts())))


def _numbers(counts: Counts) -> tuple[int, ...]:
    return tuple(counts.of(states) for _name, states in COLUMNS)
