"""What is written, as it is said: amounts, signs and abbreviations that a synthetic voice would stumble over, by language."""

import re
from collections.abc import Callable
from dataclasses import dataclass

# Short forms by language: what stands on paper, and what a person would say. Letters apart are said one by one.
SHORT: dict[str, dict[str, str]] = {
    "en": {
        "e.g.": "for example", "i.e.": "that is", "etc.": "and so on", "approx.": "about", "vs": "versus", "mph": "miles per hour",
        "km/h": "kilometres per hour", "CO2": "C O 2", "CO₂": "C O 2", "PM2.5": "P M 2.5", "NO2": "N O 2", "NO₂": "N O 2",
        "GLA": "G L A", "TfL": "T F L", "BSL": "B S L", "SME": "S M E", "SMEs": "S M Es", "NHS": "N H S", "ULEZ": "you lez",
        "24/7": "24 hours a day",
    },
    "pl": {"np.": "na przykład", "itd.": "i tak dalej", "itp.": "i tym podobne", "tj.": "to jest", "ok.": "około", "nr": "numer",
           "tzn.": "to znaczy", "m.in.": "między innymi", "CO2": "C O 2", "CO₂": "C O 2", "km/h": "kilometrów na godzinę"},
    "ar": {"CO2": "ثاني أكسيد الكربون", "CO₂": "ثاني أكسيد الكربون", "د.": "دكتور"},
}  # fmt: skip
SIGNS: dict[str, dict[str, str]] = {
    "en": {"%": " per cent", "&": " and ", "+": " plus ", "@": " at ", "=": " equals ", "°": " degrees "},
    "pl": {"%": " procent", "&": " i ", "+": " plus ", "@": " małpa ", "=": " równa się ", "°": " stopni "},
    "ar": {"%": " في المئة", "٪": " في المئة", "&": " و ", "+": " زائد ", "=": " يساوي "},
}
MAGNITUDES = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
NAMES: dict[str, dict[str, str]] = {
    "en": {"k": "thousand", "m": "million", "bn": "billion"},
    "pl": {"k": "tysiąca", "m": "miliona", "bn": "miliarda"},
    "ar": {"k": "ألف", "m": "مليون", "bn": "مليار"},
}
AMOUNT = re.compile(r"£\s?(\d[\d,\u00a0\u202f ]*\d|\d)(?:\.(\d+))?(?:\s?(bn|[km])(?!\w))?", re.IGNORECASE)
ADDRESS = re.compile(r"https?://(?:www\.)?([^\s/()]+)(\S*?)(?=[.,;:)]*(?:\s|$))")
GROUPS = re.compile(r"(?<=\d)[\u00a0\u202f ,](?=\d{3}(?!\d))")
RANGE = re.compile(r"(?<=\d)\s?[–—]\s?(?=£?\d)")
BETWEEN = {"en": " to ", "pl": " do ", "ar": " إلى "}


@dataclass(frozen=True)
class Pounds:
    """An amount as it is written: whole pounds, what stands behind the point, and "k", "m" or "bn"."""

    whole: str
    part: str
    magnitude: str


def spoken(text: str, language: str) -> str:
    """A text as a voice should read it; languages that we do not know are only freed of what no voice can read."""
    short = language.split("-")[0]
    text = ADDRESS.sub(lambda found: found[1], text)
    if short in BETWEEN:
        text = RANGE.sub(BETWEEN[short], text)
        text = AMOUNT.sub(lambda found: _AMOUNTS[short](_pounds(found)), text)
        for written, said in SHORT[short].items():
            text = re.sub(rf"(?<![\w]){re.escape(written)}(?!\w)", said, text)
        for sign, said in SIGNS[short].items():
            text = text.replace(sign, said)
    text = GROUPS.sub("", text)
    return " ".join(re.sub(r"[*_#|<>\\^~•]+", " ", text).split())


def _pounds(found: re.Match[str]) -> Pounds:
    whole, part = found[1], found[2] or ""
    if not part and re.search(r",\d{1,2}$", whole):  # a comma before pence, as Polish has it
        whole, part = whole.rsplit(",", 1)
    return Pounds(re.sub(r"\D", "", whole), part, (found[3] or "").casefold())


def _english(amount: Pounds) -> str:
    if amount.magnitude:
        number = f"{amount.whole}.{amount.part}" if amount.part else amount.whole
        return f"{number} {NAMES['en'][amount.magnitude]} pounds"
    said = f"{amount.whole} pound{'' if amount.whole == '1' else 's'}"
    pence = int(amount.part[:2].ljust(2, "0")) if amount.part else 0
    if not pence:
        return said
    coins = "1 penny" if pence == 1 else f"{pence} pence"
    return coins if amount.whole == "0" else f"{said} {coins}"


def polish_form(number: int, one: str, few: str, many: str) -> str:
    """The form of a Polish noun behind a number."""
    if number == 1:
        return one
    return few if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else many


def _polish(amount: Pounds) -> str:
    number = int(amount.whole)
    if amount.magnitude and amount.part:
        return f"{amount.whole},{amount.part} {NAMES['pl'][amount.magnitude]} funtów"
    if amount.magnitude:
        return f"{number * MAGNITUDES[amount.magnitude]} funtów"
    said = f"{number} {polish_form(number, 'funt', 'funty', 'funtów')}"
    pence = int(amount.part[:2].ljust(2, "0")) if amount.part else 0
    return f"{said} {pence} {polish_form(pence, 'pens', 'pensy', 'pensów')}" if pence else said


def _arabic(amount: Pounds) -> str:
    number = f"{amount.whole}.{amount.part}" if amount.part.strip("0") else amount.whole
    return " ".join(part for part in (number, NAMES["ar"].get(amount.magnitude, ""), "جنيه إسترليني") if part)


_AMOUNTS: dict[str, Callable[[Pounds], str]] = {"en": _english, "pl": _polish, "ar": _arabic}
