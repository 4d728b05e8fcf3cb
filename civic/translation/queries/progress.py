"""How far things are translated: worked out from their texts and the kept marks, a few statements for a whole page of things."""

from collections.abc import Sequence
from typing import NamedTuple

from civic.core.i18n import LANGUAGES
from civic.core.subjects import named
from civic.core.translatable import Texts
from civic.translation.queries import things
from civic.translation.queries.current import marks
from civic.translation.queries.suggestions import waiting_by_thing
from civic.translation.rules.comparing import Progress, progress

PAGE = 15


class Standing(NamedTuple):
    """A thing with how far each language is."""

    thing: str
    texts: Texts
    languages: dict[str, Progress]


class Listed(NamedTuple):
    """A page of things of one kind, and the number below which the next page begins; None where there is none."""

    items: list[Standing]
    below: int | None


def listed(kind: str, below: int | None = None, *, public_only: bool = False) -> Listed:
    """The things of a kind, newest first."""
    known = things.kinds()[kind]
    numbers = known.choices(below, PAGE + 1)
    items = standing_of([named(kind, number) for number in numbers[:PAGE]])
    if public_only:
        items = [each for each in items if each.texts.is_public]
    return Listed(items, numbers[PAGE - 1] if len(numbers) > PAGE else None)


def standing_of(names: Sequence[str]) -> list[Standing]:
    """How far these things are, in their order; what is gone is left out."""
    known = things.texts_of(names)
    kept, waiting = marks(known), waiting_by_thing(known)
    return [
        Standing(
            name,
            known[name],
            {
                language: _progress(name, known[name], language, kept, waiting.get((name, language), 0))
                for language in LANGUAGES
                if things.to_translate(known[name], language)
            },
        )
        for name in names
        if name in known
    ]


def _progress(
    name: str, texts: Texts, language: str, kept: dict[str, dict[str, dict[str, str]]], waiting: int
) -> Progress:
    sources = [(field, each.text) for field, each in things.to_translate(texts, language).items()]
    return progress(sources, kept.get(name, {}).get(language, {}) | _held(name, language), waiting)


def _held(name: str, language: str) -> dict[str, str]:
    """What a thing keeps itself has no mark of its original: it is never out of date without its own package knowing."""
    found = things.kind_of(name)
    if found is None or found[0].held is None:
        return {}
    return {field: "" for field, text in found[0].held(found[1], language).items() if text}
