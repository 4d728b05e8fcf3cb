"""Mentions: which names may stand behind each @ in a text. Names hold spaces, so every beginning of up to five words is tried."""

import re
from itertools import islice

from civic.discussions.rules.choices import MENTIONS_MOST

WORDS_IN_A_NAME = 5
_AT = re.compile(r"(?<![\w@./+-])@(?=\w)")
_WORDS = re.compile(r"\S+")
_END = ".,:;!?)]}\"'»”’*_"


def candidates(text: str) -> list[list[str]]:
    """For each @ that begins a name (ten at most), what the name may be: the longest first."""
    found = []
    for at in islice(_AT.finditer(text), MENTIONS_MOST):
        line = text[at.end() : at.end() + 120].split("\n", 1)[0]
        words = _WORDS.findall(line)[:WORDS_IN_A_NAME]
        names = [" ".join(words[:many]).rstrip(_END) for many in range(len(words), 0, -1)]
        found.append(list(dict.fromkeys(name for name in names if name)))
    return found


def chosen(text_candidates: list[list[str]], known: dict[str, int], fold: dict[str, str]) -> frozenset[int]:
    """The people behind the names: for each @ the longest name that is somebody's. `known` is by folded name."""
    people = set()
    for names in text_candidates:
        number = next((known[fold[name]] for name in names if fold[name] in known), None)
        if number is not None:
            people.add(number)
    return frozenset(people)
