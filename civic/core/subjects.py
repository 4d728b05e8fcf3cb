"""Things that shared packages handle by name alone, "application:12"; the packages above say in their manifests what they are."""

from collections.abc import Iterable

from flask import current_app

from civic.core.manifest import Subject


def named(kind: str, number: int) -> str:
    """The name of a thing."""
    return f"{kind}:{number}"


def number_of(name: str, kind: str) -> int | None:
    """The number in such a name; None where it names something of another kind."""
    found, _, number = name.partition(":")
    return int(number) if found == kind and number.isdecimal() and len(number) < 16 else None


def subject(name: str) -> tuple[Subject, int]:
    """What the name stands for, and its number; raises LookupError where no package of the house knows the kind."""
    kind, _, number = name.partition(":")
    return current_app.extensions["civic"].subjects[kind], int(number)


def url_of(name: str) -> str:
    """Where staff see it."""
    kind, number = subject(name)
    return kind.url(number)


def public_url_of(name: str) -> str:
    """Where everybody sees it; empty where nobody may, and where no package of the house knows its kind."""
    kind, _, number = name.partition(":")
    known = current_app.extensions["civic"].subjects.get(kind)
    return known.public_url(int(number)) if known and number.isdecimal() else ""


def drawn(name: str) -> str:
    """All of it, for whoever judges or decides."""
    kind, number = subject(name)
    return kind.draw(number)


def parties_of(name: str) -> frozenset[int]:
    """The accounts that stand behind it: they never judge, decide or pay it."""
    kind, number = subject(name)
    return kind.parties(number)


def behind(person_id: int, names: Iterable[str]) -> frozenset[str]:
    """Those of these things that an account stands behind; one question a kind where the kind can answer so, else one a thing."""
    by_kind: dict[str, set[int]] = {}
    for name in names:
        kind, _, number = name.partition(":")
        by_kind.setdefault(kind, set()).add(int(number))
    return frozenset(
        named(kind, number) for kind, numbers in by_kind.items() for number in _behind(kind, person_id, numbers)
    )


def _behind(kind: str, person_id: int, numbers: set[int]) -> set[int]:
    known: Subject = current_app.extensions["civic"].subjects[kind]
    if known.behind is not None:
        return numbers & known.behind(person_id)
    return {number for number in numbers if person_id in known.parties(number)}


def hold(name: str) -> None:
    """Lock what its own package always locks first, so that nobody waits for anybody in a circle."""
    kind, number = subject(name)
    kind.hold(number)
