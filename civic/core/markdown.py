"""Markdown: a small safe set, headings under the page's own, nothing that runs."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "a",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "code",
    "pre",
    "hr",
}
CLASSES = {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
}
ATTRIBUTES = {
    "a": {"href", "class"},
    "p": {"class"},
    "ul": {"class"},
    "ol": {"class", "start"},
    "img": {"src", "alt", "width", "height", "loading", "class"},
}
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False})

# A picture of our own in a text: `![words](picture:KEY)`, with its size in pixels behind the key once somebody checked it.
OWN_PICTURE = re.compile(r"picture:([A-Za-z0-9_-]{20,40})(?:/(\d{1,4})x(\d{1,4}))?")


class PictureIn(NamedTuple):
    """A picture that a text names: its address as written, the key where it is one of our own, and its words."""

    src: str
    key: str | None
    alt: str


def pictures_in(text: str) -> list[PictureIn]:
    """Every picture that a text names, our own and others', in the order of the text."""
    found = []
    for image in _images(_parser.parse(text)):
        src = str(image.attrs.get("src", ""))
        own = OWN_PICTURE.fullmatch(src)
        found.append(PictureIn(src, own[1] if own else None, _words_of(image)))
    return found


class Structure(NamedTuple):
    """What a text is built of, whatever its words: the levels of its headings, where its links lead, its pictures and its lists."""

    headings: tuple[int, ...]
    links: tuple[str, ...]
    pictures: tuple[str, ...]
    items: int


def structure_of(text: str) -> Structure:
    """How a text is built, in the order of the text."""
    tokens = _parser.parse(text)
    links = (
        str(child.attrs.get("href", ""))
        for token in tokens
        for child in token.children or []
        if child.type == "link_open"
    )
    return Structure(
        tuple(int(token.tag[1]) for token in tokens if token.type == "heading_open"),
        tuple(links),
        tuple(str(image.attrs.get("src", "")) for image in _images(tokens)),
        sum(token.type == "list_item_open" for token in tokens),
    )


def _images(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "image":
            yield token
        yield from _images(token.children or [])


@lru_cache(2048)
def render_markdown(text: str, heading_shift: int = 1, *, under: int | None = None, pictures: bool = False) -> Markup:
    """Markdown as safe HTML; a first-level heading becomes level `heading_shift` + 1.

    With `under`, whatever levels the author chose, headings begin right below that level of the page's and never jump. With
    `pictures`, those of our own that have words are drawn, from our own files alone; all others are left out always.
    """
    tokens = _parser.parse(text)
    if under is not None:
        _fit_headings(tokens, under)
    for token in tokens:
        if under is None and token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + heading_shift)}"
        if token.tag in CLASSES and token.nesting == 1:
            token.attrSet("class", CLASSES[token.tag])
        for child in token.children or []:
            if child.type == "link_open":
                child.attrSet("class", CLASSES["a"])
    for image in _images(tokens):
        _draw(image, pictures)
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS | {"img"} if pictures else TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )
    return Markup(clean)  # noqa: S704 - cleaned in the line above


def _words_of(image: Token) -> str:
    """What stands for a picture where it cannot be seen; nothing where there is neither letter nor digit in it."""
    words: str = _parser.renderer.renderInlineAsText(image.children, _parser.options, {})  # type: ignore[attr-defined]
    return words.strip() if any(letter.isalnum() for letter in words) else ""


def _draw(image: Token, pictures: bool) -> None:
    """Let a picture of our own come from our own files, in its own size; any other is taken out of the text."""
    own = OWN_PICTURE.fullmatch(str(image.attrs.get("src", "")))
    if not pictures or own is None or not _words_of(image):
        image.type, image.tag, image.content, image.children, image.attrs = "text", "", "", None, {}
        return
    # The address of core/file_views.py, which stands under no language.
    image.attrs = {"src": f"/files/{own[1]}/large.webp", "alt": "", "loading": "lazy", "class": "app-text-picture"}
    if own[2] and own[3]:
        image.attrs |= {"width": own[2], "height": own[3]}


def _fit_headings(tokens: list[Token], under: int) -> None:
    """Give headings the levels below `under` in their own order, none more than one deeper than the one before."""
    chosen = sorted({int(token.tag[1]) for token in tokens if token.type == "heading_open"})
    before, level = under, under
    for token in tokens:
        if token.type == "heading_open":
            level = before = min(under + 1 + chosen.index(int(token.tag[1])), before + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"
