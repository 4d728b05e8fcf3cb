"""Names in a file become keys of ours; languages named in words become codes."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from babel import Locale

from civic.surveys.rules.editing import new_key
from civic.surveys.rules.questionnaire import KEY

_CODE_AT_END = re.compile(r"[(\[]\s*([A-Za-z]{2,3})(?:[-_][A-Za-z]{2,4})?\s*[)\]]\s*\Z")
_KNOWN = """
en fr es pt it de nl pl ro lt bg ru uk el tr ar fa ur hi bn gu pa ta te ml mr ne si so sw am ti ha ig yo
zu xh st af sq sr hr bs hu cs sk sl et lv da sv nb fi ga cy gd is mt zh ja ko vi th id ms tl my km lo ka hy az kk uz ky tg mn ku ps he
"""
LANGUAGES_KNOWN = tuple(_KNOWN.split())


def key_for(name: str, taken: Collection[str], fallback: str) -> str:
    """The key that a name becomes: itself where it fits, else as close as can be."""
    if KEY.match(name) and name not in taken:
        return name
    if name[:1].isdigit():
        name = f"v_{name}"
    return new_key(name.replace("-", " "), taken, fallback)


def language_code(name: str) -> str | None:
    """“French (fr)”, “Français”, “fr” → fr; None where nobody could tell."""
    name = name.strip()
    if found := _CODE_AT_END.search(name):
        return found[1].lower()
    folded = name.casefold()
    if folded in LANGUAGES_KNOWN:
        return folded
    return _language_names().get(re.sub(r"\s*[(\[].*", "", folded))


@lru_cache(1)
def _language_names() -> dict[str, str]:
    """Every known language by its English name and by its own."""
    english, names = Locale("en").languages, {}
    for code in LANGUAGES_KNOWN:
        if code in english:
            names[english[code].casefold()] = code
        try:
            own = Locale.parse(code).get_display_name(code)
        except Exception:  # noqa: S112 - a language without data of its own simply has no own name
            continue
        if own:
            names[own.casefold()] = code
    return names
