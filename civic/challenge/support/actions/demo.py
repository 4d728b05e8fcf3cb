"""The demo day: announced only when everybody can know how to get in, and never fuller than the room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.models import Programme
from civic.challenge.support.actions.telling import tell_of_day
from civic.challenge.support.models import DemoDay, DemoPitch, DemoRegistration
from civic.challenge.support.queries import demo as queries
from civic.challenge.support.queries.journeys import is_supported
from civic.challenge.support.refusals import AccessMissing, NotOnItsWay, ReasonMissing, RegistrationClosed, RoomTooSmall
from civic.challenge.support.rules.choices import NEEDS
from civic.core import audit
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance, can

FIELDS = (
    "starts_at", "ends_at", "registration_closes_at", "place", "summary", "step_free", "hearing_loop", "sign_language",
    "other_access", "language", "capacity", "recording_url", "is_captioned",
)  # fmt: skip
ACCESS = ("place", "step_free", "hearing_loop", "sign_language")
MOVED = ("starts_at", "ends_at", "place")


def write(programme: Programme, *, by: Any, now: datetime, **values: Any) -> DemoDay:
    """Write a demo day, or change it; whoever comes is told when the time or the place changes. Raises AccessMissing, RoomTooSmall."""
    assert values.keys() <= set(FIELDS), values.keys()
    day = queries.day_of(programme.id)
    if day is None:
        day = DemoDay(programme_id=programme.id, created_by_id=by.id, created_at=now, **values)
        db.session.add(day)
        db.session.flush()
        audit.record("create demo day", on=day, by=by, now=now)
        return day
    held: DemoDay = locked(DemoDay, day.id)
    if held.status != "draft" and not all(values.get(name) for name in ACCESS):
        raise AccessMissing()
    if (most := values.get("capacity")) is not None and queries.how_many(held).get("registered", 0) > most:
        raise RoomTooSmall()
    before = {name: getattr(held, name) for name in values}
    for name, value in values.items():
        setattr(held, name, value)
    db.session.flush()
    audit.record("change demo day", on=held, by=by, now=now)
    if held.status == "published" and any(before.get(name) != values.get(name) for name in MOVED):
        people = queries.people_in(held, "registered", "waiting", "invited")
        tell_of_day(held, "changed", people, now=now, by=by.id)
    _promote(held, now)
    return held


def move(day: DemoDay, verb: str, *, why: str = "", language: str = "en", by: Any, now: datetime) -> None:
    """Announce a demo day (those in the programme are invited), cancel it, say that it was held, or begin anew.

    Raises AccessMissing, ReasonMissing, IllegalMove.
    """
    held: DemoDay = locked(DemoDay, day.id)
    if not can(held, verb):
        raise IllegalMove()
    if verb == "publish" and not all(getattr(held, name) for name in ACCESS):
        raise AccessMissing()
    if verb == "cancel" and held.status == "published" and not why:
        raise ReasonMissing()
    if verb == "hold" and now < held.starts_at:
        raise IllegalMove()
    was = held.status
    held.why, held.why_language = (why, language) if verb == "cancel" and was == "published" else ("", "en")
    advance(held, verb, by=by, now=now, why=why)
    db.session.flush()
    audit.record(f"{verb} demo day", on=held, by=by, now=now, why=why)
    if verb == "publish":
        _invite(held, by, now)
    if verb == "cancel" and was == "published":
        people = queries.people_in(held, "registered", "waiting", "invited")
        tell_of_day(held, "cancelled", people, now=now, by=by.id)


def add_pitch(day: DemoDay, application: ChallengeApplication, *, by: Any, now: datetime) -> None:
    """A startup shows what it tried, after all others. Twice is once. Raises NotOnItsWay."""
    held: DemoDay = locked(DemoDay, day.id)
    if not is_supported(application):
        raise NotOnItsWay()
    there = [pitch for pitch, _ in queries.pitches_of(held)]
    if all(pitch.application_id != application.id for pitch in there):
        place = 1 + max((pitch.position for pitch in there), default=0)
        db.session.add(DemoPitch(demo_day_id=held.id, application_id=application.id, position=place))
        db.session.flush()
        audit.record("add pitch", on=held, by=by, now=now, after={"application": application.id})


def move_pitch(pitch: DemoPitch, way: str, *, by: Any, now: datetime) -> None:
    """One place up or down, or out of the order. Raises IllegalMove for any other way."""
    day: DemoDay = locked(DemoDay, pitch.demo_day_id)
    order = [each for each, _ in queries.pitches_of(day)]
    at = next(place for place, each in enumerate(order) if each.id == pitch.id)
    if way == "remove":
        db.session.delete(order.pop(at))
    elif way in ("up", "down"):
        other = at - 1 if way == "up" else at + 1
        if 0 <= other < len(order):
            order[at], order[other] = order[other], order[at]
    else:
        raise IllegalMove()
    for place, each in enumerate(order, 1):
        each.position = place
    db.session.flush()
    audit.record("move pitch", on=day, by=by, now=now, after={"pitch": pitch.id, "way": way})


def register(
    day: DemoDay, *, needs: Iterable[str], needs_text: str, language: str, by: Any, now: datetime
) -> DemoRegistration:
    """Somebody comes, or waits where the room is full; whoever is registered may say anew what they need. Raises RegistrationClosed."""
    held: DemoDay = locked(DemoDay, day.id)
    if not held.takes_people(now):
        raise RegistrationClosed()
    wanted = set(needs)
    place = queries.place_of(held, by.id)
    if place is None:
        place = DemoRegistration(demo_day_id=held.id, person_id=by.id, status="invited", created_at=now, changed_at=now)
        db.session.add(place)
    place.needs, place.needs_text, place.language = [each for each in NEEDS if each in wanted], needs_text, language
    db.session.flush()
    if place.status in ("invited", "cancelled"):
        place.changed_at = now
        advance(place, "register" if _has_room(held) else "wait", by=by, now=now)
        db.session.flush()
        what = "registered" if place.status == "registered" else "waiting"
        tell_of_day(held, what, [by.id], now=now, by=None)
    return place


def leave(day: DemoDay, *, by: Any, now: datetime) -> None:
    """Somebody does not come after all; what they need is erased, and who waited longest has the place. Raises IllegalMove."""
    held: DemoDay = locked(DemoDay, day.id)
    place = queries.place_of(held, by.id)
    if place is None:
        raise IllegalMove()
    place.needs, place.needs_text, place.changed_at = [], "", now
    advance(place, "cancel", by=by, now=now)
    db.session.flush()
    _promote(held, now)


def remind(registration_id: int, *, now: datetime) -> bool:
    """Remind somebody two days before; False where they do not come after all."""
    place: DemoRegistration = locked(DemoRegistration, registration_id)
    if place.status != "registered" or place.reminded_at is not None:
        return False
    place.reminded_at = now
    tell_of_day(db.session.get_one(DemoDay, place.demo_day_id), "soon", [place.person_id], now=now, by=None)
    return True


def forget_needs(day_id: int, *, now: datetime) -> None:
    """What visitors need is erased thirty days after the day; who came is erased a year after it (see jobs)."""
    held: DemoDay = locked(DemoDay, day_id)
    for place in db.session.scalars(select(DemoRegistration).where(DemoRegistration.demo_day_id == held.id)):
        place.needs, place.needs_text = [], ""
    held.forgotten_at = now
    db.session.flush()


def forget_people(before: datetime) -> None:
    """Registrations for days that lie so far behind are erased."""
    past = select(DemoDay.id).where(DemoDay.ends_at < before)
    db.session.execute(delete(DemoRegistration).where(DemoRegistration.demo_day_id.in_(past)))


def _has_room(day: DemoDay) -> bool:
    return day.capacity is None or queries.how_many(day).get("registered", 0) < day.capacity


def _promote(day: DemoDay, now: datetime) -> None:
    """Who waits gets the places that are free."""
    while day.status == "published" and _has_room(day) and (place := queries.next_waiting(day)) is not None:
        advance(place, "promote", by=None, now=now)
        db.session.flush()
        tell_of_day(day, "registered", [place.person_id], now=now, by=None)


def _invite(day: DemoDay, by: Any, now: datetime) -> None:
    there = set(queries.people_in(day, "invited", "registered", "waiting", "cancelled"))
    people = queries.people_to_invite(day.programme_id)
    db.session.add_all(
        DemoRegistration(demo_day_id=day.id, person_id=each, status="invited", created_at=now, changed_at=now)
        for each in people
        if each not in there
    )
    db.session.flush()
    tell_of_day(day, "invited", people, now=now, by=by.id)
