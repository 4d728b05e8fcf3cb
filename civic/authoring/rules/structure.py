"""A Markdown text taken apart as a reader meets it: headings, paragraphs, links, pictures, and what is not drawn as meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
ROW = re.compile(r"^\s*\|?[^|\n]+\|[^|\n]+\|?.*$")
RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$")
HTML = re.compile(
    r"<(?:a|b|i|u|p|br|div|span|img|strong|em|h[1-6]|ul|ol|li|table|tr|td|th|font|center)\b[^<>]*>", re.IGNORECASE
)
MARKS = re.compile(r"\*\*[^*\n]+\*\*|^#{1,6} +\S.*|!?\[[^\]\n]+\]\([^)\s]+\)", re.MULTILINE)
"""Markdown, in a text that is shown as it is typed."""
BULLET = re.compile(r"^\s*[•·▪●–—]\s+\S", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """A heading with its level and its words."""

    level: int
    text: str


@dataclass(frozen=True)
class Link:
    """A link: its words and where it leads."""

    text: str
    href: str


@dataclass(frozen=True)
class Picture:
    """A picture in a text: the words that stand for it, and whether it is one of our own, which alone are drawn."""

    alt: str
    is_own: bool


@dataclass
class Paragraph:
    """A paragraph in plain words; `is_bold` where all of it is emphasised."""

    text: str
    is_bold: bool = False
    loose: str = ""  # its words outside of links and code


@dataclass
class Structure:
    """What a text is made of, in the order of reading."""

    headings: list[Heading] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    @property
    def prose(self) -> str:
        """Its paragraphs one after the other, each ended as a sentence."""
        return "\n".join(
            each.text if re.search(r"[.!?؟۔:…]\W*$", each.text) else f"{each.text}." for each in self.paragraphs
        )


def structure_of(text: str, *, markdown: bool = True) -> Structure:
    """Take a text apart; without Markdown every line that is not empty is a paragraph."""
    if not markdown:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return Structure(paragraphs=[Paragraph(line, loose=line) for line in lines], marks=MARKS.findall(text))
    found, tokens = Structure(tables=_tables(text)), _parser.parse(text)
    for before, inline in pairwise(tokens):
        if inline.type != "inline":
            continue
        said = _words(inline.children or [])
        if before.type == "heading_open":
            found.headings.append(Heading(int(before.tag[1]), said))
        elif before.type == "paragraph_open":
            found.paragraphs.append(Paragraph(said, before.level == 0 and _is_bold(inline), _loose(inline)))
        found.links += _links(inline.children or [])
        found.pictures += map(_picture, _images(inline.children or []))
        found.tags += HTML.findall(_loose(inline))
    found.paragraphs = [each for each in found.paragraphs if each.text]
    return found


def _words(tokens: list[Token]) -> str:
    """What is read of these tokens; a picture is told by its own words elsewhere."""
    parts = [
        " " if each.type in ("softbreak", "hardbreak") else each.content for each in tokens if each.type != "image"
    ]
    return "".join(parts).strip()


def _loose(inline: Token) -> str:
    """The words of a paragraph outside of links and code, with their line breaks."""
    parts, within = [], 0
    for each in inline.children or []:
        within += {"link_open": 1, "link_close": -1}.get(each.type, 0)
        if not within and each.type == "text":
            parts.append(each.content)
        elif each.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)


def _is_bold(inline: Token) -> bool:
    depth, outside, inside = 0, "", ""
    for each in inline.children or []:
        depth += {"strong_open": 1, "strong_close": -1}.get(each.type, 0)
        if depth:
            inside += each.content
        else:
            outside += "" if each.type.startswith(("strong", "em")) else each.content
    return bool(inside.strip()) and not re.sub(r"[\s:.]", "", outside)


def _links(tokens: list[Token]) -> Iterator[Link]:
    for at, token in enumerate(tokens):
        if token.type == "link_open":
            end = next(i for i in range(at, len(tokens)) if tokens[i].type == "link_close")
            inner = tokens[at + 1 : end]
            said = _words(inner) or " ".join(_words(image.children or []) for image in _images(inner))
            yield Link(said, str(token.attrs.get("href", "")))


def _images(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "image":
            yield token


def _picture(image: Token) -> Picture:
    return Picture(_words(image.children or []), str(image.attrs.get("src", "")).startswith("picture:"))


def _tables(text: str) -> list[str]:
    """The first rows of what looks like a table: pipes in two lines or more, one of them the line below its heads, or all framed."""
    lines, found = text.splitlines(), []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and ROW.match(lines[end]):
            end += 1
        rows = lines[at:end]
        if len(rows) > 1 and (any(RULE.match(row) for row in rows) or all(row.strip().startswith("|") for row in rows)):
            found.append(rows[0].strip())
        at = max(end, at + 1)
    return found
