"""A thing on a translator's desk: its texts, and the language into which they are translated."""

from __future__ import annotations

from dataclasses import dataclass

from civic.core.i18n import LANGUAGES, Words
from civic.core.translatable import Source, Texts, Translatable
from civic.translation.access import may_translate
from civic.translation.actions.writing import Place
from civic.translation.queries import things


@dataclass(frozen=True)
class Work:
    """What a page of translation is about."""

    thing: str
    language: str
    kind: Translatable
    number: int
    texts: Texts
    field: str = ""

    @property
    def sources(self) -> dict[str, Source]:
        """The texts to translate, in reading order."""
        return things.to_translate(self.texts, self.language)

    @property
    def source(self) -> Source:
        """The one text that the address names."""
        return self.sources[self.field]

    @property
    def title(self) -> Words:
        """What the thing is called, in its own language."""
        return Words(self.texts.title, self.texts.language)

    @property
    def language_name(self) -> Words:
        """The language's own name."""
        return Words(LANGUAGES[self.language].name, self.language)

    def place(self, field: str = "") -> Place:
        """One of its texts in this language."""
        return Place(self.thing, field or self.field, self.language)


def work_here(translated: str, language: str) -> Work | None:
    """The thing that an address names, where it has texts to translate into that language."""
    found = things.kind_of(translated)
    if found is None or language not in LANGUAGES:
        return None
    kind, number = found
    texts = things.texts_by_name(f"{kind.kind}:{number}")
    if texts is None or not things.to_translate(texts, language):
        return None
    return Work(f"{kind.kind}:{number}", language, kind, number, texts)


def kept_here(translated: str, language: str) -> Work | None:
    """The same where its translations are kept here, and not by its own package."""
    found = work_here(translated, language)
    return found if found is not None and found.kind.write is None else None


def field_here(translated: str, language: str, field: str) -> Work | None:
    """One text of it."""
    found = kept_here(translated, language)
    if found is None or field not in found.sources:
        return None
    return Work(found.thing, language, found.kind, found.number, found.texts, field)


def is_open(work: Work) -> bool:
    """Everybody may see how a public thing is translated; what is not public yet, only those who translate."""
    return work.texts.is_public or may_translate()
