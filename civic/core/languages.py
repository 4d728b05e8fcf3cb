"""The languages of the site, declared once: everything else about one follows from its line here.

Its plural forms, dates and numbers are CLDR's (by its locale), its direction and its letters' font follow from its script, and what is
written in it is found by PostgreSQL's rules for it (search.py), or by whole words. docs/translating.md tells how one is added.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Script:
    """A script: where its lines begin, and the font that comes with the site; without one, the device's own is used."""

    dir: str = "ltr"
    font: str = ""


SCRIPTS = {
    "Latn": Script(),
    "Arab": Script("rtl", "Noto Sans Arabic"),
    "Beng": Script(font="Noto Sans Bengali"),
    "Gujr": Script(font="Noto Sans Gujarati"),
    "Guru": Script(font="Noto Sans Gurmukhi"),
    "Taml": Script(font="Noto Sans Tamil"),
    "Deva": Script(),
    "Cyrl": Script(),
    "Grek": Script(),
    "Hebr": Script("rtl"),
    "Hans": Script(),
    "Hant": Script(),
}


@dataclass(frozen=True, slots=True)
class Language:
    """A language the site speaks: its code in addresses, its CLDR locale, its own name, its script."""

    code: str
    locale: str
    name: str
    script: str = "Latn"
    bcp47: str = ""  # what stands in `lang` attributes, where it is not the code

    @property
    def dir(self) -> str:
        """Where its lines begin: "ltr" or "rtl"."""
        return SCRIPTS[self.script].dir

    @property
    def tag(self) -> str:
        """What stands in `lang` attributes."""
        return self.bcp47 or self.code


# One line a language, English first.
DECLARED = (
    Language("en", "en_GB", "English"),
    Language("pl", "pl", "Polski"),
    Language("ar", "ar", "العربية", "Arab"),
)

LANGUAGES: dict[str, Language] = {each.code: each for each in DECLARED}
DEFAULT = LANGUAGES["en"]

PSEUDO = "xx"
# English made long and marked by our own tool; its locale is one that nobody else uses and that counts as English does.
PSEUDO_LANGUAGE = Language(PSEUDO, "en_001", "[Ļöñĝ]", bcp47="en-x-long")

RTL = {"ar", "ur", "fa", "he", "ps", "ckb", "yi"}
"""Languages that people may write in from right to left, whether or not the site speaks them."""
