"""Reading what people gave, as staff do: by activity and kind, in the order of the contributions' own numbers, with search."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from civic.consultations.models import Link
from civic.consultations.queries import consultations, outcome, registry
from civic.core.db import db
from civic.core.manifest import ActivityFacts, Contributed
from civic.core.subjects import named

SIZE, STRETCH, MOST_READ = 25, 200, 2_000
"""A page; how many are asked for at once; and how many are looked through for one page before the reader is asked to go on."""


@dataclass(frozen=True)
class Source:
    """One kind of contribution to one activity."""

    activity: str
    kind: str
    facts: ActivityFacts
    count: int

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.activity}|{self.kind}"


@dataclass(frozen=True)
class Read:
    """A page of contributions with where each stands, and the number after which the next page begins."""

    items: Sequence[tuple[str, Contributed, Sequence[Link]]]
    after: int | None


def sources(consultation_id: int) -> list[Source]:
    """What there is to read: every kind of contribution that an activity of it has."""
    names = consultations.held(consultation_id)
    facts = registry.facts(names)
    found = [
        Source(name, kind, facts[name], known.count(name))
        for name in names
        if name in facts
        for kind, known in registry.contribution_kinds().items()
    ]
    return [each for each in found if each.count]


def read(
    consultation_id: int,
    source: Source,
    *,
    after: int | None = None,
    words: str = "",
    unread: bool = True,
    wordless: bool = True,
    size: int = SIZE,
) -> Read:
    """The next page: those in which every word stands; where `unread` only those that stand nowhere yet, and unless
    `wordless` only those in which something was said in words."""
    items: list[tuple[str, Contributed, Sequence[Link]]] = []
    wanted, looked = words.casefold().split(), 0
    while looked < MOST_READ:
        stretch = registry.within(source.activity, source.kind, after, STRETCH)
        links = outcome.links_of(consultation_id, (named(source.kind, each.number) for each in stretch))
        for each in stretch:
            name, after = named(source.kind, each.number), each.number
            text = each.text.casefold()
            fits = all(word in text for word in wanted) and (wordless or text)
            if fits and not (unread and name in links):
                items.append((name, each, links.get(name, ())))
                if len(items) == size:
                    return Read(items, after)
        looked += len(stretch)
        if len(stretch) < STRETCH:
            return Read(items, None)
    return Read(items, after)


def in_theme(consultation_id: int, theme_id: int, *, after: int | None = None, size: int = SIZE) -> Read:
    """What stands in a theme, in the order in which it was put there."""
    links = db.session.scalars(standing_in(consultation_id, theme_id, after, size + 1)).all()
    known = registry.contributions(link.contribution for link in links[:size])
    items = [
        (link.contribution, known[link.contribution], (link,)) for link in links[:size] if link.contribution in known
    ]
    return Read(items, links[size - 1].id if len(links) > size else None)


def standing_in(consultation_id: int, theme_id: int, after: int | None, most: int) -> Select[Link]:
    """The links of a theme above a number, at most so many."""
    query = select(Link).where(Link.theme_id == theme_id, Link.id > (after or 0))
    return query.where(Link.consultation_id == consultation_id).order_by(Link.theme_id, Link.id).limit(most)
