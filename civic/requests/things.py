"""What a request is about, by its name: its title, where it stands and when it closes, as its own package says it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app

from civic.core.i18n import Words, current
from civic.core.manifest import ActivityFacts
from civic.core.reading import Readable

LONGEST = 60


@dataclass(frozen=True)
class Thing:
    """A thing that everybody may read."""

    name: str
    title: Words
    url: str
    closes_at: datetime | None


def thing_of(name: str) -> Thing | None:
    """The thing with this name; None where there is none, or where not everybody may read it."""
    return things([name]).get(name)


def things(names: Iterable[str]) -> Mapping[str, Thing]:
    """Those of these things that everybody may read: one question a kind where the kind is an activity, else one a thing."""
    numbers: dict[str, set[int]] = {}
    for name in names:
        kind, _colon, number = name.partition(":")
        if len(name) <= LONGEST and number.isascii() and number.isdecimal() and len(number) < 16:
            numbers.setdefault(kind, set()).add(int(number))
    house = current_app.extensions["civic"]
    found: dict[str, Thing] = {}
    for kind, wanted in numbers.items():
        if kind in house.activities:
            loaded = house.activities[kind].load(wanted)
            found |= {f"{kind}:{n}": _of_activity(f"{kind}:{n}", each) for n, each in loaded.items() if each.is_public}
        elif kind in house.readables:
            read = {n: _of_readable(house.readables[kind], n) for n in wanted}
            found |= {f"{kind}:{n}": each for n, each in read.items() if each is not None}
    return found


def _of_activity(name: str, facts: ActivityFacts) -> Thing:
    return Thing(name, Words(facts.title, facts.language), facts.url, facts.closes_at)


def _of_readable(kind: Readable, number: int) -> Thing | None:
    reading: Any = kind.read(number, current().code)
    if reading is None:
        return None
    title = Words(reading.title, reading.language)
    return Thing(f"{kind.kind}:{number}", title, kind.url(number), reading.closes_at)
