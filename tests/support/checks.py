"""What must be true of every page, whoever fetches it: read from its HTML alone, in milliseconds."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from tests.support.page import Page, elements, words_of
from tests.support.words import leftovers

REFERENCES = (
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-errormessage",
    "headers",
    "for",
    "list",
    "form",
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
PURPOSE = {
    "email": {"email", "username", "off"},
    "password": {"current-password", "new-password"},
    "tel": {"tel", "off"},
}
VAGUE = {"click here", "here", "more", "read more", "link", "this page", "details"}
# "nothing.The company": a template swallowed the space between two sentences.
STUCK = re.compile(r"[a-z][.!?][A-Z][a-z]+ ")
LEAKS = re.compile(r"%\(\w+\)[sd]|<[\w.]+ object at 0x|\bl'[A-Z]")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a page: which rule, and where or what."""

    rule: str
    detail: str

    def __str__(self) -> str:
        return f"[{self.rule}] {self.detail}"


Check = Callable[[Page], Iterator[str]]
CHECKS: dict[str, Check] = {}


def rule(name: str) -> Callable[[Check], Check]:
    """Register a check under the name that its faults carry."""

    def keep(check: Check) -> Check:
        CHECKS[name] = check
        return check

    return keep


def faults_of(page: Page, language: str) -> list[Fault]:
    """Everything wrong with a page in the language it should speak."""
    found = [Fault(name, detail) for name, check in CHECKS.items() for detail in check(page)]
    found += [Fault("language", detail) for detail in _language(page, language)]
    return found


def check_page(page: Page, language: str) -> None:
    """Fail, naming every fault, unless the page is as every page of ours must be."""
    found = faults_of(page, language)
    if found:
        raise AssertionError(f"{page.path} ({page.status}, {page.title!r}):\n  " + "\n  ".join(map(str, found)))


def where(element: Element) -> str:
    """The element's start tag, short enough for a message."""
    shown = {
        key: value
        for key, value in element.attrib.items()
        if key in ("id", "name", "class", "href", "for", "type", "src")
    }
    return f"<{element.tag}" + "".join(f' {key}="{value[:60]}"' for key, value in shown.items()) + ">"


def name_of(element: Element, page: Page) -> str:
    """The accessible name of a link, button or image, as far as HTML alone tells."""
    labelled = [words_of(page.ids.get(each)) for each in (element.get("aria-labelledby") or "").split()]
    inside = [
        each.get("alt") or each.get("aria-label") or "" for each in elements(element) if each.tag in ("img", "svg")
    ]
    return " ".join(
        filter(
            None,
            [
                *labelled,
                element.get("aria-label"),
                words_of(element),
                *inside,
                element.get("value") if element.tag == "input" else "",
            ],
        )
    ).strip()


def _language(page: Page, language: str) -> Iterator[str]:
    root = page.first("html")
    tag = {"xx": "en-x-long"}.get(language, language)
    if root is None or not root.get("lang"):
        yield "the page names no language"
    elif root.get("lang") != tag:
        yield f'<html lang="{root.get("lang")}">, expected "{tag}"'
    expected = "rtl" if language.split("-")[0] in ("ar", "ur", "fa") else "ltr"
    if root is not None and root.get("dir") != expected:
        yield f'<html dir="{root.get("dir")}">, expected "{expected}"'
    if language == "xx":
        yield from leftovers(page)


@rule("parse")
def _parses(page: Page) -> Iterator[str]:
    yield from page.parse_errors


@rule("heading")
def _headings(page: Page) -> Iterator[str]:
    ones = page.all("h1")
    if len(ones) != 1:
        yield f"{len(ones)} h1 headings: {[words_of(each) for each in ones]}"
    before = 0
    for each in page.all(*HEADINGS):
        level = int(each.tag[1])
        if not before and _is_notice(page, each):
            continue
        if level > before + 1:
            yield f"heading jumps from h{before} to {each.tag} {words_of(each)!r}"
        if not name_of(each, page):
            yield f"empty heading {where(each)}"
        before = level


@rule("title")
def _title(page: Page) -> Iterator[str]:
    refused = page.first(class_="govuk-error-summary") is not None
    begins = page.title.startswith(page.h1) and bool(page.h1)
    follows = page.h1 in page.title[: 40 + len(page.h1)]
    if not page.title:
        yield "no title"
    elif refused and (begins or not follows):
        yield f"the page shows errors, so its title begins “Error: {page.h1}”, not {page.title!r}"
    elif not refused and not begins:
        yield f"the title {page.title!r} does not begin with the heading {page.h1!r}"


@rule("label")
def _labels(page: Page) -> Iterator[str]:
    labels = {each.get("for") for each in page.all("label") if name_of(each, page)}
    for each in page.all("input", "select", "textarea"):
        if each.get("type", "") in UNLABELLED:
            continue
        named = (
            each.get("id") in labels
            or each.get("aria-label")
            or each.get("aria-labelledby")
            or _inside(page, each, "label")
        )
        if not named:
            yield f"no label for {where(each)}"


@rule("fieldset")
def _groups(page: Page) -> Iterator[str]:
    for each in page.all("fieldset"):
        children = [child for child in each if isinstance(child.tag, str)]
        if not children or children[0].tag != "legend" or not words_of(children[0]):
            yield f"fieldset without a legend {where(each)}"
    names = Counter(each.get("name") for each in page.all("input", type="radio"))
    for each in page.all("input", type="radio"):
        if names.pop(each.get("name"), 0) > 1 and not (
            _inside(page, each, "fieldset") or _has_role(page, each, "radiogroup")
        ):
            yield f"radios outside a fieldset {where(each)}"


@rule("id")
def _unique_ids(page: Page) -> Iterator[str]:
    counted = Counter(each.get("id") for each in elements(page.tree) if each.get("id") is not None)
    yield from (f"id {identity!r} stands {count} times" for identity, count in counted.items() if count > 1)
    yield from (f"id {identity!r} is not a word" for identity in counted if not identity or re.search(r"\s", identity))


@rule("reference")
def _references(page: Page) -> Iterator[str]:
    for each in elements(page.tree):
        for attribute in REFERENCES:
            for target in (each.get(attribute) or "").split():
                if target not in page.ids:
                    yield f"{attribute}={target!r} of {where(each)} points at nothing"
        if (
            each.tag == "a"
            and (each.get("href") or "").startswith("#")
            and (each.get("href") or "")[1:] not in page.ids
        ):
            yield f"{where(each)} lands nowhere"


@rule("inline")
def _nothing_inline(page: Page) -> Iterator[str]:
    for each in elements(page.tree):
        if each.tag == "style" or (each.tag == "script" and not each.get("src") and "json" not in each.get("type", "")):
            yield f"inline {where(each)}"
        for attribute, value in each.attrib.items():
            if attribute == "style" or attribute.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"inline {attribute} on {where(each)}"


@rule("foreign")
def _nothing_foreign(page: Page) -> Iterator[str]:
    for each in page.all("script", "img", "link", "iframe", "source", "video", "audio", "object", "embed"):
        address = (
            each.get("src")
            or each.get("data")
            or (each.get("href") if each.get("rel") in ("stylesheet", "icon", "preload") else "")
        )
        if address and re.match(r"(?:\w+:)?//", address):
            yield f"loaded from elsewhere: {where(each)}"


@rule("image")
def _images(page: Page) -> Iterator[str]:
    yield from (f"no alt on {where(each)}" for each in page.all("img", "area") if each.get("alt") is None)
    for each in page.all("svg"):
        around = [each, *_above(page, each)]
        hidden = any(up.get("aria-hidden") == "true" for up in around)
        named = any(up.get("role") == "img" and (up.get("aria-label") or up.get("aria-labelledby")) for up in around)
        if not hidden and not named:
            yield f'svg neither hidden from readers nor role="img" with a name {where(each)}'


@rule("name")
def _names(page: Page) -> Iterator[str]:
    for each in page.all("a", "button", "summary"):
        if each.tag == "a" and each.get("href") is None:
            continue
        name = name_of(each, page)
        if not name:
            yield f"nothing to read in {where(each)}"
        if each.tag == "a" and name.lower() in VAGUE:
            yield f"link text {name!r} says nothing {where(each)}"


@rule("table")
def _tables(page: Page) -> Iterator[str]:
    for each in page.all("table"):
        if each.get("role") == "presentation":
            continue
        captions = [child for child in each if child.tag == "caption"]
        if not (captions and words_of(captions[0])) and not each.get("aria-labelledby"):
            yield f"table without a caption {where(each)}"
        heads = [cell for cell in elements(each) if cell.tag == "th"]
        if not heads:
            yield f"table without header cells {where(each)}"
        yield from (f"th without scope: {words_of(cell)!r}" for cell in heads if not cell.get("scope"))
        yield from (f"empty th in {where(each)}" for cell in heads if not name_of(cell, page))


@rule("form")
def _forms(page: Page) -> Iterator[str]:
    for form in page.forms:
        if form.method not in ("get", "post"):
            yield f"form by {form.method!r}"
        if form.method == "post" and "csrf_token" not in form.names:
            yield f"form without its token {where(form.element)}"
        if form.method == "get" and "csrf_token" in form.names:
            yield f"a token in an address {where(form.element)}"
        if not form.buttons:
            yield f"form without a button {where(form.element)}"


@rule("autocomplete")
def _purposes(page: Page) -> Iterator[str]:
    for each in page.all("input"):
        wanted = PURPOSE.get(each.get("type", ""))
        if wanted and not wanted & set((each.get("autocomplete") or "").split()):
            yield f"{where(each)} needs autocomplete, one of {sorted(wanted)}"


@rule("focus")
def _order(page: Page) -> Iterator[str]:
    for each in elements(page.tree):
        if (each.get("tabindex") or "0").lstrip("+").isdigit() and int(each.get("tabindex") or 0) > 0:
            yield f"positive tabindex on {where(each)}"
        if each.get("accesskey") is not None or each.get("autofocus") is not None:
            yield f"accesskey or autofocus on {where(each)}"


@rule("landmark")
def _landmarks(page: Page) -> Iterator[str]:
    if len(page.all("main")) != 1:
        yield f"{len(page.all('main'))} main parts"
    navigations = [each.get("aria-label") or each.get("aria-labelledby") for each in page.all("nav")]
    if len(navigations) > 1 and (None in navigations or len(set(navigations)) < len(navigations)):
        yield f"several navigations without names of their own: {navigations}"
    skip = page.links[0] if page.links else None
    if skip is None or not skip.href.startswith("#"):
        yield f"the first link is no skip link: {skip.text if skip else None!r}"


@rule("viewport")
def _viewport(page: Page) -> Iterator[str]:
    content = "".join(each.get("content", "") for each in page.all("meta", name="viewport"))
    if "width=device-width" not in content:
        yield "no viewport for small screens"
    if "user-scalable" in content or "maximum-scale" in content:
        yield f"the viewport forbids zoom: {content!r}"
    if any((each.get("http-equiv") or "").lower() == "refresh" for each in page.all("meta")):
        yield "the page moves on by itself"


@rule("leak")
def _leaks(page: Page) -> Iterator[str]:
    for each in elements(page.tree):
        for text in (each.text or "" if each.tag not in ("script", "style", "textarea") else "", each.tail or ""):
            if (found := LEAKS.search(text)) and each.get("translate") != "no":
                yield f"{found.group()!r} in {where(each)}: {text.strip()[:60]!r}"


@rule("sentences stand apart")
def _stuck(page: Page) -> Iterator[str]:
    for element in elements(page.tree):
        if element.tag in ("p", "dd", "li") and (found := STUCK.search(words_of(element))):
            yield found.group()


def _is_notice(page: Page, element: Element) -> bool:
    """Whether it stands in an error summary or notice, which come before the heading of the page."""
    classes = " ".join(each.get("class", "") for each in _above(page, element)).split()
    return bool({"govuk-error-summary", "govuk-notification-banner"} & set(classes))


def _above(page: Page, element: Element) -> Iterator[Element]:
    while (element := page.parents.get(element)) is not None:  # type: ignore[assignment]
        yield element


def _inside(page: Page, element: Element, tag: str) -> bool:
    return any(each.tag == tag for each in _above(page, element))


def _has_role(page: Page, element: Element, role: str) -> bool:
    return any(
        each.get("role") == role and (each.get("aria-labelledby") or each.get("aria-label"))
        for each in _above(page, element)
    )
