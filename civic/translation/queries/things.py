"""Things with texts that can be translated, as the packages declare them, found by their names."""

from collections.abc import Iterable, Mapping

from flask import current_app

from civic.core.i18n import LANGUAGES
from civic.core.subjects import named
from civic.core.translatable import Source, Texts, Translatable


def kinds() -> dict[str, Translatable]:
    """Every kind of thing that can be translated, by its name."""
    found: dict[str, Translatable] = current_app.extensions["civic"].translatables
    return found


def kind_of(name: str) -> tuple[Translatable, int] | None:
    """The kind that "consultation:3" names, and its number; None where no package knows it."""
    kind, _, number = name.partition(":")
    known = kinds().get(kind)
    return (known, int(number)) if known and number.isdecimal() and 0 < len(number) < 16 else None


def texts_of(names: Iterable[str]) -> Mapping[str, Texts]:
    """The things behind these names with their texts, a few statements a kind; what is gone or nobody may read is left out."""
    by_kind: dict[str, list[int]] = {}
    for name in names:
        if found := kind_of(name):
            by_kind.setdefault(found[0].kind, []).append(found[1])
    return {
        named(kind, number): _whole(texts)
        for kind, numbers in by_kind.items()
        for number, texts in kinds()[kind].load(numbers).items()
    }


def texts_by_name(thing: str) -> Texts | None:
    """One of them."""
    return texts_of([thing]).get(thing)


def _whole(texts: Texts) -> Texts:
    """The same without texts that say nothing: there is nothing to translate in them."""
    said = {field: source for field, source in texts.sources.items() if source.text.strip()}
    return Texts(texts.title, texts.language, texts.url, said, texts.is_public)


def to_translate(texts: Texts, language: str) -> dict[str, Source]:
    """The texts of a thing that are written in another language than this one."""
    return {field: source for field, source in texts.sources.items() if source.language != language}


def languages_for(texts: Texts) -> list[str]:
    """The languages of the site into which something of a thing can be translated."""
    return [code for code in LANGUAGES if to_translate(texts, code)]
