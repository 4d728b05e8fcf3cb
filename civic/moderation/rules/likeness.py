"""When two texts are nearly the same: the share of the short pieces that they have in common.

A text is cut into overlapping pieces of five letters; the likeness of two texts is the number of pieces in both divided by the
number in either (Jaccard, 1901). To find candidates among many texts each keeps a few marks made from its smallest hashed
pieces (A. Broder, "On the resemblance and containment of documents", 1997): two texts of a likeness of 0.8 share at least one of
eight marks with a probability of more than 0.98, two of 0.3 with less than 0.07. Whether candidates are alike is then reckoned
exactly.
"""

import unicodedata
from functools import lru_cache
from hashlib import blake2b

PIECE = 5
ALIKE = 0.8
SHORTEST = 40
"""Letters and digits below which copies mean nothing: many people write "I agree with this"."""
LONGEST = 5_000
MARKS, ROWS = 8, 4
_MASK = (1 << 64) - 1
# Odd numbers spread a hash over its 64 bits in as many ways as there are rows of marks.
_SPREAD = tuple(
    int.from_bytes(blake2b(bytes([n]), digest_size=8).digest()) | 1 for n in range(MARKS * ROWS)
)  # fmt: skip


def plain(text: str) -> str:
    """The letters and digits of a text, without case, marks of writing, spaces and what nobody sees."""
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in small if c.isalnum())


def said(text: str) -> str:
    """What stands for a text when it is asked whether the same was said before: its letters, or its signs where it has none."""
    return plain(text) or "".join(text.split())


# One text is asked about several times while it is screened and remembered.
@lru_cache(64)
def pieces(text: str) -> frozenset[str]:
    """The overlapping pieces of a text's first letters; none of a text too short to be copied."""
    letters = plain(text)[:LONGEST]
    if len(letters) < SHORTEST:
        return frozenset()
    return frozenset(letters[i : i + PIECE] for i in range(len(letters) - PIECE + 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of pieces in common, from 0 to 1."""
    if not one or not other:
        return 0.0
    return len(one & other) / len(one | other)


def are_alike(one: str, other: str) -> bool:
    """Whether two texts are nearly the same; short ones never are."""
    return likeness(pieces(one), pieces(other)) >= ALIKE


def marks(text: str) -> list[int]:
    """What a text is found by: eight numbers of 63 bits, none for a short one."""
    return list(_marks(text))


@lru_cache(16)
def _marks(text: str) -> tuple[int, ...]:
    hashed = [int.from_bytes(blake2b(each.encode("utf-8", "replace"), digest_size=8).digest()) for each in pieces(text)]
    if not hashed:
        return ()
    least = [min((each * spread & _MASK) ^ (spread >> 7) for each in hashed) for spread in _SPREAD]
    return tuple(_mark(number, least[number * ROWS : (number + 1) * ROWS]) for number in range(MARKS))


def _mark(number: int, row: list[int]) -> int:
    joined = b"".join(each.to_bytes(8) for each in row)
    return int.from_bytes(blake2b(bytes([number]) + joined, digest_size=8).digest()) >> 1
