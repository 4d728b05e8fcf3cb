"""How hard a text is to read: its sentences, and LIX, which counts in any alphabet.

LIX is Björnsson's (1968): words a sentence, plus the share of words of more than six letters, in per cent. Where it gets hard
differs with the language, because words differ in length: Polish ones are longer than English ones, and written Arabic joins
articles and prepositions to its words and leaves short vowels out. Thresholds per language are ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# The end of a sentence, the marks that close around it, and what begins the next one.
END = re.compile(r"[.!?؟۔…]+[\"'”’»)\]]*(?=\s|$)")
ABBREVIATIONS = {
    "en": {"e.g", "i.e", "etc", "mr", "mrs", "ms", "dr", "st", "no", "vs", "approx", "cf", "p", "pp", "prof", "rev", "inc", "ltd"},
    "pl": {"np", "tzn", "tj", "ul", "al", "pl", "godz", "itp", "itd", "dr", "m.in", "nr", "ok", "prof", "św", "wg", "woj", "tys", "mln",
           "mld", "zob", "por", "ww", "in"},
    "ar": {"د", "أ", "م", "ص"},
}  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """From where on a text of a language is hard: words in a sentence, LIX, words in a paragraph."""

    sentence: int
    lix: int
    paragraph: int = 120


LIMITS = {"en": Limits(25, 50), "pl": Limits(22, 58), "ar": Limits(25, 45)}
OTHERS = Limits(25, 55)
ENOUGH_WORDS = 60
"""LIX says nothing about fewer words than these."""


def limits_of(language: str) -> Limits:
    """Where a text of this language gets hard to read."""
    return LIMITS.get(language.split("-")[0], OTHERS)


def words(text: str) -> list[str]:
    """The words of a text, without numbers and signs."""
    return WORD.findall(text)


def sentences(text: str, language: str = "en") -> list[str]:
    """The sentences of a text; an abbreviation, an initial or a small letter after the stop does not end one."""
    known = ABBREVIATIONS.get(language.split("-")[0], set())
    found, begun = [], 0
    for end in END.finditer(text):
        if _goes_on(text[begun : end.start()], end.group(), text[end.end() :], known):
            continue
        found.append(text[begun : end.end()].strip())
        begun = end.end()
    rest = text[begun:].strip()
    return [each for each in (*found, rest) if words(each)]


def _goes_on(before: str, mark: str, after: str, known: set[str]) -> bool:
    if not mark.startswith(".") or mark.startswith(".."):
        return False
    last = before.split()[-1].lstrip("(\"'“‘„«").casefold() if before.split() else ""
    if last in known or (len(last) == 1 and last.isalpha()):
        return True
    following = after.lstrip()
    return bool(following) and following[0].islower()


def lix(text: str) -> float:
    """Björnsson's readability of a text: 30 is easy, 50 is official language; a colon ends a sentence too."""
    found = words(text)
    if not found:
        return 0.0
    ends = max(1, len(re.findall(r"[.!?؟۔:](?:\s|$)", text)))
    return len(found) / ends + 100 * sum(len(word) > 6 for word in found) / len(found)
