"""Markdown: a small safe set, headings under the page's own, nothing that runs."""

from functools import lru_cache

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
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False})


@lru_cache(2048)
def render_markdown(text: str, heading_shift: int = 1, *, under: int | None = None) -> Markup:
    """Markdown as safe HTML; a first-level heading becomes level `heading_shift` + 1. Pictures are left out here.

    With `under`, whatever levels the author chose, headings begin right below that level of the page's and never jump.
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
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "class"}, "p": {"class"}, "ul": {"class"}, "ol": {"class", "start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )
    return Markup(clean)  # noqa: S704 - cleaned in the line above


def _fit_headings(tokens: list[Token], under: int) -> None:
    """Give headings the levels below `under` in their own order, none more than one deeper than the one before."""
    chosen = sorted({int(token.tag[1]) for token in tokens if token.type == "heading_open"})
    before, level = under, under
    for token in tokens:
        if token.type == "heading_open":
            level = before = min(under + 1 + chosen.index(int(token.tag[1])), before + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"
