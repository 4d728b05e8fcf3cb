"""What is shown of a text that was found: plain words around the first of those looked for, each of them marked."""

import re
import unicodedata
from collections.abc import Iterator

LENGTH = 240
PICTURE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,300}\)")
LINE_MARK = re.compile(r"^[ \t]*(?:[-+*>]|#{1,6}|\d{1,9}[.)])[ \t]+|^[ \t]*>", re.MULTILINE)
MARK = re.compile(r"\]\([^)\n]{0,500}\)|[*_`\[\]]+")
WORD = re.compile(r"\w+")
# These join the words of a search and are none themselves.
JOINING = frozenset({"or", "and", "not"})


def plain(text: str) -> str:
    """A text in Markdown as one line without its marks and pictures."""
    return " ".join(MARK.sub("", LINE_MARK.sub("", PICTURE.sub(" ", text))).split())


def stems(words: str) -> tuple[str, ...]:
    """The beginnings of the words that were looked for, without accents and endings; at most ten."""
    wanted = re.sub(r"(?:^|\s)-\S+", " ", words)  # what was to be left out is not marked
    found = [folded(each) for each in WORD.findall(wanted)]
    return tuple(each[: max(4, len(each) - 3)] for each in found if len(each) > 1 and each not in JOINING)[:10]


def folded(word: str) -> str:
    """A word without accents and capitals."""
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))


def excerpt(text: str, words: str, length: int = LENGTH) -> list[tuple[str, bool]]:
    """Pieces of the text in order, each with whether it was looked for; cut at words, with dots where more stands outside."""
    text, wanted = plain(text), stems(words)
    first = next((at for at, _ in _hits(text, wanted)), 0)
    begin = _word_before(text, first - length // 4) if len(text) > length else 0
    end = _word_before(text, begin + length) if begin + length < len(text) else len(text)
    shown = text[begin:end].strip()
    pieces, at = [("… ", False)] if begin else [], 0
    for start, stop in _hits(shown, wanted):
        pieces += [(shown[at:start], False), (shown[start:stop], True)]
        at = stop
    pieces += [(shown[at:], False)] + ([(" …", False)] if end < len(text) else [])
    return [each for each in pieces if each[0]]


def _hits(text: str, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    if not wanted:
        return
    for found in WORD.finditer(text):
        if folded(found.group()).startswith(wanted):
            yield found.span()


def _word_before(text: str, at: int) -> int:
    """Where the word around this place begins, or the place itself in a text without spaces."""
    if at <= 0:
        return 0
    space = text.rfind(" ", max(0, at - 40), at)
    return space + 1 if space >= 0 else at
