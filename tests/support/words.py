"""English that was left behind: in the pseudo-language every translated word is marked, so whatever is plain was forgotten."""

import re
from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

from babel import Locale
from flask import current_app, has_app_context

from civic.core.i18n import LANGUAGES, PSEUDO_LANGUAGE
from civic.places.boroughs import BOROUGHS
from tests.support.page import Page, words_of

DATA = {"bdi", "time", "code", "kbd", "samp", "data", "textarea", "script", "style", "template", "path", "output"}
ATTRIBUTES = (
    "alt",
    "title",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "placeholder",
    "label",
    "summary",
)
# What scripts/translations.py makes of a sentence: "[Šîĝñ îñ ~~]"; one with a link inside is cut by it.
WHOLE, BEGUN, ENDED = re.compile(r"\[[^\[\]]*~\]"), re.compile(r"\[[^\[\]]*$"), re.compile(r"^[^\[\]]*~\]")
WORD = re.compile(r"[A-Za-z]{2,}")
NOT_WORDS = re.compile(r"\S+@\S+|https?://\S+|\b[\w-]+(?:\.[\w-]+)+\b|\b\w*\d\w*\b")


def leftovers(page: Page) -> Iterator[str]:
    """Each text that is still plain English on a page in the pseudo-language, unless marked as data or as another language."""
    names = tuple(
        sorted((each.name for each in BOROUGHS), key=len, reverse=True)
    )  # places are called the same in every language
    names += tuple(each.name for each in (*LANGUAGES.values(), PSEUDO_LANGUAGE))
    names += (current_app.config.get("SITE_NAME", ""),) if has_app_context() else ()
    names += tuple(each.get("content", "") for each in page.all("meta", property="og:site_name"))
    data = sorted({words_of(each) for each in page.all() if _is_data(each, page.language)}, key=len, reverse=True)
    # What people wrote is marked in the text; a title or an attribute that repeats it cannot be.
    repeated = (*names, *(each for each in data if len(each) > 3))
    if is_english(_without(page.title, repeated)):
        yield f"English title {page.title!r}"
    if (body := page.first("body")) is not None:
        yield from _search(body, page.language, names, repeated)


def _search(element: Element, language: str, names: tuple[str, ...], repeated: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(element.tag, str) or _is_data(element, language):
        return
    for attribute, value in element.attrib.items():
        if (attribute in ATTRIBUTES or attribute.startswith("data-i18n")) and is_english(_without(value, repeated)):
            yield f"English {attribute}={value!r} on <{element.tag}>"
    if element.tag == "input" and element.get("type") in ("submit", "button") and is_english(element.get("value", "")):
        yield f"English button {element.get('value')!r}"
    for text in (element.text, *(child.tail for child in element)):
        if text and is_english(_without(text, names)):
            yield f"English text {' '.join(text.split())[:80]!r} in <{element.tag}>"
    for child in element:
        yield from _search(child, language, names, repeated)


def _without(text: str, names: tuple[str, ...]) -> str:
    text = " ".join(text.split())
    for name in names:
        text = text.replace(name, " ") if name else text
    return text


def _is_data(element: Element, language: str) -> bool:
    return element.tag in DATA or element.get("translate") == "no" or element.get("lang", language) != language


def is_english(text: str) -> bool:
    """Whether a text holds a plain word outside what the pseudo-translation marked; names of months and days are data."""
    rest = NOT_WORDS.sub(" ", _without_marked(text))
    return any(word.lower() not in _calendar() for word in WORD.findall(rest))


def _without_marked(text: str) -> str:
    before = None
    while before != text:  # a sentence may stand inside another
        before, text = text, WHOLE.sub(" ", text)
    return ENDED.sub(" ", BEGUN.sub(lambda found: found.group() if found.group().isascii() else " ", text))


@cache
def _calendar() -> frozenset[str]:
    english = Locale("en", "GB")
    names = {"am", "pm"}
    for widths in (*english.months.values(), *english.days.values()):
        for named in widths.values():
            names.update(name.lower() for name in named.values())
    return frozenset(names)
