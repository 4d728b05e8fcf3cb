"""A page as a test reads it: status, title, heading, words, links and forms."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS

SILENT = {"script", "style", "template", "noscript"}
TYPING = {"text", "email", "password", "search", "tel", "url", "number", "date", "hidden", ""}


@lru_cache(256)
def parse(text: str) -> tuple[Element, tuple[str, ...]]:
    """The tree of an HTML document and every parse error in it, with its line."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(text)
    for element in elements(tree):
        element.tag = element.tag.rpartition("}")[2]  # drawings come in a namespace of their own
    errors = tuple(f"line {line}: {PARSE_ERRORS[code] % (values or {})}" for (line, _), code, values in parser.errors)
    return tree, errors


def elements(root: Element) -> Iterator[Element]:
    """Every element under `root` and itself, in document order, without comments."""
    return (element for element in root.iter() if isinstance(element.tag, str))


def words_of(element: Element | None) -> str:
    """The text a reader gets from an element, white space folded."""
    return " ".join("".join(_texts(element)).split()) if element is not None else ""


def _texts(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


@dataclass(frozen=True)
class Link:
    """A link with its words and where it goes."""

    text: str
    href: str
    element: Element = field(repr=False, compare=False)


@dataclass(frozen=True)
class FormOnPage:
    """A form with its controls, as a browser would send it."""

    element: Element = field(repr=False)
    action: str
    method: str
    outside: tuple[Element, ...] = ()

    @cached_property
    def controls(self) -> list[Element]:
        """The named inputs, selects and text areas that belong to the form."""
        return [
            each
            for each in (*elements(self.element), *self.outside)
            if each.tag in ("input", "select", "textarea") and each.get("name")
        ]

    @cached_property
    def buttons(self) -> dict[str, Element]:
        """The buttons by their words."""
        found = [
            each
            for each in (*elements(self.element), *self.outside)
            if each.tag == "button" and each.get("type", "submit") == "submit"
        ]
        found += [each for each in elements(self.element) if each.tag == "input" and each.get("type") == "submit"]
        return {words_of(each) or each.get("value", ""): each for each in found}

    @cached_property
    def names(self) -> set[str]:
        """The names of the form's controls."""
        return {each.get("name", "") for each in self.controls}

    def values(self) -> dict[str, list[str]]:
        """What a browser would send if the reader pressed a button at once."""
        sent: dict[str, list[str]] = {}
        for each in self.controls:
            for value in _successful(each):
                sent.setdefault(each.get("name", ""), []).append(value)
        return sent

    def choices(self, name: str) -> set[str] | None:
        """The values a reader can choose for a name, or None where anything may be typed."""
        found: set[str] = set()
        for each in (each for each in self.controls if each.get("name") == name):
            if each.tag == "select":
                found |= {option.get("value", words_of(option)) for option in elements(each) if option.tag == "option"}
            elif each.get("type") in ("radio", "checkbox"):
                found.add(each.get("value", "on"))
            else:
                return None
        return found


def _successful(control: Element) -> list[str]:
    if control.get("disabled") is not None:
        return []
    kind = control.get("type", "")
    if control.tag == "textarea":
        return [(control.text or "").removeprefix("\n")]
    if control.tag == "select":
        options = [each for each in elements(control) if each.tag == "option"]
        chosen = [each for each in options if each.get("selected") is not None]
        if not chosen and control.get("multiple") is None:
            chosen = options[:1]
        return [each.get("value", words_of(each)) for each in chosen]
    if kind in ("radio", "checkbox"):
        return [control.get("value", "on")] if control.get("checked") is not None else []
    if kind in ("submit", "button", "image", "reset", "file"):
        return []
    return [control.get("value", "")]


class Page:
    """An answer of the application, read as a person or a reader program would."""

    def __init__(self, response: Any, path: str = ""):
        self.response = response
        self.path = path
        self.status: int = response.status_code
        self.headers = response.headers
        self.location: str | None = response.headers.get("Location")

    @property
    def is_html(self) -> bool:
        """Whether the answer is a page (and not a redirect, a file or nothing)."""
        return self.response.mimetype == "text/html" and not 300 <= self.status < 400 and bool(self.html)

    @cached_property
    def html(self) -> str:
        """The answer's text as sent."""
        return str(self.response.get_data(as_text=True))

    @cached_property
    def tree(self) -> Element:
        """The parsed document (`xml.etree`, HTML names without a namespace)."""
        return parse(self.html)[0]

    @property
    def soup(self) -> Element:
        """The same, by its other name."""
        return self.tree

    @property
    def parse_errors(self) -> tuple[str, ...]:
        """What a strict HTML parser objects to."""
        return parse(self.html)[1]

    @property
    def json(self) -> Any:
        """The answer read as JSON."""
        return self.response.get_json()

    @cached_property
    def parents(self) -> dict[Element, Element]:
        """Each element's parent."""
        return {child: parent for parent in elements(self.tree) for child in parent}

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Elements by tag names and attributes (`class_` matches one class of several)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [each for each in elements(self.tree) if (not tags or each.tag in tags) and _has(each, wanted)]

    def first(self, *tags: str, **attributes: str) -> Element | None:
        """The first such element, or None."""
        return next(iter(self.all(*tags, **attributes)), None)

    @cached_property
    def ids(self) -> dict[str, Element]:
        """Elements by their id."""
        return {each.get("id", ""): each for each in elements(self.tree) if each.get("id")}

    @property
    def text(self) -> str:
        """The words of the page's body."""
        return words_of(self.first("body"))

    @property
    def main(self) -> str:
        """The words of the page's main part."""
        return words_of(self.first("main"))

    @property
    def title(self) -> str:
        """The words in the browser's tab."""
        return words_of(self.first("title"))

    @property
    def h1(self) -> str:
        """The page's heading."""
        return words_of(self.first("h1"))

    @property
    def language(self) -> str:
        """The `lang` of the page."""
        root = self.first("html")
        return root.get("lang", "") if root is not None else ""

    @cached_property
    def links(self) -> list[Link]:
        """The links, in order."""
        return [
            Link(words_of(each), each.get("href", ""), each) for each in self.all("a") if each.get("href") is not None
        ]

    def link(self, text: str) -> Link:
        """The link with these words (or, failing that, containing them)."""
        exact = [each for each in self.links if each.text == text]
        found = exact or [each for each in self.links if text in each.text]
        assert found, f"no link {text!r} on {self.path}; there are {[each.text for each in self.links]}"
        return found[0]

    @cached_property
    def forms(self) -> list[FormOnPage]:
        """The forms, in order."""
        return [self._form(each) for each in self.all("form")]

    def _form(self, element: Element) -> FormOnPage:
        identity, inside = element.get("id"), set(elements(element))
        outside = tuple(
            each for each in elements(self.tree) if identity and each.get("form") == identity and each not in inside
        )
        return FormOnPage(element, element.get("action", ""), element.get("method", "get").lower(), outside)

    @property
    def errors(self) -> list[str]:
        """The sentences in the error summary, in order."""
        summary = self.first(class_="govuk-error-summary")
        if summary is None:
            return []
        return [words_of(each) for each in elements(summary) if each.tag == "li"]

    def error_of(self, name: str) -> str:
        """The message beside the control of this name, or nothing."""
        for control in self.all("input", "select", "textarea", "fieldset"):
            if control.get("name") == name or control.get("id") == name:
                for target in (control.get("aria-describedby") or "").split():
                    if "error" in target and target in self.ids:
                        return words_of(self.ids[target])
        return ""

    def __contains__(self, words: str) -> bool:
        return " ".join(words.split()) in self.text

    def __repr__(self) -> str:
        return f"<Page {self.status} {self.path} {self.title!r}>"


def _has(element: Element, wanted: dict[str, str]) -> bool:
    for name, value in wanted.items():
        have = element.get(name)
        if have is None or (value not in have.split() if name == "class" else value != have):
            return False
    return True
