"""In which letters a text is written: a text that says it is in another language is read aloud by the wrong voice."""

from __future__ import annotations

import re

ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
ENOUGH = 20
"""So many letters must be there before anything is said of them."""
ARABIC_LANGUAGES = frozenset(("ar", "ur", "fa", "ps", "ckb"))
LATIN_LANGUAGES = frozenset(("en", "pl", "ro", "es", "pt", "it", "fr", "tr", "so", "lt", "sq", "cy"))


def is_in_other_letters(text: str, language: str) -> bool:
    """Whether most letters of a text are not those of the language it is marked with."""
    code = language.split("-")[0]
    arabic, latin = len(ARABIC.findall(text)), len(LATIN.findall(text))
    if arabic + latin < ENOUGH:
        return False
    if code in ARABIC_LANGUAGES:
        return latin > 2 * arabic
    return code in LATIN_LANGUAGES and arabic > 2 * latin
