"""Which language a text is in, where its writer did not say: found from the text itself, on this machine, and open to correction."""

from __future__ import annotations

import re
from functools import lru_cache
from threading import Lock
from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import lazy_gettext as _l

from civic.core.i18n import LANGUAGES, Words

# London's languages, in the order of how many speak them there; only among these is looked.
LONDON = (
    "en", "ro", "es", "pl", "bn", "pt", "gu", "it", "pa", "fr", "ur", "tr", "ar", "ta", "fa", "so", "lt", "el", "ru", "bg",
    "zh", "sq", "uk", "hi", "cy",
)  # fmt: skip
SURE = 0.9
LETTERS, DENSE_LETTERS = 30, 12
"""A text with fewer letters says too little; scripts of their own say more with fewer."""
AUTO = "auto"
"""What a form sends where the writer leaves it to us."""
_NOT_WORDS = re.compile(r"https?://\S+|@\w+|[`*_>#\[\]()]|\bpicture:\S+")
_loading = Lock()


@lru_cache(1)
def _identifier() -> Any:
    """The model, loaded once and only where somebody posts; None where its library is not installed."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:  # numpy, which it stands on, is not built for every machine
        return None
    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(list(LONDON))
    return found


def detected(text: str) -> str | None:
    """The language that a text is in; None where it is too short or nothing is sure."""
    plain = _NOT_WORDS.sub(" ", text)[:2000]
    letters = [each for each in plain if each.isalpha()]
    dense = sum(ord(each) > 0x24F for each in letters) * 2 > len(letters)
    if len(letters) < (DENSE_LETTERS if dense else LETTERS):
        return None
    with _loading:
        identifier = _identifier()
    if identifier is None:
        return None
    code, sureness = identifier.classify(plain.replace("\n", " "))
    return str(code) if sureness >= SURE else None


def language_choices() -> list[tuple[str, Any]]:
    """For a list to choose from: that we find it out, then every language by its own name."""
    names = [(code, Words(name, code)) for code, name in written_languages().items()]
    return [(AUTO, _l("Found out from what I write")), *names]


def language_of(text: str, chosen: str | None, reader: str) -> str:
    """The language to keep with a text: what its writer chose, else what it is found to be in, else the one of the page."""
    if chosen and chosen != AUTO and chosen in written_languages():
        return chosen
    return detected(text) or (reader if reader in LANGUAGES else "en")


@lru_cache(1)
def written_languages() -> dict[str, str]:
    """The languages that a text can be marked with, each by its own name: those of the site, then London's others."""
    names = {each.code: each.name for each in LANGUAGES.values()}
    return names | {code: _own_name(code) for code in LONDON if code not in names}


def _own_name(code: str) -> str:
    try:
        name = Locale.parse(code).get_language_name(code) or code
    except UnknownLocaleError:
        return code
    return name[:1].upper() + name[1:]
