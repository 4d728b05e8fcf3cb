"""Activities and contributions of whatever packages the house has, asked by name alone; what no package knows is left out."""

from collections.abc import Iterable, Iterator, Mapping

from flask import current_app

from civic.core.manifest import Activity, ActivityFacts, Contributed, Contribution
from civic.core.subjects import named


def activity_kinds() -> Mapping[str, Activity]:
    """The kinds of things that a consultation can hold."""
    known: Mapping[str, Activity] = current_app.extensions["civic"].activities
    return known


def contribution_kinds() -> Mapping[str, Contribution]:
    """The kinds of things that people give to activities."""
    known: Mapping[str, Contribution] = current_app.extensions["civic"].contributions
    return known


def split(name: str) -> tuple[str, int] | None:
    """Kind and number of "survey:3"; None where it is no such name."""
    kind, _, number = name.partition(":")
    return (kind, int(number)) if kind and number.isascii() and number.isdecimal() and len(number) < 16 else None


def _by_kind(names: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name in names:
        if parts := split(name):
            found.setdefault(parts[0], []).append(parts[1])
    return found


def facts(names: Iterable[str]) -> dict[str, ActivityFacts]:
    """The activities behind these names, one question a kind."""
    known = activity_kinds()
    return {
        named(kind, number): each
        for kind, numbers in _by_kind(names).items()
        if kind in known
        for number, each in known[kind].load(numbers).items()
    }


def contributions(names: Iterable[str]) -> dict[str, Contributed]:
    """The contributions behind these names, one question a kind; what is gone is left out."""
    known = contribution_kinds()
    return {
        named(kind, number): each
        for kind, numbers in _by_kind(names).items()
        if kind in known
        for number, each in known[kind].load(numbers).items()
    }


def count(activity: str) -> int:
    """How many contributions of every kind an activity has."""
    return sum(kind.count(activity) for kind in contribution_kinds().values())


def givers(activity: str) -> frozenset[int]:
    """The accounts that took part in an activity, as far as they are known."""
    return frozenset().union(*(kind.givers(activity) for kind in contribution_kinds().values()))


def within(activity: str, kind: str, after: int | None, most: int) -> list[Contributed]:
    """The contributions of one kind to an activity with numbers above `after`, at most so many."""
    known = contribution_kinds().get(kind)
    return known.within(activity, after, most) if known else []


def all_names(activity: str, kind: str, stretch: int = 500) -> Iterator[list[str]]:
    """The names of every contribution of a kind to an activity, a stretch at a time."""
    after: int | None = None
    while found := within(activity, kind, after, stretch):
        after = found[-1].number
        yield [named(kind, each.number) for each in found]


def given_by(person_id: int) -> list[tuple[str, Contributed]]:
    """Everything that a person gave, of every kind, newest first; kind and contribution."""
    found = [(kind, each) for kind, known in contribution_kinds().items() for each in known.by(person_id)]
    return sorted(found, key=lambda pair: (pair[1].at, pair[0], pair[1].number), reverse=True)
