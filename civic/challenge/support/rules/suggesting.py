"""Which mentors suit a startup: points that anybody can add up, and the same order every time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

PER_TOPIC, LANGUAGE, NEAR, PER_HOUR, HOURS_MOST, PER_STARTUP = 10, 3, 2, 1, 5, 2


@dataclass(frozen=True)
class Need:
    """What a startup needs: topics of its plan, the languages of its people, where it is."""

    startup_id: int
    topics: frozenset[str]
    languages: frozenset[str]
    borough: str = ""


@dataclass(frozen=True)
class Offer:
    """What a mentor offers; `conflicts` are startups that they may not help, `startups` how many they help already."""

    key: int
    topics: frozenset[str]
    languages: frozenset[str]
    minutes_left: int
    borough: str = ""
    online: bool = True
    conflicts: frozenset[int] = frozenset()
    startups: int = 0
    paired: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A mentor with their points and why; with a `barrier` they cannot be proposed."""

    key: int
    points: int
    topics: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    minutes_left: int = 0
    startups: int = 0
    barrier: str = field(default="")


def suggest(need: Need, offers: Iterable[Offer]) -> list[Suggestion]:
    """Every mentor, who suits best first; equal ones by their number, those with a barrier last."""
    judged = [_judge(need, offer) for offer in offers]
    return sorted(judged, key=lambda each: (bool(each.barrier), -each.points, each.key))


def barrier_to(need: Need, offer: Offer) -> str:
    """Why a mentor cannot help this startup: "conflict", "paired", "no_hours" or "no_language"; "" where nothing stands between them."""
    if need.startup_id in offer.conflicts:
        return "conflict"
    if offer.paired:
        return "paired"
    if offer.minutes_left <= 0:
        return "no_hours"
    return "" if need.languages & offer.languages else "no_language"


def _judge(need: Need, offer: Offer) -> Suggestion:
    topics = tuple(sorted(need.topics & offer.topics))
    points, reasons = PER_TOPIC * len(topics), ["topics"] if topics else []
    if need.languages & offer.languages:
        points, reasons = points + LANGUAGE, [*reasons, "language"]
    if offer.online or (offer.borough and offer.borough == need.borough):
        points, reasons = points + NEAR, [*reasons, "online" if offer.online else "near"]
    points += PER_HOUR * min(max(offer.minutes_left, 0) // 60, HOURS_MOST) - PER_STARTUP * offer.startups
    return Suggestion(
        offer.key, points, topics, tuple(reasons), max(offer.minutes_left, 0), offer.startups, barrier_to(need, offer)
    )
