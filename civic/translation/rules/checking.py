"""Checking a translation against its original: locked terms, links, headings, pictures and places for values must be there again."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from civic.core.markdown import structure_of

# %(name)s, {name} and {{ name }}: places that a program fills.
PLACES = re.compile(r"%\([a-z_]+\)[sd]|\{\{ ?[a-z_.]+ ?\}\}|\{[a-z_]+\}")


class Term(NamedTuple):
    """A word of the glossary: how it is said in the language, and whether nothing else will do."""

    term: str
    translation: str
    is_locked: bool


class Fault(NamedTuple):
    """Something that a translation does not keep: which rule, and the words it is about."""

    rule: str
    about: str = ""
    wanted: str = ""

    @property
    def is_grave(self) -> bool:
        """Whether it can stand only with a reason; a term that is merely preferred is advice."""
        return self.rule != "preferred"


def terms_in(text: str, terms: Iterable[Term]) -> list[Term]:
    """The words of the glossary that an original uses, longest first: who says "Mayor's pledge" does not also say "Mayor"."""
    rest, found = _folded(text), []
    for term in sorted(terms, key=lambda each: -len(each.term)):
        wanted = rf"(?<!\w){re.escape(_folded(term.term))}(?!\w)"
        rest, number = re.subn(wanted, "\0", rest)
        if number:
            found.append(term)
    return found


def faults(source: str, text: str, terms: Sequence[Term] = (), *, markdown: bool = False) -> list[Fault]:
    """What the translation of this original does not keep."""
    said = _folded(text)
    found = [
        Fault("locked" if term.is_locked else "preferred", term.term, term.translation)
        for term in terms_in(source, terms)
        if _folded(term.translation) not in said
    ]
    found += [Fault("place", place) for place in _lacking(PLACES.findall(source), PLACES.findall(text))]
    found += [Fault("strange_place", place) for place in _lacking(PLACES.findall(text), PLACES.findall(source))]
    return found + (_structure(source, text) if markdown else [])


def _structure(source: str, text: str) -> list[Fault]:
    there, here = structure_of(source), structure_of(text)
    found = [Fault("link", link) for link in _lacking(there.links, here.links)]
    found += [Fault("strange_link", link) for link in _lacking(here.links, there.links)]
    found += [Fault("picture", picture) for picture in _lacking(there.pictures, here.pictures)]
    found += [Fault("strange_picture", picture) for picture in _lacking(here.pictures, there.pictures)]
    if there.headings != here.headings:
        found.append(Fault("headings", str(len(here.headings)), str(len(there.headings))))
    if there.items != here.items:
        found.append(Fault("list", str(here.items), str(there.items)))
    return found


def _lacking(wanted: Sequence[str], there: Sequence[str]) -> list[str]:
    return sorted((Counter(wanted) - Counter(there)).elements())


def _folded(text: str) -> str:
    """Without regard to capitals, to the kind of the apostrophe, to line breaks, and to Arabic's vowel signs."""
    plain = re.sub(r"[\u064b-\u0652\u0640]", "", text.replace("’", "'").replace("ʼ", "'"))
    return re.sub(r"\s+", " ", plain).casefold()
