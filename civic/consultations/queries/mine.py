"""Where did mine go? What one person gave, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from civic.consultations.models import Consultation, Link, Theme
from civic.consultations.queries import consultations, outcome, registry
from civic.core.manifest import ActivityFacts, Contributed
from civic.core.subjects import named

SIZE = 20


@dataclass(frozen=True)
class Gave:
    """One thing that a person gave, and what is known of where it went.

    What was given without a name has the number 0: that one took part is known, and what one said is not.
    """

    name: str
    kind: str
    contributed: Contributed
    activity: ActivityFacts | None
    consultation: Consultation | None
    went: Sequence[tuple[Link, Theme | None]]

    @property
    def is_nameless(self) -> bool:
        """Whether it was given so that nobody, the giver included, can be tied to it."""
        return self.contributed.number == 0


@dataclass(frozen=True)
class Mine:
    """A page of them, and the name after which the next begins."""

    items: list[Gave]
    after: str | None


def given_by(person_id: int, *, after: str | None = None, size: int = SIZE) -> Mine:
    """What a person gave, newest first: one question a kind, one for where it went, two at most for the consultations."""
    found = registry.given_by(person_id)
    names = [_name(kind, each) for kind, each in found]
    start = names.index(after) + 1 if after in names else 0
    shown = list(zip(names, found, strict=True))[start : start + size]
    activities = {each.activity for _name, (_kind, each) in shown}
    held, facts = consultations.holders(activities), registry.facts(activities)
    went = outcome.where_they_went(name for name, (_kind, each) in shown if each.number)
    numbers = {link.consultation_id for pairs in went.values() for link, _theme in pairs}
    elsewhere = consultations.public_by_ids(numbers - {each.id for each in held.values()})
    items = []
    for name, (kind, each) in shown:
        pairs = went.get(name, [])
        # A consultation may hold one thread of a topic: then it is known by where the contribution went.
        ends = (elsewhere.get(link.consultation_id) for link, _theme in pairs)
        consultation = held.get(each.activity) or next(filter(None, ends), None)
        items.append(Gave(name, kind, each, facts.get(each.activity), consultation, _published(consultation, pairs)))
    return Mine(items, shown[-1][0] if shown and start + size < len(found) else None)


def _name(kind: str, each: Contributed) -> str:
    """What was given without a number is told apart by its activity."""
    return named(kind, each.number) if each.number else f"{kind}:0:{each.activity}"


def _published(
    consultation: Consultation | None, pairs: Sequence[tuple[Link, Theme | None]]
) -> Sequence[tuple[Link, Theme | None]]:
    """Only what its consultation has published: until then it is work in progress."""
    if consultation is None or consultation.status != "answered":
        return ()
    return [pair for pair in pairs if pair[0].consultation_id == consultation.id]
