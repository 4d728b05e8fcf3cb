"""Programmes with their facts, and partners: written by staff, each change on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.accounts.models import User
from civic.authoring.actions import pass_gate
from civic.challenge.models import Partner, Programme, ProgrammeFact
from civic.challenge.refusals import SlugTaken
from civic.core import audit
from civic.core.db import db
from civic.core.states import advance

PROGRAMME = (
    "slug",
    "year",
    "title",
    "summary",
    "language",
    "delivery_partner",
    "budget_minor",
    "decision_number",
    "is_example",
)
PARTNER = ("slug", "name", "kind", "brings", "language")


def create_programme(*, by: User, now: datetime, **values: Any) -> Programme:
    """Begin a programme; nobody but staff sees it until it is announced. Raises SlugTaken."""
    return _create(Programme, PROGRAMME, "create programme", by, now, values)  # type: ignore[no-any-return]


def create_partner(*, by: User, now: datetime, **values: Any) -> Partner:
    """Write down an organisation that owns challenges. Raises SlugTaken."""
    return _create(Partner, PARTNER, "create challenge partner", by, now, values)  # type: ignore[no-any-return]


def change_programme(programme: Programme, *, by: User, now: datetime, **values: Any) -> None:
    """Change what a programme says; what stood there before stays on record. Raises SlugTaken."""
    _change(programme, PROGRAMME, "change programme", by, now, values)


def change_partner(partner: Partner, *, by: User, now: datetime, **values: Any) -> None:
    """Change what is said of a partner. Raises SlugTaken."""
    _change(partner, PARTNER, "change challenge partner", by, now, values)


def move_programme(programme: Programme, verb: str, *, by: User, now: datetime, advice_why: str = "") -> None:
    """Announce a programme, close it or open it again. Raises IllegalMove, and KeepsSomebodyOut before an announcement."""
    if verb == "announce":
        pass_gate(f"programme:{programme.id}", why=advice_why, by=by, now=now)
    advance(programme, verb, by=by, now=now)
    db.session.flush()
    audit.record(f"{verb} programme", on=programme, by=by, now=now)


def add_fact(
    programme: Programme, *, kind: str, title: str, value: str, source: str, by: User, now: datetime
) -> ProgrammeFact:
    """Write down something about a programme, with its source; with no value, that it was looked for and not found."""
    fact = ProgrammeFact(programme_id=programme.id, kind=kind, title=title, value=value, source=source)
    db.session.add(fact)
    db.session.flush()
    audit.record("add programme fact", on=programme, by=by, now=now, after={"title": title, "value": value})
    return fact


def remove_fact(programme: Programme, fact: ProgrammeFact, *, by: User, now: datetime) -> None:
    """Take a fact away that is wrong; that it stood there stays on record."""
    before = {"title": fact.title, "value": fact.value, "source": fact.source}
    db.session.delete(fact)
    db.session.flush()
    audit.record("remove programme fact", on=programme, by=by, now=now, before=before)


def _create(model: Any, names: tuple[str, ...], verb: str, by: User, now: datetime, values: dict[str, Any]) -> Any:
    assert values.keys() <= set(names), values.keys()
    _refuse_taken(model, values["slug"])
    row = model(created_by_id=by.id, created_at=now, **values)
    db.session.add(row)
    db.session.flush()
    audit.record(verb, on=row, by=by, now=now, after={"slug": row.slug})
    return row


def _change(row: Any, names: tuple[str, ...], verb: str, by: User, now: datetime, values: dict[str, Any]) -> None:
    assert values.keys() <= set(names), values.keys()
    before = {name: getattr(row, name) for name in values}
    new = {name: value for name, value in values.items() if before[name] != value}
    if not new:
        return
    if "slug" in new:
        _refuse_taken(type(row), new["slug"])
    for name, value in new.items():
        setattr(row, name, value)
    db.session.flush()
    audit.record(verb, on=row, by=by, now=now, before={name: before[name] for name in new}, after=new)


def _refuse_taken(model: Any, slug: str) -> None:
    if db.session.scalar(select(model.id).where(model.slug == slug)) is not None:
        raise SlugTaken()
