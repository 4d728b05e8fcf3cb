"""Comparing texts: whether an original is still the one that was translated, and what changed in it, word by word."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import NamedTuple

_PIECES = re.compile(r"\s+|\w+|[^\w\s]", re.UNICODE)
MOST_PIECES = 6000  # beyond it the whole text is shown as changed: to compare takes the square of the length


def mark_of(text: str) -> str:
    """A short mark of a text; another mark means another text. Space around it and the kind of its line breaks do not count."""
    plain = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    return blake2b(plain.encode("utf-8", "replace"), digest_size=16).hexdigest()


class Piece(NamedTuple):
    """A stretch of two texts laid over each other: it stands in both ("same"), was "added", or was "removed"."""

    what: str
    text: str


def changes(before: str, after: str) -> list[Piece]:
    """What became of a text, word by word; what stands in both joined to what was removed gives the text before."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > MOST_PIECES:
        return [Piece("same", after)] if before == after else [Piece("removed", before), Piece("added", after)]
    found: list[Piece] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("same", "".join(old[i:j])))
            continue
        if j > i:
            found.append(Piece("removed", "".join(old[i:j])))
        if m > k:
            found.append(Piece("added", "".join(new[k:m])))
    return found


class Progress(NamedTuple):
    """How far the texts of a thing are translated into a language."""

    texts: int
    done: int  # those out of date among them
    stale: int
    waiting: int = 0

    @property
    def missing(self) -> int:
        """How many texts have no translation."""
        return self.texts - self.done

    @property
    def is_complete(self) -> bool:
        """Whether every text has a translation of what it says now."""
        return self.texts > 0 and self.done == self.texts and not self.stale


def progress(sources: Iterable[tuple[str, str]], kept: dict[str, str], waiting: int = 0) -> Progress:
    """How far a thing is: its texts by field, and the marks of the originals that the translations in sight were made of."""
    marks = {field: mark_of(text) for field, text in sources}
    done = [field for field in marks if field in kept]
    return Progress(len(marks), len(done), sum(kept[field] not in ("", marks[field]) for field in done), waiting)
