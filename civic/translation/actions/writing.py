"""Writing translations: publish one, keep a draft, say that one still fits, take one away. Every version stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import func, select

from civic.core import audit
from civic.core.announcements import announce
from civic.core.db import db
from civic.core.states import advance
from civic.core.translatable import Source
from civic.translation import refusals
from civic.translation.events import TranslationChanged
from civic.translation.models import Translation
from civic.translation.queries.current import next_number
from civic.translation.queries.glossary import terms
from civic.translation.rules import checking
from civic.translation.rules.choices import TEXT_MOST
from civic.translation.rules.comparing import mark_of


@dataclass(frozen=True)
class Place:
    """One text of a thing in one language."""

    thing: str
    field: str
    language: str


def hold(place: Place) -> None:
    """Let nobody else write this text in this language until the transaction ends."""
    told = f"translation {place.thing} {place.field} {place.language}"
    key = int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), signed=True)
    db.session.execute(select(func.pg_advisory_xact_lock(key)))


def standing(place: Place, status: str = "approved") -> Translation | None:
    """What stands there now, read afresh."""
    query = select(Translation).where(
        Translation.thing == place.thing, Translation.field == place.field, Translation.language == place.language,
        Translation.status == status,
    )  # fmt: skip
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def check(source: Source, place: Place, text: str, why: str = "") -> list[checking.Fault]:
    """Refuse what is too long, and what breaks a rule without a reason; gives what is only advised.

    Raises TooLong and NeedsAReason.
    """
    if len(text) > (source.most or TEXT_MOST):
        raise refusals.TooLong()
    known = terms(place.language, source.language)
    found = checking.faults(source.text, text, known, markdown=source.markdown)
    if not why and any(each.is_grave for each in found):
        raise refusals.NeedsAReason()
    return found


def publish(
    place: Place, text: str, source: Source, *, by: Any, now: datetime, seen: str | None = None, why: str = ""
) -> Translation | None:
    """Let readers see this translation from now on; the one before stays as history. Nothing where it says what stands there
    of the same original.

    `seen` is the mark of what stood there when the writer began. Raises ChangedMeanwhile, TooLong, NeedsAReason.
    """
    check(source, place, text, why)
    hold(place)
    before = standing(place)
    if seen is not None and seen != mark_of(before.text if before else ""):
        raise refusals.ChangedMeanwhile()
    draft = standing(place, "draft")
    if before and before.text == text and before.source_mark == mark_of(source.text) and before.shown == "shown":
        if draft is not None:
            advance(draft, "discard", by=by, now=now)
        return None
    if draft is not None and draft.origin == "machine" and draft.text == text:
        return publish_draft(place, source, by=by, now=now, why=why)
    if draft is not None:
        advance(draft, "discard", by=by, now=now)
    origin, author = "person", by.id
    if before is not None and before.text == text and (before.origin != "community" or before.by_id != by.id):
        # To say that words still fit does not make them one's own: a machine's stay a machine's.
        origin, author = before.origin, before.by_id
    status = "suggested" if origin == "community" else "draft"
    made = add(place, text, source, origin=origin, status=status, by=by, now=now, why=why)
    made.by_id = author
    _let_stand(made, before, by=by, now=now)
    return made


def publish_draft(place: Place, source: Source, *, by: Any, now: datetime, why: str = "") -> Translation:
    """Publish a draft as it is; what a machine made stays marked as made by a machine. The place is held."""
    draft = standing(place, "draft")
    assert draft is not None
    draft.overridden = why
    draft.source_text, draft.source_mark = source.text, mark_of(source.text)
    _let_stand(draft, standing(place), by=by, now=now)
    return draft


def keep_draft(
    place: Place, text: str, source: Source, *, by: Any, now: datetime, origin: str = "person", seen: str | None = None
) -> Translation | None:
    """Keep a translation that readers do not see yet, in place of the draft before. Raises TooLong and ChangedMeanwhile."""
    if len(text) > (source.most or TEXT_MOST):
        raise refusals.TooLong()
    hold(place)
    before = standing(place)
    if seen is not None and seen != mark_of(before.text if before else ""):
        raise refusals.ChangedMeanwhile()
    draft = standing(place, "draft")
    if draft is not None:
        if draft.text == text:
            return draft
        advance(draft, "discard", by=by, now=now)
        db.session.flush()
    return add(place, text, source, origin=origin, status="draft", by=by, now=now)


def take_away(place: Place, *, by: Any, now: datetime, seen: str | None = None) -> None:
    """Show readers the original again; what stood there stays as history. Raises ChangedMeanwhile."""
    hold(place)
    before, draft = standing(place), standing(place, "draft")
    if seen is not None and seen != mark_of(before.text if before else ""):
        raise refusals.ChangedMeanwhile()
    if draft is not None:
        advance(draft, "discard", by=by, now=now)
    if before is not None:
        advance(before, "replace", by=by, now=now)
        _record("translation.removed", before, by=by, now=now)


def let_stand(made: Translation, *, by: Any, now: datetime) -> None:
    """Let a suggestion stand in place of whatever stood there; the place is held."""
    _let_stand(made, standing(Place(made.thing, made.field, made.language)), by=by, now=now)


def _let_stand(made: Translation, before: Translation | None, *, by: Any, now: datetime) -> None:
    if before is not None:
        advance(before, "replace", by=by, now=now)
        db.session.flush()
    made.decided_by_id, made.decided_at = by.id, now
    advance(made, "approve", by=by, now=now, why=made.overridden)
    db.session.flush()
    _record("translation.published", made, by=by, now=now, why=made.overridden)


def add(
    place: Place, text: str, source: Source, *, origin: str, status: str, by: Any, now: datetime, why: str = "",
    shown: str = "shown",
) -> Translation:  # fmt: skip
    """Write one more version down; the place is held."""
    made = Translation(
        thing=place.thing, field=place.field, language=place.language, text=text, origin=origin, status=status,
        number=next_number(place.thing, place.field, place.language), source_language=source.language,
        source_text=source.text, source_mark=mark_of(source.text), by_id=by.id, at=now, overridden=why, shown=shown,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def _record(verb: str, on: Translation, *, by: Any, now: datetime, why: str = "") -> None:
    told = {"thing": on.thing, "field": on.field, "language": on.language, "number": on.number, "origin": on.origin}
    audit.record(verb, on=on, by=by, now=now, why=why, after=told)
    announce(TranslationChanged(on.thing, on.language))
