"""What translation tells the packages above: that readers of a thing read something else in a language from now on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TranslationChanged:
    """A translation of a thing ("comment:12") was published, replaced or taken away."""

    thing: str
    language: str
