"""Suggestions of members: made, taken back, approved or declined by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from civic.accounts.models import User
from civic.core import audit
from civic.core.announcements import announce
from civic.core.db import db, locked
from civic.core.states import advance
from civic.core.translatable import Source
from civic.moderation import actions as moderation
from civic.notifications.actions import tell
from civic.translation import refusals
from civic.translation.actions.writing import Place, add, check, hold, let_stand, standing
from civic.translation.events import TranslationChanged
from civic.translation.models import Translation
from civic.translation.queries.suggestions import of_person

DECIDED = "translation.decided"
"""The notice that tells whoever suggested it."""


def suggest(place: Place, text: str, source: Source, *, by: User, now: datetime, why: str = "") -> Translation:
    """Suggest a translation; it may wait for a moderator before a translator sees it.

    Raises TooLong, NeedsAReason, NothingNew, WaitsAlready and what moderation raises.
    """
    check(source, place, text, why)
    before = standing(place)
    if before is not None and before.text == text:
        raise refusals.NothingNew()
    screening = moderation.screen("translation", text, by=by, now=now, language=place.language, place=place.thing)
    hold(place)
    if place.field in of_person(place.thing, place.language, by.id):
        raise refusals.WaitsAlready()
    made = add(
        place, text, source, origin="community", status="suggested", by=by, now=now, why=why, shown=screening.shown
    )
    moderation.published(f"translation:{made.id}", screening, text=text, by=by, now=now)
    return made


def take_back(suggestion: Translation, *, by: User, now: datetime) -> None:
    """Suggest it no more. Raises IllegalMove once it is decided."""
    moderation.hold_author(by.id)
    held = locked(Translation, suggestion.id)
    advance(held, "withdraw", by=by, now=now)
    moderation.withdrawn(f"translation:{held.id}", by=by, now=now)


def approve(suggestion: Translation, source: Source, *, by: User, now: datetime, why: str = "") -> None:
    """Let a suggestion stand, marked as a member's; never one's own. `source` is the original as it stands; the suggestion is
    judged by what it said then. Raises NotYourOwn, IllegalMove and NeedsAReason."""
    place, held = _held(suggestion, by)
    check(replace(source, text=held.source_text), place, held.text, why or held.overridden)
    held.overridden = why or held.overridden
    let_stand(held, by=by, now=now)
    _tell(held, by=by, now=now)


def decline(suggestion: Translation, *, reason: str, language: str, by: User, now: datetime) -> None:
    """Say why a suggestion is not taken. Raises NotYourOwn and IllegalMove."""
    _place, held = _held(suggestion, by)
    held.reason, held.reason_language, held.decided_by_id, held.decided_at = reason, language, by.id, now
    advance(held, "reject", by=by, now=now, why=reason)
    audit.record("translation.declined", on=held, by=by, now=now, why=reason)
    _tell(held, by=by, now=now)


def _held(suggestion: Translation, by: User) -> tuple[Place, Translation]:
    """The suggestion, locked after its place as everywhere, so that two who decide at once do so one after the other."""
    place = Place(suggestion.thing, suggestion.field, suggestion.language)
    hold(place)
    held = locked(Translation, suggestion.id)
    if held.by_id == by.id:
        raise refusals.NotYourOwn()
    return place, held


def _tell(held: Translation, *, by: Any, now: datetime) -> None:
    db.session.flush()
    if held.by_id is not None:
        tell(DECIDED, [held.by_id], about=held.thing, now=now, by=by.id, translation=held.id)


def show_suggestion(number: int, shown: str, broke: str) -> None:
    """Show a suggestion in one of the four ways, as moderation decides; readers see only what is simply shown."""
    found = locked(Translation, number)
    if found is not None:
        found.shown, found.broke = shown, broke
        db.session.flush()
        if found.status == "approved":
            announce(TranslationChanged(found.thing, found.language))
